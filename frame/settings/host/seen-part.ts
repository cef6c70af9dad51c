import { type ReadonlySignal, signal } from '@preact/signals';

/** The part of the frame that is on the screen, in CSS pixels of the frame. */
export type SeenPart = { readonly top: number; readonly height: number };

/** The sentinels stand this far apart, and are told of in steps of a tenth of it. */
const SENTINEL_HEIGHT = 100;
const STEPS = Array.from({ length: 11 }, (_, index) => index / 10);

/**
 * Which part of the frame can be seen. The frame is as high as its content and the dashboard scrolls it, so neither
 * `position: fixed` nor the frame's own scroll position says anything. An IntersectionObserver does: without a root it
 * cuts by the top-level viewport, even across origins (https://w3c.github.io/IntersectionObserver/#implicit-root). One
 * target would stay silent while it fills the screen, so a column of them stands behind the content.
 */
export function watchSeenPart(root: HTMLElement): ReadonlySignal<SeenPart> {
  const seen = signal<SeenPart>({ top: 0, height: window.innerHeight });
  const column = document.createElement('div');
  column.className = 'sentinels';
  column.ariaHidden = 'true';
  root.append(column);
  const parts = new Map<Element, DOMRectReadOnly>();

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting, intersectionRect } of entries) {
        if (isIntersecting) parts.set(target, intersectionRect);
        else parts.delete(target);
      }
      if (parts.size === 0) return;
      const top = Math.min(...[...parts.values()].map((part) => part.top));
      const bottom = Math.max(...[...parts.values()].map((part) => part.bottom));
      if (bottom > top) seen.value = { top, height: bottom - top };
    },
    { threshold: STEPS },
  );

  new ResizeObserver(() => {
    const count = Math.ceil(root.offsetHeight / SENTINEL_HEIGHT);
    while (column.childElementCount < count) observer.observe(column.appendChild(document.createElement('i')));
    while (column.childElementCount > count && column.lastElementChild !== null) {
      observer.unobserve(column.lastElementChild);
      parts.delete(column.lastElementChild);
      column.lastElementChild.remove();
    }
  }).observe(root);

  return seen;
}
