import { useEffect, useRef } from 'preact/hooks';

const HINT = 'data-dropping';

/**
 * Hears of files that are dropped anywhere on the view. While some are held over it, the root has `data-dropping`.
 * Without this the browser would open a dropped file in place of the view.
 */
export function useDroppedFiles(onDrop: (files: readonly File[]) => void): void {
  const latest = useRef(onDrop);
  latest.current = onDrop;

  useEffect(() => {
    const page = document.documentElement;
    const stop = new AbortController();
    const { signal } = stop;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const leave = () => page.removeAttribute(HINT);

    document.addEventListener(
      'dragover',
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        page.setAttribute(HINT, '');
      },
      { signal },
    );
    document.addEventListener('dragleave', ({ relatedTarget }) => relatedTarget === null && leave(), { signal });
    document.addEventListener(
      'drop',
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        leave();
        latest.current([...(event.dataTransfer?.files ?? [])]);
      },
      { signal },
    );
    return () => {
      stop.abort();
      leave();
    };
  }, []);
}
