import { type Signal, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { View } from '../view.ts';
import { LaterPreview } from './later-preview.tsx';

type Props = {
  readonly view: View;
  /** Whether the open page has the preview beside it. */
  readonly hasPreview: boolean;
  /** Whether there is room for that; it opens as a dialog else. */
  readonly isBeside: boolean;
  readonly isOpen: Signal<boolean>;
  /** The page. */
  readonly children: ComponentChildren;
};

/** The page and its preview. With the preview a whole document comes or goes, so that has a task of its own. */
export function BesidePreview({ view, hasPreview, isBeside, isOpen, children }: Props) {
  const isShown = useSignal(hasPreview);
  useEffect(() => {
    isShown.value = hasPreview;
  }, [hasPreview, isShown]);

  return (
    <div class={isShown.value && isBeside ? 'beside-preview' : undefined}>
      {children}
      {isShown.value && <LaterPreview view={view} isBeside={isBeside} isOpen={isOpen} />}
    </div>
  );
}
