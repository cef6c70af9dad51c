import type { Boot } from '../../../shared/boot.ts';
import type { Configuration } from '../../../shared/configuration.ts';
import { createPublicKey } from '../../../shared/public-key.ts';
import type { BuiltDocument, BuiltFile } from '../../support/bundle-document.ts';

export const DEMO_KEY = createPublicKey('FRAME1FRAME1FRAME1FRAM');

/** What the server sends with the frame document, as ISOLATION prescribes, so that the frame is tested under it. */
export function frameHeaders(origin: string): Record<string, string | string[]> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': [
      `frame-ancestors ${origin}`,
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
        "frame-src 'none'; worker-src 'none'; object-src 'none'; media-src 'none'; manifest-src 'none'; base-uri 'none'; " +
        "form-action 'none'; sandbox allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox; " +
        "require-trusted-types-for 'script'; trusted-types 'none'",
    ],
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'cross-origin',
    'origin-agent-cluster': '?1',
    'integrity-policy': 'blocked-destinations=(script)',
    'x-content-type-options': 'nosniff',
  };
}

type Parts = {
  readonly origin: string;
  readonly configuration: Configuration;
  /** As the settings view has it. */
  readonly preview?: true;
};

export function frameDocument(
  { script, style, preload, lazy }: BuiltDocument,
  { origin, configuration, preview }: Parts,
): string {
  const urlOf = ({ name }: BuiltFile) => `/assets/${name}`;
  const protectedBy = (file: BuiltFile) => `integrity="${file.integrity}" crossorigin`;
  const boot: Boot = {
    key: DEMO_KEY,
    o: origin,
    ticket: 'ticket',
    build: 'test',
    configuration,
    ...(preview && { preview }),
    lazyChunks: lazy.map((file) => ({ url: urlOf(file), integrity: file.integrity })),
  };
  const direction = /^(ar|he|fa|ur)\b/.test(configuration.locale) ? 'rtl' : 'ltr';
  return [
    `<!doctype html><html lang="${configuration.locale}" dir="${direction}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">',
    `<title>${escapeHtml(configuration.texts.name)}</title>`,
    `<meta name="boot" content="${escapeHtml(JSON.stringify(boot))}">`,
    `<link rel="stylesheet" href="${urlOf(style)}" ${protectedBy(style)}>`,
    ...preload.map((file) => `<link rel="modulepreload" href="${urlOf(file)}" ${protectedBy(file)}>`),
    `<script type="module" src="${urlOf(script)}" ${protectedBy(script)}></script>`,
    '</head><body><div id="root"></div></body></html>',
  ].join('\n');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
