import { type Signal, signal } from '@preact/signals';
import { type ComponentChildren, createContext } from 'preact';
import { useContext, useLayoutEffect } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Chip } from '../ui/marks.tsx';
import type { View } from '../view.ts';

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
      <DraftActions view={view} onReview={onReview} />
    </header>
  );
}

/** How much is unpublished, and what can be done about it. Nothing while nothing is. */
export function DraftActions({ view, onReview }: Pick<Props, 'view' | 'onReview'>) {
  const count = view.draft.count.value;
  if (count === 0) return null;

  async function discard(): Promise<void> {
    const isAgreed = await view.confirm({
      title: 'Discard your changes?',
      body: `The widget stays as it is published. ${count === 1 ? 'One change is' : `${count} changes are`} lost.`,
      action: 'Discard',
      isDangerous: true,
      otherwise: 'Keep editing',
    });
    const { settings, version } = view.published.value;
    if (isAgreed) view.draft.replace(settings, { settings, version });
  }

  return (
    <div class="page-actions">
      <Chip tone="warn">{count === 1 ? '1 unpublished change' : `${count} unpublished changes`}</Chip>
      <Button kind="bare" onClick={() => void discard()}>
        Discard
      </Button>
      <Button kind="primary" onClick={onReview} reason={view.reasonAgainst('settings:write')}>
        Review and publish
      </Button>
    </div>
  );
}
