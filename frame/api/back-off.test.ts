import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBackOff, waitAfter } from './back-off.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Whether the wait is over once everything that is due has happened. */
async function isOver(wait: Promise<void>): Promise<boolean> {
  let over = false;
  void wait.then(() => {
    over = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  return over;
}

test('doubles from 0.4 to 8 seconds and leaves half of it to chance', () => {
  expect([1, 2, 3, 5, 6, 20].map((attempt) => waitAfter(attempt, 1))).toEqual([400, 800, 1600, 6400, 8000, 8000]);
  expect(waitAfter(3, 0)).toBe(800);
});

test('waits as long as the server asks, if that is longer', async () => {
  const backOff = createBackOff({ isOnline: signal(true), random: () => 1 });
  const wait = backOff(1, { leastMs: 5_000 });
  await vi.advanceTimersByTimeAsync(4_999);
  expect(await isOver(wait)).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await isOver(wait)).toBe(true);
});

test('waits for the connection while the browser is offline, and goes on at once when it is back', async () => {
  const isOnline = signal(false);
  const wait = createBackOff({ isOnline, random: () => 1 })(1);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(await isOver(wait)).toBe(false);
  isOnline.value = true;
  expect(await isOver(wait)).toBe(true);
});

test('ends at once when it is aborted', async () => {
  const abort = new AbortController();
  const wait = createBackOff({ isOnline: signal(true), random: () => 1 })(1, { signal: abort.signal });
  abort.abort();
  expect(await isOver(wait)).toBe(true);
});
