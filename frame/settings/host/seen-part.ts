import { type ReadonlySignal, signal } from '@preact/signals';

/** The part of the frame that is on the screen, in CSS pixels of the frame. */
export type SeenPart = { readonly top: number; readonly height: number };

/** The sentinels stand this far apart, and tell of themselves in steps of a tenth of it. */
const SENTINEL_HEIGHT = 100;
const STEPS = Array.from({ length: 11 }, (_, index) => index / 10);
/** The column of sentinels is this many screens high, and moves when what is seen comes near one of its ends. */
const COLUMN_SCREENS = 5;

/**
 * Which part of the frame can be seen. The frame is as high as its content and the dashboard scrolls it, so neither
 * `position: fixed` nor the frame's own scroll position says anything. An IntersectionObserver does: without a root it
 * cuts by the top-level viewport, even across origins (https://w3c.github.io/IntersectionObserver/#implicit-root). It
 * would stay silent while the frame fills the screen, so a column of sentinels stands behind what is seen: whenever one
 * comes or goes, the frame is measured anew. However high the frame is there are a few dozens of them.
 */
export function watchSeenPart(root: HTMLElement): ReadonlySignal<SeenPart> {
  const seen = signal<SeenPart>({ top: 0, height: window.innerHeight });
  const room = document.createElement('div');
  room.className = 'sentinels';
  room.ariaHidden = 'true';
  const column = document.createElement('div');
  const screen = Math.max(window.screen.height, 10 * SENTINEL_HEIGHT);
  room.append(column);
  root.append(room);

  const frame = new IntersectionObserver((entries) => {
    const { top, height } = entries.at(-1)?.intersectionRect ?? new DOMRect();
    if (height <= 0) return;
    seen.value = { top, height };
    // Only now and then, and in steps, as the sentinels tell of themselves when they move.
    const before = Math.max(0, Math.floor(top / screen) - Math.floor(COLUMN_SCREENS / 2));
    column.style.translate = `0 ${before * screen}px`;
  });
  function measure(): void {
    // Whatever begins to be observed is told of once, as it is now.
    frame.unobserve(root);
    frame.observe(root);
  }

  const sentinels = new IntersectionObserver(measure, { threshold: STEPS });
  for (let height = 0; height < COLUMN_SCREENS * screen; height += SENTINEL_HEIGHT) {
    sentinels.observe(column.appendChild(document.createElement('i')));
  }
  new ResizeObserver(measure).observe(root);

  return seen;
}
