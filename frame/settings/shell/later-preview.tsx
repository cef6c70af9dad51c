import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { View } from '../view.ts';

type Props = {
  readonly view: View;
  /** Beside the page, and else in a dialog while that is open. */
  readonly isBeside: boolean;
  readonly isOpen: Signal<boolean>;
};

/** The preview, whose code comes when it is shown for the first time. A page works as well without. */
export function LaterPreview({ view, isBeside, isOpen }: Props) {
  const code = useSignal<typeof import('../preview/preview-pane.tsx') | undefined>(undefined);
  const isWanted = isBeside || isOpen.value;

  useEffect(() => {
    if (!isWanted || code.value !== undefined) return;
    view
      .importLater('preview-pane', () => import('../preview/preview-pane.tsx'))
      .then(
        (loaded) => {
          code.value = loaded;
        },
        () => {
          isOpen.value = false;
          view.notify('The preview did not load. Check the connection and try again.', { tone: 'danger' });
        },
      );
  }, [isWanted, view, code, isOpen]);

  if (!isWanted) return null;
  if (code.value === undefined) return isBeside ? <aside class="preview" aria-label="Preview" /> : null;
  const { PreviewDialog, PreviewPane } = code.value;
  return isBeside ? <PreviewPane view={view} /> : <PreviewDialog view={view} isOpen={isOpen} />;
}
