import { type Allowance, AppError } from '../errors.ts';
import type { Count, Limiter, Limiters } from '../gateways/limiter/limiter.ts';
import { LIMIT_TABLE, type Limit, type LimitName, type LimitTable, SUBJECTS, type Subject } from './limit-table.ts';

/** Who asks, as far as it is known. */
export type Subjects = Readonly<Partial<Record<Subject, string>>>;

/** Whose limit it is: a widget and the site, or `''` for none. */
export type Place = { readonly widgetId: string; readonly origin: string };

export type Limits = {
  /**
   * Counts a request for each subject that is known and has a limit, narrowest first. Answers the allowance of whoever
   * asks that is nearest to its end. Throws AppError `RATE_LIMITED` at the first limit that is reached; `LIMITER_UNAVAILABLE` if the
   * shared store of the limits is down and the limit does not go without it.
   */
  require(name: LimitName, subjects: Subjects, place?: Place): Promise<Allowance | undefined>;
  /** The same without counting, for what is counted only when it fails. */
  requireUnreached(name: LimitName, subjects: Subjects): Promise<void>;
};

type Parts = {
  readonly limiters: Limiters;
  readonly table?: LimitTable;
  /** Told of every refusal, by policy, with the place if it is known. */
  readonly onReached: (policy: string, place: Place | undefined) => void;
};

/** Anybody can make up addresses, and pages below a wildcard; this many are told apart at most. */
const MOST_STRANGERS = 65_536;
const MADE_UP: readonly Subject[] = ['address', 'site'];

/** What is left of these says how much others ask. */
const OTHERS_TOO: readonly Subject[] = ['site', 'key', 'everyone'];

/** To be kept from costing money when nobody counts any more. */
const CLOSED_WHEN_DOWN: readonly LimitName[] = ['chat'];

export function createLimits({ limiters, table = LIMIT_TABLE, onReached }: Parts): Limits {
  const rules = createRules(limiters, table);

  async function count(
    name: LimitName,
    subjects: Subjects,
    { times = 1, place }: { times?: number; place?: Place | undefined },
  ) {
    let nearest: Allowance | undefined;
    for (const { subject, policy, limit, limiter } of rules[name] ?? []) {
      const key = subjects[subject];
      if (key === undefined) continue;
      const counted = await consume(limiter, key, { times });
      const allowance = toAllowance(policy, limit, counted);
      const isReached = times === 0 ? counted.remaining === 0 : !counted.isWithin;
      if (isReached) {
        onReached(policy, place);
        throw limitReached(allowance);
      }
      if (OTHERS_TOO.includes(subject)) continue;
      if (nearest === undefined || share(allowance) < share(nearest)) nearest = allowance;
    }
    return nearest;
  }

  return {
    require: (name, subjects, place) => count(name, subjects, { place }),
    async requireUnreached(name, subjects) {
      await count(name, subjects, { times: 0 });
    },
  };
}

/** Counts, and says with our own code if nobody can. */
export async function consume(
  limiter: Limiter,
  key: string,
  options: Parameters<Limiter['consume']>[1] = {},
): Promise<Count> {
  try {
    return await limiter.consume(key, options);
  } catch (cause) {
    throw new AppError('LIMITER_UNAVAILABLE', { cause, retryAfterSeconds: 5 });
  }
}

export function toAllowance(policy: string, { most, seconds }: Limit, { remaining, resetMs }: Count): Allowance {
  return { policy, most, windowSeconds: seconds, remaining, resetSeconds: Math.max(1, Math.ceil(resetMs / 1000)) };
}

/** The refusal of whoever has nothing left. */
export function limitReached(allowance: Allowance): AppError {
  const { policy, most, windowSeconds, resetSeconds } = allowance;
  return new AppError('RATE_LIMITED', {
    message: `More than ${most} requests of this kind in ${windowSeconds} seconds ("${policy}")`,
    retryAfterSeconds: resetSeconds,
    allowance: { ...allowance, remaining: 0 },
  });
}

type Rule = {
  readonly subject: Subject;
  readonly policy: string;
  readonly limit: Limit;
  readonly limiter: Limiter;
};

function createRules(limiters: Limiters, table: LimitTable): Readonly<Record<string, readonly Rule[]>> {
  const rulesOf = (name: string, limits: Readonly<Partial<Record<Subject, Limit>>>) =>
    SUBJECTS.flatMap((subject): readonly Rule[] => {
      const limit = limits[subject];
      if (limit === undefined) return [];
      const policy = `${name}-${subject}`;
      const limiter = limiters.create({
        name: policy,
        limit: limit.most,
        windowSeconds: limit.seconds,
        ...(MADE_UP.includes(subject) && { mostKeys: MOST_STRANGERS }),
        whenDown: CLOSED_WHEN_DOWN.some((closed) => closed === name) ? 'fail' : 'insure',
      });
      return [{ subject, policy, limit, limiter }];
    });
  return Object.fromEntries(Object.entries(table).map(([name, limits]) => [name, rulesOf(name, limits)]));
}

function share({ remaining, most }: Allowance): number {
  return remaining / most;
}
