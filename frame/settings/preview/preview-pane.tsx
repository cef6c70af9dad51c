import { effect, type Signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { addStyles } from '../ui/add-styles.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import type { View } from '../view.ts';
import rules from './preview.css' with { type: 'text' };
import { Preview } from './preview.tsx';

/** Of the bar that follows the admin while something is unpublished. */
const BAR_HEIGHT = 52;

/** The preview beside a page. It stays in sight while the page is scrolled. */
export function PreviewPane({ view }: { view: View }) {
  addStyles(rules);
  const pane = useRef<HTMLElement>(null);
  const follower = useRef<HTMLDivElement>(null);

  useLayoutEffect(
    () =>
      effect(() => {
        const { top } = view.seen.value;
        const cover = view.draft.count.value > 0 ? BAR_HEIGHT : 0;
        if (pane.current === null || follower.current === null) return;
        const room = pane.current.offsetHeight - follower.current.offsetHeight;
        const start = pane.current.getBoundingClientRect().top;
        follower.current.style.translate = `0 ${Math.round(Math.max(0, Math.min(room, top + cover - start)))}px`;
      }),
    [view],
  );

  return (
    <aside class="preview" aria-label="Preview" ref={pane}>
      <div class="preview-follower" ref={follower}>
        <Preview view={view} />
      </div>
    </aside>
  );
}

/** The preview where there is no room beside the page. */
export function PreviewDialog({ view, isOpen }: { view: View; isOpen: Signal<boolean> }) {
  addStyles(rules);
  const close = () => {
    isOpen.value = false;
  };
  return (
    <Dialog title="Preview" seen={view.seen} onClose={close} actions={<Button onClick={close}>Go on editing</Button>}>
      <Preview view={view} />
    </Dialog>
  );
}
