import { RateLimiterRedis } from 'rate-limiter-flexible';
import { countWith, NO_LIMIT } from './counting.ts';
import { FewKeysLimiter } from './few-keys-limiter.ts';
import type { Limiters, LimitRule } from './limiter.ts';

/** What counting needs of a Redis: whether it is there, and one script that is run as a whole. */
export type CountingRedis = {
  readonly isReady: boolean;
  eval(script: string, options: { readonly keys: string[]; readonly arguments: string[] }): Promise<unknown>;
  close(): Promise<void>;
};

type Parts = {
  readonly redis: CountingRedis;
  /** How many processes share the Redis: while it is down, each of them allows its part of a limit. */
  readonly workers: number;
};

/** Counts in a Redis, for all processes together. */
export function createRedisLimiters({ redis, workers }: Parts): Limiters {
  function create(rule: LimitRule) {
    const { name, limit = NO_LIMIT, windowSeconds, mostKeys, whenDown } = rule;
    const insurance = new FewKeysLimiter({ points: Math.ceil(limit / workers), duration: windowSeconds, mostKeys });
    const limiter = new RateLimiterRedis({
      storeClient: redis,
      useRedisPackage: true,
      rejectIfRedisNotReady: true,
      keyPrefix: `casement:${name}`,
      points: limit,
      duration: windowSeconds,
      // Who is over the limit is refused from memory until the window ends: a flood does not reach the Redis.
      ...(limit < NO_LIMIT && { inMemoryBlockOnConsumed: limit + 1 }),
      ...(whenDown === 'insure' && { insuranceLimiter: insurance }),
    });
    return countWith(limiter, rule);
  }
  return { isShared: true, create, close: () => redis.close() };
}
