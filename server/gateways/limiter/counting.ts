import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import { type Count, type Limiter, LimiterDownError, type LimitRule } from './limiter.ts';

/** What a limiter is made with if each call brings its own limit. */
export const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/** The rule as counted by a limiter of rate-limiter-flexible, which rejects with a result when it is over its points. */
export function countWith(limiter: RateLimiterAbstract, { limit: fixed }: LimitRule): Limiter {
  return {
    async consume(key, { times = 1, limit = fixed ?? NO_LIMIT } = {}) {
      const { result, isRefused } = await settle(limiter.consume(key, times));
      const isOwn = fixed === undefined || limit !== fixed;
      return {
        isWithin: !isRefused && result.consumedPoints <= limit,
        // A limiter that stands in for another has fewer points than the rule.
        remaining: isOwn ? Math.max(0, limit - result.consumedPoints) : result.remainingPoints,
        resetMs: Math.max(0, result.msBeforeNext),
      } satisfies Count;
    },
    async giveBack(key) {
      await settle(limiter.reward(key, 1));
    },
  };
}

async function settle(counting: Promise<RateLimiterRes>) {
  try {
    return { result: await counting, isRefused: false };
  } catch (thrown) {
    if (thrown instanceof RateLimiterRes) return { result: thrown, isRefused: true };
    throw new LimiterDownError(thrown);
  }
}
