import { type ReadonlySignal, signal } from '@preact/signals';

/** Whether the tab is one that somebody may be looking at. */
export function createVisible(page: Document): ReadonlySignal<boolean> {
  const isVisible = signal(!page.hidden);
  page.addEventListener('visibilitychange', () => {
    isVisible.value = !page.hidden;
  });
  return isVisible;
}
