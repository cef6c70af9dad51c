import { type Origin, parseOrigin } from '../../shared/origin.ts';
import { type PublicKey, parsePublicKey } from '../../shared/public-key.ts';
import type { RouteContext } from './request-state.ts';

/** What a request for the frame says of itself. Nothing is proven by it: the browser enforces it on the answer. */
export type EmbedClaim = { readonly publicKey: PublicKey; readonly origin: Origin };

/**
 * The claim of a navigation of an iframe, or `undefined` if anything about it is not as a loader of ours and an honest
 * browser make it: the form of the claim, the referrer, the destination, a real navigation instead of a prefetch.
 */
export function readEmbedClaim(ctx: RouteContext): EmbedClaim | undefined {
  const publicKey = parsePublicKey(ctx.params.key);
  const origin = readClaimedOrigin(ctx.querystring);
  if (publicKey === undefined || origin === undefined) return undefined;
  const isHonest = ctx.get('referer').startsWith(`${origin}/`) && isIframeNavigation(ctx);
  return isHonest ? { publicKey, origin } : undefined;
}

/**
 * The one origin in a query that is `o=<origin>` and nothing else, percent-encoded as a whole or not at all. A second `o`,
 * another name or another way to write the same origin is no claim.
 */
function readClaimedOrigin(querystring: string): Origin | undefined {
  if (!querystring.startsWith('o=')) return undefined;
  const written = querystring.slice('o='.length);
  const origin = parseOrigin(written) ?? parseOrigin(written.replaceAll('%3A', ':').replaceAll('%2F', '/'));
  return origin !== undefined && (written === origin || written === encodeURIComponent(origin)) ? origin : undefined;
}

function isIframeNavigation(ctx: RouteContext): boolean {
  const isPrefetch = ctx.get('sec-purpose') !== '' || ctx.get('purpose') !== '' || ctx.get('x-moz') !== '';
  return ctx.method === 'GET' && ctx.get('sec-fetch-dest') === 'iframe' && !isPrefetch;
}
