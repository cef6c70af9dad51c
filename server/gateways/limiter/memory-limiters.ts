import { countWith, NO_LIMIT } from './counting.ts';
import { FewKeysLimiter } from './few-keys-limiter.ts';
import type { Limiters } from './limiter.ts';

/** Counts in this process only. */
export function createMemoryLimiters(): Limiters {
  return {
    isShared: false,
    create(rule) {
      const { limit = NO_LIMIT, windowSeconds, mostKeys } = rule;
      return countWith(new FewKeysLimiter({ points: limit, duration: windowSeconds, mostKeys }), rule);
    },
    close: async () => {},
  };
}
