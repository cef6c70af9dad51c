import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMovingClock } from '../../test/support/moving-clock.ts';
import type { HourTally } from '../store/analytics.ts';
import { createAnalyticsCounts } from './analytics.ts';

const SHOP = 'https://shop.example';

function createCounts() {
  const stored = new Map<string, number>();
  const state = { writes: 0, failure: undefined as Error | undefined, refused: [] as readonly string[] };
  const clock = createMovingClock();
  const log = { warn: vi.fn() };
  const addTallies = async (tallies: readonly HourTally[]) => {
    state.writes++;
    if (state.failure !== undefined) throw state.failure;
    const isRefused = ({ widgetId }: HourTally) => state.refused.includes(widgetId);
    for (const tally of tallies.filter((one) => !isRefused(one))) {
      for (const [counter, times] of Object.entries(tally.counts)) {
        const name = `${tally.widgetId} ${tally.origin} ${tally.hour.toISOString().slice(0, 13)} ${counter}`;
        stored.set(name, (stored.get(name) ?? 0) + times);
      }
    }
    return tallies.filter(isRefused);
  };
  const analytics = createAnalyticsCounts({ addTallies, clock, log });
  const sum = (part: string) =>
    [...stored].filter(([name]) => name.includes(part)).reduce((total, [, times]) => total + times, 0);
  return { analytics, state, stored, clock, log, sum };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a request waits for nothing: counts are written some seconds later, in one go', async () => {
  const { analytics, state, sum } = createCounts();
  for (let time = 0; time < 100; time++) analytics.count('w', SHOP, 'messages');
  expect(state.writes).toBe(0);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(state.writes).toBe(1);
  expect(sum('messages')).toBe(100);
});

test('widgets, sites and hours are told apart', async () => {
  const { analytics, clock, stored } = createCounts();
  analytics.count('w', SHOP, 'messages');
  analytics.count('w', '', 'messages');
  analytics.count('x', SHOP, 'opened', 3);
  clock.advance(3_600);
  analytics.count('w', SHOP, 'messages');
  await analytics.flush();
  expect([...stored.values()].toSorted()).toEqual([1, 1, 1, 3]);
});

test('a stop writes what was counted last', async () => {
  const { analytics, sum } = createCounts();
  analytics.count('w', SHOP, 'messages');
  await analytics.stop();
  expect(sum('messages')).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
});

test('what a store that is down does not take is kept, with what comes meanwhile', async () => {
  const { analytics, state, sum, log } = createCounts();
  state.failure = new Error('down');
  analytics.count('w', SHOP, 'messages');
  await vi.advanceTimersByTimeAsync(5_000);
  analytics.count('w', SHOP, 'messages');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(log.warn).toHaveBeenCalledTimes(2);
  state.failure = undefined;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(sum('messages')).toBe(2);
});

test('of a batch that is written in part, only the rest is written again', async () => {
  const { analytics, state, sum } = createCounts();
  state.refused = ['w'];
  analytics.count('w', SHOP, 'messages');
  analytics.count('x', SHOP, 'messages');
  await analytics.flush();
  state.refused = [];
  await vi.advanceTimersByTimeAsync(5_000);
  expect([sum('w '), sum('x ')]).toEqual([1, 1]);
});

test('nothing is counted twice or lost when counts come while others are written', async () => {
  const { analytics, sum } = createCounts();
  analytics.count('w', SHOP, 'messages');
  const flushing = analytics.flush();
  analytics.count('w', SHOP, 'messages');
  await flushing;
  await analytics.flush();
  expect(sum('messages')).toBe(2);
});

test('sites that a wildcard admits are told apart up to a number, and counted all the same', async () => {
  const { analytics, stored, sum, clock } = createCounts();
  for (let site = 0; site < 1_000; site++) analytics.count('w', `https://${site}.shop.example`, 'opened');
  await analytics.flush();
  expect(stored.size).toBe(201);
  expect(sum('opened')).toBe(1_000);
  clock.advance(3_600);
  analytics.count('w', 'https://999.shop.example', 'opened');
  await analytics.flush();
  expect(sum('https://999.shop.example')).toBe(1);
});

test('a store that is down for ever does not fill the memory', async () => {
  const { analytics, state, stored } = createCounts();
  state.failure = new Error('down');
  for (let widget = 0; widget < 30_000; widget++) analytics.count(`w${widget}`, SHOP, 'messages');
  await analytics.flush();
  state.failure = undefined;
  await analytics.flush();
  expect(stored.size).toBe(20_000);
});
