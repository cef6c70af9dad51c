import { type ReadonlySignal, signal } from '@preact/signals';

/** The part of the frame that is on the screen, in CSS pixels of the frame. */
export type SeenPart = { readonly top: number; readonly height: number };

/** The sentinels stand this far apart, and tell of themselves in steps of a tenth of it. */
const SENTINEL_HEIGHT = 100;
const STEPS = Array.from({ length: 11 }, (_, index) => index / 10);

/**
 * Which part of the frame can be seen. The frame is as high as its content and the dashboard scrolls it, so neither
 * `position: fixed` nor the frame's own scroll position says anything. An IntersectionObserver does: without a root it
 * cuts by the top-level viewport, even across origins (https://w3c.github.io/IntersectionObserver/#implicit-root). It
 * would stay silent while the frame fills the screen, so a column of sentinels stands behind the content: whenever one
 * comes or goes, the frame is measured anew.
 */
export function watchSeenPart(root: HTMLElement): ReadonlySignal<SeenPart> {
  const seen = signal<SeenPart>({ top: 0, height: window.innerHeight });
  const column = document.createElement('div');
  column.className = 'sentinels';
  column.ariaHidden = 'true';
  root.append(column);

  const measure = new IntersectionObserver((entries) => {
    const { top, height } = entries.at(-1)?.intersectionRect ?? new DOMRect();
    if (height > 0) seen.value = { top, height };
  });
  const sentinels = new IntersectionObserver(
    () => {
      // Whatever begins to be observed is told of once, as it is now.
      measure.unobserve(root);
      measure.observe(root);
    },
    { threshold: STEPS },
  );

  new ResizeObserver(() => {
    const count = Math.ceil(root.offsetHeight / SENTINEL_HEIGHT);
    while (column.childElementCount < count) sentinels.observe(column.appendChild(document.createElement('i')));
    while (column.childElementCount > count && column.lastElementChild !== null) {
      sentinels.unobserve(column.lastElementChild);
      column.lastElementChild.remove();
    }
  }).observe(root);

  return seen;
}
