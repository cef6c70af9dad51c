import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMovingClock } from '../../test/support/moving-clock.ts';
import { createRetention, type RetentionParts } from './retention.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

function arrange(found: readonly number[] = []) {
  const clock = createMovingClock();
  const waiting = [...found];
  const store = {
    dropUnansweredBefore: vi.fn(async () => {}),
    findRetentions: vi.fn(async () => [{ widgetId: 'shop', days: 30 }]),
    deleteSilent: vi.fn<RetentionParts['store']['deleteSilent']>(async ({ of }) =>
      of === 'previews' ? 0 : (waiting.shift() ?? 0),
    ),
  };
  const log = { info: vi.fn(), warn: vi.fn() };
  return { clock, store, log, retention: createRetention({ store, clock, log }) };
}

test('a minute after the start and then every hour, what is over is deleted', async () => {
  const { clock, store, retention } = arrange();
  await vi.advanceTimersByTimeAsync(59_000);
  expect(store.deleteSilent).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1_000);
  const ago = (days: number) => new Date(clock.now().getTime() - days * DAY_MS);
  expect(store.deleteSilent.mock.calls.map(([silent]) => silent)).toEqual([
    { of: 'previews', before: ago(1) },
    { of: { widgetId: 'shop' }, before: ago(30) },
  ]);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(store.deleteSilent).toHaveBeenCalledTimes(4);
  await retention.stop();
  await vi.advanceTimersByTimeAsync(7_200_000);
  expect(store.deleteSilent).toHaveBeenCalledTimes(4);
});

test('much is deleted in small steps, to the end', async () => {
  const { store, log, retention } = arrange([100, 100, 7]);
  await retention.sweep();
  expect(store.deleteSilent.mock.calls.map(([, limit]) => limit)).toEqual([100, 100, 100, 100]);
  expect(log.info).toHaveBeenCalledWith({ conversations: 207 }, expect.any(String));
});

test('a stop waits for the step that is under way and begins no other', async () => {
  const { store, retention } = arrange([100, 100, 100]);
  const sweep = retention.sweep();
  await vi.waitFor(() => expect(store.deleteSilent).toHaveBeenCalledTimes(2));
  await retention.stop();
  await sweep;
  expect(store.deleteSilent).toHaveBeenCalledTimes(2);
});

test('a store that does not answer is no end of it', async () => {
  const { store, log, retention } = arrange([3]);
  store.findRetentions.mockRejectedValueOnce(new Error('The store is away'));
  await retention.sweep();
  expect(log.warn).toHaveBeenCalledTimes(1);
  await retention.sweep();
  expect(log.info).toHaveBeenCalledTimes(1);
});
