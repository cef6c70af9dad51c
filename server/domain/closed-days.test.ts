import { expect, test, vi } from 'vitest';
import { createMovingClock } from '../../test/support/moving-clock.ts';
import type { SumStore } from './analytics-sums.ts';
import { rememberClosedDays } from './closed-days.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

function arrange(sitesADay = 1) {
  const clock = createMovingClock();
  const noon = Math.floor(clock.now().getTime() / DAY_MS) * DAY_MS + DAY_MS / 2;
  clock.advance((noon - clock.now().getTime()) / 1000);
  const sites = Array.from({ length: sitesADay }, (_, site) => ({
    origin: `https://${site}.example`,
    counts: { messages: 1 },
  }));
  const findDays = vi.fn<SumStore['findDays']>(async (_, { from, to }) => {
    const days = [];
    for (let day = from.getTime(); day < to.getTime(); day += DAY_MS)
      days.push({ day: new Date(day), hours: [], sites });
    return days;
  });
  const sumHoursByOrigin = vi.fn<SumStore['sumHoursByOrigin']>(async () => []);
  const daysAgo = (days: number) => new Date(noon - DAY_MS / 2 - days * DAY_MS);
  const range = (days: number) => ({ from: daysAgo(days), to: clock.now() });
  return {
    clock,
    findDays,
    sumHoursByOrigin,
    daysAgo,
    range,
    store: rememberClosedDays({ findDays, sumHoursByOrigin }, clock),
  };
}

test('days that are over are read once, the current one every time', async () => {
  const { store, findDays, range, daysAgo } = arrange();
  expect(await store.findDays('w', range(30))).toHaveLength(31);
  expect(await store.findDays('w', range(30))).toHaveLength(31);
  expect(findDays.mock.calls.map(([, { from }]) => from)).toEqual([daysAgo(30), daysAgo(0)]);
});

test('a longer time reads what is missing, and another widget its own', async () => {
  const { store, findDays, range, daysAgo } = arrange();
  await store.findDays('w', range(10));
  await store.findDays('w', range(20));
  await store.findDays('x', range(10));
  expect(findDays.mock.calls.map(([widgetId, { from }]) => [widgetId, from])).toEqual([
    ['w', daysAgo(10)],
    ['w', daysAgo(20)],
    ['x', daysAgo(10)],
  ]);
});

test('a copy is renewed after ten minutes, because a process that was cut off may have added to the day', async () => {
  const { store, findDays, range, clock, daysAgo } = arrange();
  await store.findDays('w', range(3));
  clock.advance(601);
  await store.findDays('w', range(3));
  expect(findDays.mock.lastCall?.[1].from).toEqual(daysAgo(3));
});

test('what is remembered is bounded', async () => {
  const { store, findDays, range, daysAgo } = arrange(1_000);
  await store.findDays('w', range(60));
  await store.findDays('w', range(60));
  expect(findDays.mock.lastCall?.[1].from).toEqual(daysAgo(60));
});

test('a part of a day that is over is summed up once, one of today every time', async () => {
  const { store, sumHoursByOrigin, daysAgo, clock } = arrange();
  for (const [from, to] of [
    [daysAgo(5), daysAgo(4)],
    [daysAgo(0), clock.now()],
  ] as const) {
    for (let time = 0; time < 2; time++) await store.sumHoursByOrigin({ widgetId: 'w', from, to }, ['messages']);
  }
  expect(sumHoursByOrigin).toHaveBeenCalledTimes(3);
});
