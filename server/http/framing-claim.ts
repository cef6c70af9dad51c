import { type Origin, parseOrigin } from '../../shared/origin.ts';
import type { RouteContext } from './request-state.ts';

/**
 * The one origin in a query that is `o=<origin>` and nothing else, percent-encoded as a whole or not at all: whose page
 * the document is for. A second `o`, another name or another way to write the same origin is no claim.
 */
export function readClaimedOrigin(querystring: string): Origin | undefined {
  if (!querystring.startsWith('o=')) return undefined;
  const written = querystring.slice('o='.length);
  const origin = parseOrigin(written) ?? parseOrigin(written.replaceAll('%3A', ':').replaceAll('%2F', '/'));
  return origin !== undefined && (written === origin || written === encodeURIComponent(origin)) ? origin : undefined;
}

/**
 * Whether an honest browser asks for the document of an iframe in a page of `embedder`: by the referrer, the destination,
 * and a real navigation instead of a prefetch.
 */
export function isFramedBy(ctx: RouteContext, embedder: Origin): boolean {
  const isPrefetch = ctx.get('sec-purpose') !== '' || ctx.get('purpose') !== '' || ctx.get('x-moz') !== '';
  const isIframeNavigation = ctx.method === 'GET' && ctx.get('sec-fetch-dest') === 'iframe' && !isPrefetch;
  return isIframeNavigation && ctx.get('referer').startsWith(`${embedder}/`);
}
