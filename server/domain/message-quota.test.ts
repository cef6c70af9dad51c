import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createVisitor } from '../../test/support/chat-fixtures.ts';
import { createMovingClock } from '../../test/support/moving-clock.ts';
import { LimiterDownError, type Limiters } from '../gateways/limiter/limiter.ts';
import { createMemoryLimiters } from '../gateways/limiter/memory-limiters.ts';
import { createMessageQuota } from './message-quota.ts';
import type { VisitorCaller } from './widget.ts';

function createQuota(stored = 0, limiters: Limiters = createMemoryLimiters()) {
  const clock = createMovingClock();
  const onReached = vi.fn();
  const countMessagesSince = vi.fn(async () => stored);
  return {
    quota: createMessageQuota({ limiters, clock, countMessagesSince, onReached }),
    clock,
    onReached,
    countMessagesSince,
  };
}

function visitorWith(limits: VisitorCaller['widget']['settings']['limits']): VisitorCaller {
  const visitor = createVisitor();
  return { ...visitor, widget: { ...visitor.widget, settings: { ...visitor.widget.settings, limits } } };
}

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-05-10T21:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

test('a visitor may send as many messages a minute as the settings say', async () => {
  const { quota, onReached } = createQuota();
  const visitor = visitorWith({ messagesPerMinute: 2, messagesPerDay: 100 });
  await quota.take(visitor);
  await quota.take(visitor);
  await expect(quota.take(visitor)).rejects.toMatchObject({
    code: 'RATE_LIMITED',
    details: { retryAfterSeconds: 60, allowance: { policy: 'messages-visitor', most: 2 } },
  });
  expect(onReached.mock.calls.map(([policy]) => policy)).toEqual(['messages-visitor']);
  await quota.take({ ...visitor, visitorId: 'another' });
  await vi.advanceTimersByTimeAsync(60_001);
  await quota.take(visitor);
});

test('a widget may send as many messages a day as the settings say, and again after midnight UTC', async () => {
  const { quota, clock } = createQuota();
  const visitor = visitorWith({ messagesPerMinute: 600, messagesPerDay: 2 });
  await quota.take(visitor);
  await quota.take({ ...visitor, visitorId: 'another' });
  await expect(quota.take(visitor)).rejects.toMatchObject({
    code: 'DAILY_LIMIT_REACHED',
    message: 'The widget has used up its 2 messages of today',
    details: { retryAfterSeconds: 3 * 60 * 60 },
  });
  await quota.take(visitorWith({ messagesPerMinute: 600, messagesPerDay: 2 }));
  clock.advance(3 * 60 * 60);
  await quota.take(visitor);
});

test('what was sent before this process began counts, once', async () => {
  const { quota, countMessagesSince } = createQuota(2);
  const visitor = visitorWith({ messagesPerMinute: 600, messagesPerDay: 3 });
  await Promise.allSettled([quota.take(visitor), quota.take(visitor)]);
  await expect(quota.take(visitor)).rejects.toMatchObject({ code: 'DAILY_LIMIT_REACHED' });
  expect(countMessagesSince.mock.calls).toEqual([[visitor.widget.id, new Date('2026-05-10T00:00:00Z')]]);
});

test('a message that is given back can be sent', async () => {
  const { quota } = createQuota();
  const visitor = visitorWith({ messagesPerMinute: 1, messagesPerDay: 1 });
  const giveBack = await quota.take(visitor);
  await giveBack();
  await quota.take(visitor);
  await expect(quota.take(visitor)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
});

test('a limit that is raised in the settings holds at once', async () => {
  const { quota } = createQuota();
  const visitor = visitorWith({ messagesPerMinute: 600, messagesPerDay: 1 });
  await quota.take(visitor);
  for (let time = 0; time < 5; time++) {
    await expect(quota.take(visitor)).rejects.toMatchObject({ code: 'DAILY_LIMIT_REACHED' });
  }
  const { settings } = visitor.widget;
  const limits = { messagesPerMinute: 600, messagesPerDay: 2 };
  await quota.take({ ...visitor, widget: { ...visitor.widget, settings: { ...settings, limits } } });
});

test('nothing is taken while nobody counts, and it is not called a limit', async () => {
  const down = async () => {
    throw new LimiterDownError(new Error('no Redis'));
  };
  const limiters: Limiters = {
    isShared: true,
    create: () => ({ consume: down, giveBack: down }),
    close: async () => {},
  };
  const { quota, onReached } = createQuota(0, limiters);
  await expect(quota.take(createVisitor())).rejects.toMatchObject({ code: 'LIMITER_UNAVAILABLE' });
  expect(onReached).not.toHaveBeenCalled();
});
