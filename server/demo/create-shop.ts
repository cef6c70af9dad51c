import { readdir, readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { extname, join, sep } from 'node:path';
import type { Origin } from '../../shared/origin.ts';
import type { PublicKey } from '../../shared/public-key.ts';

type ShopParts = {
  /** Pages, styles and pictures; `index.html` is the front page. */
  readonly directory: string;
  readonly widgetOrigin: Origin;
  readonly publicKey: PublicKey;
};

type ShopFile = { readonly contentType: string; readonly bytes: Buffer };

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * A shop that embeds the widget as any customer would: plain pages with one script tag, under a strict policy of their
 * own that lets nothing in but the widget origin.
 */
export async function createShop({ directory, widgetOrigin, publicKey }: ShopParts): Promise<RequestListener> {
  const files = await readFiles(directory, (page) =>
    page.replaceAll('{{widgetOrigin}}', widgetOrigin).replaceAll('{{publicKey}}', publicKey),
  );
  const headers = {
    'Cache-Control': 'no-cache',
    'Content-Security-Policy': policyFor(widgetOrigin),
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'X-Content-Type-Options': 'nosniff',
  };

  return function answer(request, response) {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const file = files.get(path === '/' ? '/index.html' : path) ?? files.get(`${path}.html`);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const status = isRead ? (file === undefined ? 404 : 200) : 405;
    const { contentType, bytes } = (status === 200 && file) || (files.get('/not-found.html') ?? EMPTY_FILE);
    response.writeHead(status, { ...headers, 'Content-Type': contentType, 'Content-Length': bytes.length });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  };
}

const EMPTY_FILE: ShopFile = { contentType: 'text/plain; charset=utf-8', bytes: Buffer.alloc(0) };

function policyFor(widgetOrigin: Origin): string {
  return [
    "default-src 'none'",
    `script-src ${widgetOrigin}`,
    `frame-src ${widgetOrigin}`,
    // For the script tag's data-config="eager", which asks for the published look at once.
    `connect-src ${widgetOrigin}`,
    "style-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

async function readFiles(directory: string, fill: (page: string) => string): Promise<ReadonlyMap<string, ShopFile>> {
  const files = new Map<string, ShopFile>();
  for (const name of await readdir(directory, { recursive: true })) {
    const contentType = CONTENT_TYPES[extname(name)];
    if (contentType === undefined) continue;
    const bytes = await readFile(join(directory, name));
    const isPage = extname(name) === '.html';
    files.set(`/${name.split(sep).join('/')}`, {
      contentType,
      bytes: isPage ? Buffer.from(fill(bytes.toString('utf8'))) : bytes,
    });
  }
  return files;
}
