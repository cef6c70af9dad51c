import { guard } from './guard.ts';

/**
 * Puts `host` beside `body`, where a swap of the body leaves it alone, and back again should the page remove it; until
 * the answered function is called. `beforeAttach` is called before each time.
 */
export function keepAttached(host: Element, beforeAttach: () => void): () => void {
  const { documentElement } = document;
  let attached = 0;
  const attach = guard(() => {
    // A page that removes foreign elements as soon as they come must not be driven into an endless loop.
    if (host.isConnected || attached++ > 99) return;
    beforeAttach();
    documentElement.append(host);
  });
  const observer = new MutationObserver(attach);
  observer.observe(documentElement, { childList: true });
  attach();
  return () => {
    observer.disconnect();
    host.remove();
  };
}
