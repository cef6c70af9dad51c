import type { Boot } from '../../shared/boot.ts';
import { textDirection } from '../../shared/text-direction.ts';
import type { AssetFile, BuildManifest } from './build-manifest.ts';

export type FrameDocumentParts = {
  readonly manifest: BuildManifest;
  readonly assetBaseUrl: string;
  readonly boot: Pick<Boot, 'key' | 'o' | 'ticket' | 'configuration'>;
};

/**
 * The HTML of the frame: no inline script, no inline style, and every byte of code with its integrity, so that a content
 * delivery network can serve it without being trusted.
 */
export function renderFrameDocument({ manifest, assetBaseUrl, boot }: FrameDocumentParts): string {
  const { configuration } = boot;
  const urlOf = ({ file }: AssetFile) => `${assetBaseUrl}/assets/${file}`;
  const protectedBy = (asset: AssetFile) => `integrity="${asset.integrity}" crossorigin`;
  const wholeBoot: Boot = {
    ...boot,
    build: manifest.build,
    lazyChunks: manifest.frame.lazy.map((chunk) => ({ url: urlOf(chunk), integrity: chunk.integrity })),
  };
  const { script, style, preload } = manifest.frame;
  const scripts = preload.map((chunk) => `<link rel="modulepreload" href="${urlOf(chunk)}" ${protectedBy(chunk)}>`);
  return [
    '<!doctype html>',
    `<html lang="${escapeHtml(configuration.locale)}" dir="${textDirection(configuration.locale)}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">',
    `<title>${escapeHtml(configuration.texts.name)}</title>`,
    `<meta name="boot" content="${escapeHtml(JSON.stringify(wholeBoot))}">`,
    `<link rel="stylesheet" href="${urlOf(style)}" ${protectedBy(style)}>`,
    ...scripts,
    `<script type="module" src="${urlOf(script)}" ${protectedBy(script)}></script>`,
    '</head>',
    '<body><div id="root"></div></body>',
    '</html>',
    '',
  ].join('\n');
}

/** For text and for attributes in double quotes (https://html.spec.whatwg.org/multipage/parsing.html). */
function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
