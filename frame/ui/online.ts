import { type ReadonlySignal, signal } from '@preact/signals';

/** Whether the browser believes it is connected. `true` promises nothing; `false` is always right. */
export function createOnline(page: Window): ReadonlySignal<boolean> {
  const isOnline = signal(page.navigator.onLine);
  const update = () => {
    isOnline.value = page.navigator.onLine;
  };
  page.addEventListener('online', update);
  page.addEventListener('offline', update);
  return isOnline;
}
