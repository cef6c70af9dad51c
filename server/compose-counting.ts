import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { type AnalyticsCounts, createAnalyticsCounts } from './domain/analytics.ts';
import { sumCounter } from './domain/analytics-sums.ts';
import { createEmbedAttempts, type EmbedAttempts } from './domain/embed-attempts.ts';
import type { LimitTable } from './domain/limit-table.ts';
import { createLimits, type Limits } from './domain/limits.ts';
import { createMessageQuota, type MessageQuota } from './domain/message-quota.ts';
import { createUnansweredQuestions, type UnansweredQuestions } from './domain/unanswered.ts';
import type { WidgetDirectory } from './domain/widget-directory.ts';
import type { Clock } from './gateways/clock.ts';
import { connectRedis } from './gateways/limiter/connect-redis.ts';
import type { Limiters } from './gateways/limiter/limiter.ts';
import { createMemoryLimiters } from './gateways/limiter/memory-limiters.ts';
import { createRedisLimiters } from './gateways/limiter/redis-limiters.ts';
import { addTallies } from './store/analytics.ts';
import { findDays } from './store/analytics-days.ts';
import { addAttempt, findAttempts } from './store/embed-attempts.ts';
import { addUnanswered } from './store/unanswered.ts';

type Parts = {
  readonly config: Pick<Config, 'redisUrl' | 'workers'>;
  /** In place of the limits that hold for everybody. */
  readonly limitTable: LimitTable | undefined;
  readonly directory: Pick<WidgetDirectory, 'findLive'>;
  readonly clock: Clock;
  readonly log: Logger;
};

export type Counting = {
  readonly analytics: AnalyticsCounts;
  readonly limits: Limits;
  readonly quota: MessageQuota;
  readonly attempts: EmbedAttempts;
  readonly unanswered: UnansweredQuestions;
  /** Writes what was counted. To be called when nothing is counted any more. */
  stop(): Promise<void>;
};

/** What counts: what happens, and what is too much. */
export async function composeCounting({ config, limitTable, directory, clock, log }: Parts): Promise<Counting> {
  const limiters = await connectLimiters(config, log);
  const analytics = createAnalyticsCounts({ addTallies, clock, log });
  const attempts = createEmbedAttempts({ store: { addAttempt, findAttempts }, directory, analytics, clock, log });
  const unanswered = createUnansweredQuestions({ addUnanswered, clock, log });
  const logReached = createReachedLog(log, clock);
  return {
    analytics,
    attempts,
    unanswered,
    limits: createLimits({
      limiters,
      ...(limitTable && { table: limitTable }),
      onReached(policy, place) {
        logReached(policy);
        if (place !== undefined) analytics.count(place.widgetId, place.origin, 'limitsReached');
      },
    }),
    quota: createMessageQuota({
      limiters,
      clock,
      countMessagesSince: (widgetId, since) =>
        sumCounter({ widgetId, from: since, to: clock.now() }, 'messages', { findDays }),
      onReached(policy, { widget, origin }) {
        logReached(policy);
        analytics.count(widget.id, origin, 'limitsReached');
      },
    }),
    async stop() {
      await attempts.stop();
      await unanswered.stop();
      await analytics.stop();
      await limiters.close();
    },
  };
}

async function connectLimiters({ redisUrl, workers }: Parts['config'], log: Logger): Promise<Limiters> {
  if (redisUrl === undefined) return createMemoryLimiters();
  const redis = await connectRedis({
    url: redisUrl,
    onDown: (err) => log.error({ err }, 'The Redis does not answer: limits are counted here, and no message is taken'),
    onUp: () => log.warn('The Redis answers again'),
  });
  return createRedisLimiters({ redis, workers });
}

const LOG_PAUSE_MS = 10_000;

/** One line for each limit in some seconds, however often it is reached. */
function createReachedLog(log: Logger, clock: Clock): (policy: string) => void {
  const loggedAt = new Map<string, number>();
  return (policy) => {
    const now = clock.now().getTime();
    if (now - (loggedAt.get(policy) ?? 0) < LOG_PAUSE_MS) return;
    loggedAt.set(policy, now);
    log.warn({ limit: policy }, 'A limit was reached');
  };
}
