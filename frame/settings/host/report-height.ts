/** Below this the dashboard would draw a frame in which no dialog has room. */
export const LEAST_HEIGHT = 560;

const LEAST_PAUSE_MS = 60;

/**
 * Tells how high `content` is whenever that changes, so that the dashboard's page scrolls and nothing in it does. A few
 * times a second at most: the port drops more than 50 messages a second. Answers how to stop.
 */
export function reportHeight(content: HTMLElement, tell: (height: number) => void): () => void {
  let told = 0;
  let timer: number | undefined;

  function report(): void {
    timer = undefined;
    const height = Math.max(LEAST_HEIGHT, Math.ceil(content.getBoundingClientRect().height));
    if (height === told) return;
    told = height;
    tell(height);
  }

  const observer = new ResizeObserver(() => {
    timer ??= window.setTimeout(report, LEAST_PAUSE_MS);
  });
  observer.observe(content);
  report();
  return () => {
    observer.disconnect();
    window.clearTimeout(timer);
  };
}
