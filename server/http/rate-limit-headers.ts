import type { Allowance } from '../errors.ts';
import type { RequestContext } from './request-state.ts';

/** What stays on an answer that turned out to be an error. */
export const RATE_LIMIT_HEADERS: readonly string[] = ['ratelimit', 'ratelimit-policy'];

/**
 * Tells whoever asks what is left of the limit that is nearest to its end, as draft-ietf-httpapi-ratelimit-headers-10
 * writes it: `RateLimit-Policy: "chat-session";q=60;w=60` and `RateLimit: "chat-session";r=58;t=41`. Of several calls
 * for one answer the limit with the least left counts.
 */
export function tellAllowance(ctx: RequestContext, allowance: Allowance | undefined): void {
  const told = ctx.state.allowance;
  if (allowance === undefined || (told !== undefined && share(told) <= share(allowance))) return;
  const { policy, most, windowSeconds, remaining, resetSeconds } = allowance;
  ctx.state.allowance = allowance;
  ctx.set('RateLimit-Policy', `"${policy}";q=${most};w=${windowSeconds}`);
  ctx.set('RateLimit', `"${policy}";r=${remaining};t=${resetSeconds}`);
}

function share({ remaining, most }: Allowance): number {
  return remaining / most;
}
