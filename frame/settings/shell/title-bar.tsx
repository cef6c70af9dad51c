import { type Signal, signal } from '@preact/signals';
import { type ComponentChildren, createContext } from 'preact';
import { useContext, useLayoutEffect } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import type { View } from '../view.ts';
import { FollowingActions } from './following-actions.tsx';

/** What the open page has put into the title bar. */
export const PageActions = createContext<Signal<ComponentChildren>>(signal(null));

/** Puts a page's own buttons into the title bar: `<TitleActions><Button …>New article</Button></TitleActions>`. */
export function TitleActions({ children }: { children: ComponentChildren }) {
  const actions = useContext(PageActions);
  useLayoutEffect(() => {
    actions.value = children;
  });
  useLayoutEffect(
    () => () => {
      actions.value = null;
    },
    [actions],
  );
  return null;
}

type Props = {
  readonly view: View;
  readonly title: string;
  readonly onReview: () => void;
  /** Opens the preview, where it does not stand beside the page. */
  readonly onPreview?: () => void;
};

export function TitleBar({ view, title, onReview, onPreview }: Props) {
  const actions = useContext(PageActions);
  return (
    <header class="page-head">
      <h1 tabIndex={-1}>{title}</h1>
      <div class="page-actions">
        {actions.value}
        {onPreview !== undefined && <Button onClick={onPreview}>Preview</Button>}
      </div>
      <FollowingActions view={view} onReview={onReview} />
    </header>
  );
}
