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

  useLayoutEffect(() => {
    let picture = 0;
    const stop = effect(() => {
      const start = view.seen.value.top + (view.draft.count.value > 0 ? BAR_HEIGHT : 0);
      cancelAnimationFrame(picture);
      // Measured where the document is laid out anyway, and not in the midst of drawing a page.
      picture = requestAnimationFrame(() => {
        if (pane.current !== null && follower.current !== null) follow(pane.current, follower.current, start);
      });
    });
    return () => {
      stop();
      cancelAnimationFrame(picture);
    };
  }, [view]);

  return (
    <aside class="preview" aria-label="Preview" ref={pane}>
      <div class="preview-follower" ref={follower}>
        <Preview view={view} />
      </div>
    </aside>
  );
}

/** Moves `follower` down to `start`, as far as there is room in `pane`. */
function follow(pane: HTMLElement, follower: HTMLElement, start: number): void {
  const room = pane.offsetHeight - follower.offsetHeight;
  const way = Math.min(room, start - pane.getBoundingClientRect().top);
  follower.style.translate = `0 ${Math.round(Math.max(0, way))}px`;
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
