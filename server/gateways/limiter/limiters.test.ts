import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LimiterDownError, type Limiters, type LimitRule } from './limiter.ts';
import { createMemoryLimiters } from './memory-limiters.ts';
import { type CountingRedis, createRedisLimiters } from './redis-limiters.ts';

const RULE: LimitRule = { name: 'rule', limit: 4, windowSeconds: 60, whenDown: 'insure' };

type FakeRedis = CountingRedis & { isReady: boolean; isSilent: boolean; asked: number };

/** Does what the script of rate-limiter-flexible does: counts with an expiry that is set by the first count. */
function createFakeRedis(): FakeRedis {
  const counts = new Map<string, { count: number; expiresAt: number }>();
  return {
    isReady: true,
    isSilent: false,
    asked: 0,
    async eval(_script, { keys: [key = ''], arguments: [points, seconds] }) {
      this.asked++;
      if (this.isSilent) throw new Error('no answer');
      const known = counts.get(key);
      const isLive = known !== undefined && known.expiresAt > Date.now();
      const entry = isLive ? known : { count: 0, expiresAt: Date.now() + Number(seconds) * 1000 };
      entry.count += Number(points);
      counts.set(key, entry);
      return [entry.count, entry.expiresAt - Date.now()];
    },
    close: async () => {},
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const KINDS: readonly (readonly [string, () => Limiters])[] = [
  ['in memory', createMemoryLimiters],
  ['in a Redis', () => createRedisLimiters({ redis: createFakeRedis(), workers: 4 })],
];

describe.each(KINDS)('counted %s', (_, createLimiters) => {
  test('a key may do as much as the rule says, and again when the window is over', async () => {
    const limiter = createLimiters().create(RULE);
    for (const remaining of [3, 2, 1, 0]) {
      expect(await limiter.consume('a')).toMatchObject({ isWithin: true, remaining });
    }
    await vi.advanceTimersByTimeAsync(20_000);
    const refused = await limiter.consume('a');
    expect(refused).toMatchObject({ isWithin: false, remaining: 0 });
    expect(refused.resetMs).toBe(40_000);
    expect(await limiter.consume('a')).toMatchObject({ isWithin: false });
    await vi.advanceTimersByTimeAsync(40_001);
    expect(await limiter.consume('a')).toMatchObject({ isWithin: true, remaining: 3 });
  });

  test('keys and rules do not count for each other', async () => {
    const limiters = createLimiters();
    const limiter = limiters.create({ ...RULE, limit: 1 });
    const other = limiters.create({ ...RULE, limit: 1, name: 'other' });
    await limiter.consume('a');
    expect(await limiter.consume('a')).toMatchObject({ isWithin: false });
    expect(await limiter.consume('b')).toMatchObject({ isWithin: true });
    expect(await other.consume('a')).toMatchObject({ isWithin: true });
  });

  test('looking counts nothing, and what is given back can be used again', async () => {
    const limiter = createLimiters().create({ ...RULE, limit: 2 });
    await limiter.consume('a', { times: 2 });
    expect(await limiter.consume('a', { times: 0 })).toMatchObject({ isWithin: true, remaining: 0 });
    await limiter.giveBack('a');
    expect(await limiter.consume('a')).toMatchObject({ isWithin: true, remaining: 0 });
  });

  test('a limit can come with each call', async () => {
    const limiter = createLimiters().create({ name: 'given', windowSeconds: 60, whenDown: 'fail' });
    expect(await limiter.consume('a', { limit: 2 })).toMatchObject({ isWithin: true, remaining: 1 });
    expect(await limiter.consume('a', { limit: 2 })).toMatchObject({ isWithin: true, remaining: 0 });
    expect(await limiter.consume('a', { limit: 2 })).toMatchObject({ isWithin: false, remaining: 0 });
    expect(await limiter.consume('a', { limit: 10 })).toMatchObject({ isWithin: true, remaining: 6 });
  });
});

describe('without the Redis', () => {
  test.each([
    ['is not connected', (redis: FakeRedis) => Object.assign(redis, { isReady: false })],
    ['does not answer', (redis: FakeRedis) => Object.assign(redis, { isSilent: true })],
  ])('that %s, a process allows its share of the limit', async (_, breakIt) => {
    const redis = createFakeRedis();
    const limiter = createRedisLimiters({ redis, workers: 2 }).create(RULE);
    breakIt(redis);
    expect(await limiter.consume('a')).toMatchObject({ isWithin: true, remaining: 1 });
    expect(await limiter.consume('a')).toMatchObject({ isWithin: true, remaining: 0 });
    expect(await limiter.consume('a')).toMatchObject({ isWithin: false });
    expect(await limiter.consume('b')).toMatchObject({ isWithin: true });
  });

  test('a rule that does not go without it fails, and works again when it is back', async () => {
    const redis = createFakeRedis();
    const limiter = createRedisLimiters({ redis, workers: 2 }).create({ ...RULE, whenDown: 'fail' });
    redis.isSilent = true;
    await expect(limiter.consume('a')).rejects.toThrow(LimiterDownError);
    redis.isSilent = false;
    expect(await limiter.consume('a')).toMatchObject({ isWithin: true, remaining: 3 });
  });
});

test('two processes count together in one Redis', async () => {
  const redis = createFakeRedis();
  const [one, other] = [1, 2].map(() => createRedisLimiters({ redis, workers: 2 }).create({ ...RULE, limit: 1 }));
  expect(await one?.consume('a')).toMatchObject({ isWithin: true });
  expect(await other?.consume('a')).toMatchObject({ isWithin: false });
});

test('a flood over the limit does not reach the Redis', async () => {
  const redis = createFakeRedis();
  const limiter = createRedisLimiters({ redis, workers: 1 }).create(RULE);
  for (let request = 0; request < 1_000; request++) await limiter.consume('a');
  expect(redis.asked).toBe(5);
});

test('made-up keys share a bounded number of counts', async () => {
  const limiter = createMemoryLimiters().create({ ...RULE, limit: 1, mostKeys: 16 });
  let within = 0;
  for (let key = 0; key < 1_000; key++) if ((await limiter.consume(`key ${key}`)).isWithin) within++;
  expect(within).toBe(16);
});
