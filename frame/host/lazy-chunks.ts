import type { Boot } from '../../shared/boot.ts';

/** Resolves when every lazy chunk is in the module map; rejects if one did not arrive, and may be called again. */
export type PrepareLazyChunks = () => Promise<void>;

/**
 * The document's Integrity-Policy refuses a module without integrity metadata, and `import()` cannot carry any. So each
 * chunk is preloaded by a link that names its hash; `import()` then finds it in the module map and fetches nothing
 * (https://html.spec.whatwg.org/multipage/links.html#link-type-modulepreload).
 */
export function createLazyChunks(page: Document, chunks: Boot['lazyChunks']): PrepareLazyChunks {
  let prepared: Promise<void> | undefined;
  return () => {
    prepared ??= Promise.all(chunks.map((chunk) => preload(page, chunk))).then(
      () => {},
      (error) => {
        prepared = undefined;
        throw error;
      },
    );
    return prepared;
  };
}

function preload(page: Document, { url, integrity }: Boot['lazyChunks'][number]): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = page.createElement('link');
    link.rel = 'modulepreload';
    link.integrity = integrity;
    link.href = url;
    link.onload = () => resolve();
    link.onerror = () => {
      link.remove();
      reject(new TypeError(`"${url}" did not load`));
    };
    page.head.append(link);
  });
}
