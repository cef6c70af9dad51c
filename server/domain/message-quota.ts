import { AppError } from '../errors.ts';
import type { Clock } from '../gateways/clock.ts';
import type { Limiters } from '../gateways/limiter/limiter.ts';
import { consume, limitReached, toAllowance } from './limits.ts';
import { isPreview } from './preview-widget.ts';
import type { VisitorCaller } from './widget.ts';

/** How many messages a visitor and a widget may send, as the widget's settings say. */
export type MessageQuota = {
  /**
   * Takes one message of both; of a preview it takes none. Throws AppError `RATE_LIMITED` if the visitor has sent too many this minute,
   * `DAILY_LIMIT_REACHED` if the widget has used up its day, which ends at midnight UTC, and `LIMITER_UNAVAILABLE` if
   * nobody counts: a message costs money, so none is taken then. The answered function gives it back.
   */
  take(caller: Pick<VisitorCaller, 'widget' | 'visitorId' | 'origin'>): Promise<() => Promise<void>>;
};

type Parts = {
  readonly limiters: Limiters;
  readonly clock: Clock;
  /** The messages of the widget that are stored since then: what this process counts on when it has just started. */
  readonly countMessagesSince: (widgetId: string, since: Date) => Promise<number>;
  readonly onReached: (policy: string, caller: Pick<VisitorCaller, 'widget' | 'origin'>) => void;
};

const MINUTE_SECONDS = 60;
const DAY_SECONDS = 24 * 60 * 60;

export function createMessageQuota({ limiters, clock, countMessagesSince, onReached }: Parts): MessageQuota {
  const visitors = limiters.create({ name: 'messages-visitor', windowSeconds: MINUTE_SECONDS, whenDown: 'fail' });
  const days = limiters.create({ name: 'messages-day', windowSeconds: DAY_SECONDS, whenDown: 'fail' });
  const begun = new Map<string, Promise<void>>();

  /** Without a shared store the count of the day began anew with this process; what was sent before it counts all the same. */
  function beginDay(widgetId: string, midnight: Date): Promise<void> {
    const key = dayKey(widgetId, midnight);
    const known = begun.get(key);
    if (limiters.isShared || known !== undefined) return known ?? Promise.resolve();
    const beginning = countMessagesSince(widgetId, midnight).then(async (times) => {
      if (times > 0) await consume(days, key, { times });
    });
    begun.set(key, beginning);
    beginning.catch(() => begun.delete(key));
    for (const [other] of begun) if (!other.endsWith(dayOf(midnight))) begun.delete(other);
    return beginning;
  }

  return {
    async take(caller) {
      if (isPreview(caller.widget.id)) return async () => {};
      const { messagesPerMinute, messagesPerDay } = caller.widget.settings.limits;
      const now = clock.now();
      const midnight = midnightBefore(now);
      const refuse = (policy: string, error: AppError) => {
        onReached(policy, caller);
        return error;
      };

      const ofVisitor = await consume(visitors, caller.visitorId, { limit: messagesPerMinute });
      if (!ofVisitor.isWithin) {
        const limit = { most: messagesPerMinute, seconds: MINUTE_SECONDS };
        const allowance = toAllowance('messages-visitor', limit, ofVisitor);
        throw refuse('messages-visitor', limitReached(allowance));
      }
      await beginDay(caller.widget.id, midnight);
      const day = dayKey(caller.widget.id, midnight);
      const ofWidget = await consume(days, day, { limit: messagesPerDay });
      const giveBack = async () => {
        // Whoever counts may be gone by now; there is nothing to give back to then.
        await Promise.allSettled([visitors.giveBack(caller.visitorId), days.giveBack(day)]);
      };
      if (ofWidget.isWithin) return giveBack;
      await giveBack();
      throw refuse('messages-day', dayIsOver(messagesPerDay, midnight, now));
    },
  };
}

function dayIsOver(most: number, midnight: Date, now: Date): AppError {
  const resetSeconds = Math.ceil((midnight.getTime() - now.getTime()) / 1000) + DAY_SECONDS;
  return new AppError('DAILY_LIMIT_REACHED', {
    message: `The widget has used up its ${most} messages of today`,
    retryAfterSeconds: resetSeconds,
    allowance: { policy: 'messages-day', most, windowSeconds: DAY_SECONDS, remaining: 0, resetSeconds },
  });
}

function midnightBefore(moment: Date): Date {
  const midnight = new Date(moment);
  midnight.setUTCHours(0, 0, 0, 0);
  return midnight;
}

function dayOf(midnight: Date): string {
  return midnight.toISOString().slice(0, 10);
}

function dayKey(widgetId: string, midnight: Date): string {
  return `${widgetId} ${dayOf(midnight)}`;
}
