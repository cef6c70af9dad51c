import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Placeholder } from './placeholder.ts';
import type { RequestContext } from './request-state.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The twins the build writes beside a file, the smaller one first. */
const COMPRESSIONS = [
  { encoding: 'br', suffix: '.br' },
  { encoding: 'gzip', suffix: '.gz' },
] as const;

type Representation = { readonly encoding: string; readonly bytes: Buffer; readonly etag: string };

/** A file of the build, as it is and in every encoding it was compressed to. */
export type StaticAsset = {
  readonly contentType: string;
  readonly plain: Representation;
  readonly compressed: readonly Representation[];
};

/** The files of the build by name. */
export type StaticAssets = ReadonlyMap<string, StaticAsset>;

/** Reads `assets/` of the build into memory: a few small files that never change while the server runs. */
export async function readStaticAssets(distDirectory: string): Promise<StaticAssets> {
  const directory = join(distDirectory, 'assets');
  const names = new Set(await readdir(directory));
  const assets = new Map<string, StaticAsset>();
  for (const name of names) {
    const contentType = CONTENT_TYPES[extname(name)];
    if (contentType === undefined) continue;
    const twins = COMPRESSIONS.filter(({ suffix }) => names.has(name + suffix));
    assets.set(name, {
      contentType,
      plain: await readRepresentation(join(directory, name), 'identity'),
      compressed: await Promise.all(
        twins.map(({ encoding, suffix }) => readRepresentation(join(directory, name + suffix), encoding)),
      ),
    });
  }
  return assets;
}

/**
 * Answers `asset` in the smallest encoding the caller accepts (RFC 9110, 12.5.3), with an ETag of its bytes and 304 to
 * whoever has them. The bytes are public and the same for everyone; any page may load them, also with integrity.
 */
export function answerAsset(ctx: RequestContext, asset: StaticAsset, cacheControl: string): void {
  const { encoding, bytes, etag } =
    asset.compressed.find((candidate) => ctx.acceptsEncodings(candidate.encoding) === candidate.encoding) ??
    asset.plain;
  ctx.status = 200;
  ctx.set(assetHeaders({ contentType: asset.contentType, cacheControl, etag }));
  if (encoding !== 'identity') ctx.set('Content-Encoding', encoding);
  if (ctx.fresh) ctx.status = 304;
  else ctx.body = bytes;
}

type AssetHeaders = {
  readonly contentType: string;
  readonly cacheControl: string;
  readonly etag: string | Placeholder;
};

/** The headers of a file, beside `Content-Encoding`. */
export function assetHeaders({ contentType, cacheControl, etag }: AssetHeaders) {
  return {
    'Content-Type': contentType,
    'Cache-Control': cacheControl,
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    ETag: etag,
    Vary: 'Accept-Encoding',
  };
}

async function readRepresentation(path: string, encoding: string): Promise<Representation> {
  const bytes = await readFile(path);
  const digest = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  return { encoding, bytes, etag: `"${digest}"` };
}
