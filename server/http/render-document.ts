import type { AssetFile, DocumentFiles } from './build-manifest.ts';

type DocumentParts = {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly title: string;
  /** Written into `<meta name="boot">` as JSON. */
  readonly boot: object;
  readonly files: DocumentFiles;
  readonly assetBaseUrl: string;
};

/** A file of the build as a browser fetches it. */
export type ServedFile = { readonly url: string; readonly integrity: string };

/**
 * The HTML of a document that runs in an iframe: no inline script, no inline style, and every byte of code with its
 * integrity, so that a content delivery network can serve it without being trusted.
 */
export function renderDocument({ language, direction, title, boot, files, assetBaseUrl }: DocumentParts): string {
  const { script, style, preload } = files;
  const attributesOf = (file: AssetFile, name: 'href' | 'src') => {
    const { url, integrity } = toServed(file, assetBaseUrl);
    return `${name}="${url}" integrity="${integrity}" crossorigin`;
  };
  return [
    '<!doctype html>',
    `<html lang="${escapeHtml(language)}" dir="${direction}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">',
    `<title>${escapeHtml(title)}</title>`,
    `<meta name="boot" content="${escapeHtml(JSON.stringify(boot))}">`,
    `<link rel="stylesheet" ${attributesOf(style, 'href')}>`,
    ...preload.map((chunk) => `<link rel="modulepreload" ${attributesOf(chunk, 'href')}>`),
    `<script type="module" ${attributesOf(script, 'src')}></script>`,
    '</head>',
    '<body><div id="root"></div></body>',
    '</html>',
    '',
  ].join('\n');
}

/** Where `file` is served, with all else the manifest says of it. */
export function toServed<F extends AssetFile>({ file, ...rest }: F, assetBaseUrl: string) {
  return { url: `${assetBaseUrl}/assets/${file}`, ...rest };
}

/** For text and for attributes in double quotes (https://html.spec.whatwg.org/multipage/parsing.html). */
function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
