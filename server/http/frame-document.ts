import type { Boot } from '../../shared/boot.ts';
import { textDirection } from '../../shared/text-direction.ts';
import type { BuildManifest } from './build-manifest.ts';
import { renderDocument, type ServedFile, toServed } from './render-document.ts';

export type FrameDocumentParts = {
  readonly manifest: BuildManifest;
  readonly assetBaseUrl: string;
  readonly boot: Pick<Boot, 'key' | 'o' | 'ticket' | 'configuration' | 'preview'>;
};

/** The HTML of the chat's frame. */
export function renderFrameDocument({ manifest, assetBaseUrl, boot }: FrameDocumentParts): string {
  const { configuration } = boot;
  const lazyChunks: readonly ServedFile[] = manifest.frame.lazy.map(({ file, integrity }) =>
    toServed({ file, integrity }, assetBaseUrl),
  );
  const wholeBoot: Boot = { ...boot, build: manifest.build, lazyChunks };
  return renderDocument({
    language: configuration.locale,
    direction: textDirection(configuration.locale),
    title: configuration.texts.name,
    boot: wholeBoot,
    files: manifest.frame,
    assetBaseUrl,
  });
}
