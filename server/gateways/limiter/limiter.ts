/**
 * How often something may happen to one key. A window begins with the first time something happens to the key, and
 * everything that was counted in it is forgotten together when it ends.
 */
export type LimitRule = {
  /** Names the rule in the store that processes share. */
  readonly name: string;
  /** Absent if it is given with every call, because it is not the same for all keys. */
  readonly limit?: number;
  readonly windowSeconds: number;
  /** Keys that anybody can make up: this process tells at most so many apart, and more share their counts. */
  readonly mostKeys?: number;
  /** While the shared store is down: `insure` counts in this process, with its share of the limit; `fail` throws. */
  readonly whenDown: 'insure' | 'fail';
};

export type Count = {
  readonly isWithin: boolean;
  readonly remaining: number;
  /** Until the window ends. */
  readonly resetMs: number;
};

/** Counts for one rule. Rejects with a {@link LimiterDownError} only if the rule says so. */
export type Limiter = {
  /** Counts `times` more, once if it is not given, and answers whether that is still within `limit`. */
  consume(key: string, options?: { readonly times?: number; readonly limit?: number }): Promise<Count>;
  /** Takes back what was counted by mistake. */
  giveBack(key: string): Promise<void>;
};

export type Limiters = {
  /** Whether all processes count together. */
  readonly isShared: boolean;
  create(rule: LimitRule): Limiter;
  close(): Promise<void>;
};

/** The shared store does not answer, and the rule does not go without it. */
export class LimiterDownError extends Error {
  constructor(cause: unknown) {
    super('The store of the limits does not answer', { cause });
    this.name = 'LimiterDownError';
  }
}
