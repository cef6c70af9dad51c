import type { Origin } from '../../shared/origin.ts';
import { type PublicKey, parsePublicKey } from '../../shared/public-key.ts';
import { isFramedBy, readClaimedOrigin } from './framing-claim.ts';
import type { RouteContext } from './request-state.ts';
import { wantedLanguages } from './wanted-languages.ts';

/** What a request for the frame says of itself. Nothing is proven by it: the browser enforces it on the answer. */
export type EmbedClaim = {
  readonly publicKey: PublicKey;
  readonly origin: Origin;
  readonly languages: readonly string[];
};

/** `&l=`, the language the embedder has chosen. */
const LANGUAGE = /^(.*)&l=([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)$/;
const LONGEST_LANGUAGE = 35;

/**
 * The claim of a navigation of an iframe, or `undefined` if anything about it is not as a loader of ours and an honest
 * browser make it: the form of the claim, the referrer, the destination, a real navigation instead of a prefetch.
 */
export function readEmbedClaim(ctx: RouteContext): EmbedClaim | undefined {
  const publicKey = parsePublicKey(ctx.params.key);
  const [, beforeLanguage = ctx.querystring, language] = LANGUAGE.exec(ctx.querystring) ?? [];
  if (language !== undefined && language.length > LONGEST_LANGUAGE) return undefined;
  const origin = readClaimedOrigin(beforeLanguage);
  if (publicKey === undefined || origin === undefined) return undefined;
  return isFramedBy(ctx, origin) ? { publicKey, origin, languages: wantedLanguages(ctx, language) } : undefined;
}
