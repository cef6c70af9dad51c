/** The outline of an icon, drawn on a grid of 20 with round strokes of 1.8. */
export type Shape = string;

export const CLOSE: Shape = 'M5 5l10 10M15 5L5 15';
export const SEND: Shape = 'M10 16V4.5M5 9l5-5 5 5';
export const WARNING: Shape = 'M10 6v4.5M10 13.6h.01M17.5 10a7.5 7.5 0 1 1-15 0 7.5 7.5 0 0 1 15 0z';

/** Decoration only: whatever holds it has the words. */
export function Icon({ shape }: { shape: Shape }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={shape} />
    </svg>
  );
}
