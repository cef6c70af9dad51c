import { useSignal } from '@preact/signals';
import { type ComponentChildren, toChildArray } from 'preact';
import { useEffect } from 'preact/hooks';

/**
 * Draws the first of its children at once and each other one picture later, so that a page of many controls is drawn
 * without a long task. What is drawn once stays.
 */
export function InPortions({ children }: { children: ComponentChildren }) {
  const portions = toChildArray(children);
  const drawn = useSignal(1);
  useEffect(() => {
    if (drawn.value < portions.length) drawn.value++;
  });
  return (
    <>
      {portions.slice(0, drawn.value)}
      {drawn.value < portions.length && <div class="portions" aria-busy="true" hidden />}
    </>
  );
}
