import type { SettingsBoot } from '../../../shared/settings-boot.ts';
import { createLazyChunks, type PrepareLazyChunks } from '../../host/lazy-chunks.ts';

/** Imports a module that stands in its own chunk; `name` is the name of its file, such as `keys-page`. */
export type ImportLater = <M>(name: string, importModule: () => Promise<M>) => Promise<M>;

/**
 * Fetches only the chunks that the named module needs, each with its hash, before `import()` finds them in the module
 * map: the document's Integrity-Policy refuses it else, see `createLazyChunks`.
 */
export function createImportLater(page: Document, chunks: SettingsBoot['lazyChunks']): ImportLater {
  const prepared = new Map<string, PrepareLazyChunks>();
  return async (name, importModule) => {
    const prepare =
      prepared.get(name) ??
      createLazyChunks(
        page,
        chunks.filter(({ entries }) => entries.includes(name)),
      );
    prepared.set(name, prepare);
    await prepare();
    return importModule();
  };
}
