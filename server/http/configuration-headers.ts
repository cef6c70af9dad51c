import type { Origin } from '../../shared/origin.ts';
import type { Placeholder } from './placeholder.ts';

type ConfigurationHeaders = { readonly origin: Origin | Placeholder | undefined; readonly etag: string };

/** The headers of a configuration for the page of `origin`, or for a backend, beside the signature. */
export function configurationHeaders({ origin, etag }: ConfigurationHeaders) {
  return {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': `${origin === undefined ? 'private' : 'public'}, max-age=60, stale-while-revalidate=300`,
    ...(origin !== undefined && { 'Access-Control-Allow-Origin': origin }),
    ETag: etag,
    Vary: 'Origin, Accept-Language',
  };
}
