import { expect, test, vi } from 'vitest';
import { createMemoryLimiters } from '../gateways/limiter/memory-limiters.ts';
import { LIMIT_TABLE, type LimitTable } from './limit-table.ts';
import { createLimits } from './limits.ts';

const perMinute = (most: number) => ({ most, seconds: 60 });

function createTestLimits(chat: LimitTable['chat']) {
  const onReached = vi.fn();
  const limits = createLimits({ limiters: createMemoryLimiters(), table: { ...LIMIT_TABLE, chat }, onReached });
  return { limits, onReached };
}

test('answers the allowance that is nearest to its end', async () => {
  const { limits } = createTestLimits({ address: perMinute(100), session: perMinute(4) });
  expect(await limits.require('chat', { address: 'a', session: 's' })).toEqual({
    policy: 'chat-session',
    most: 4,
    windowSeconds: 60,
    remaining: 3,
    resetSeconds: 60,
  });
});

test('refuses at the limit with its name, its numbers and how long to wait', async () => {
  const { limits, onReached } = createTestLimits({ session: perMinute(1) });
  await limits.require('chat', { session: 's' });
  await expect(limits.require('chat', { session: 's' })).rejects.toMatchObject({
    code: 'RATE_LIMITED',
    message: 'More than 1 requests of this kind in 60 seconds ("chat-session")',
    details: { retryAfterSeconds: 60, allowance: { policy: 'chat-session', remaining: 0 } },
  });
  expect(onReached.mock.calls).toEqual([['chat-session', undefined]]);
});

test('lets who is over a narrow limit use up nothing of a wider one', async () => {
  const { limits } = createTestLimits({ session: perMinute(1), everyone: perMinute(3) });
  await limits.require('chat', { session: 'loud', everyone: '' });
  for (let time = 0; time < 10; time++) {
    await expect(limits.require('chat', { session: 'loud', everyone: '' })).rejects.toMatchObject({
      details: { allowance: { policy: 'chat-session' } },
    });
  }
  await limits.require('chat', { session: 'quiet', everyone: '' });
  await limits.require('chat', { session: 'calm', everyone: '' });
  await expect(limits.require('chat', { session: 'late', everyone: '' })).rejects.toMatchObject({
    details: { allowance: { policy: 'chat-everyone' } },
  });
});

test('counts only those who are known', async () => {
  const { limits } = createTestLimits({ session: perMinute(1) });
  expect(await limits.require('chat', { address: 'a' })).toBeUndefined();
});

test('looks without counting, and refuses when nothing is left', async () => {
  const { limits } = createTestLimits({});
  const { most } = LIMIT_TABLE['failed-login'].address;
  for (let time = 0; time < most; time++) {
    await limits.requireUnreached('failed-login', { address: 'a' });
    await limits.require('failed-login', { address: 'a' });
  }
  await expect(limits.requireUnreached('failed-login', { address: 'a' })).rejects.toMatchObject({
    code: 'RATE_LIMITED',
    details: { retryAfterSeconds: 900 },
  });
  await limits.requireUnreached('failed-login', { address: 'b' });
});

test('has no limit that is not at least one in a window', () => {
  for (const subjects of Object.values(LIMIT_TABLE)) {
    for (const { most, seconds } of Object.values(subjects)) {
      expect(most).toBeGreaterThan(0);
      expect(seconds).toBeGreaterThan(0);
    }
  }
});
