import type { Clock } from '../gateways/clock.ts';
import { type DaySums, dayOf } from '../store/analytics-days.ts';
import type { SumStore } from './analytics-sums.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** A process that could not write for a while adds to the day before; later than this it is seen when the copy is renewed. */
const CLOSED_AFTER_MS = HOUR_MS;
const COPY_MAX_AGE_MS = 10 * 60 * 1000;
/** Sites of all days that are remembered, about 10 MB: 200 sites of two widgets for three months. */
const MOST_SITES = 40_000;

type Copy<T> = { readonly readAt: number; readonly value: T; readonly sites: number };

/**
 * The store, with a memory for days that are over: they hardly change any more, and reading them is nearly all the work of
 * an answer about months. A copy is used for ten minutes.
 */
export function rememberClosedDays({ findDays, sumHoursByOrigin }: SumStore, clock: Clock): SumStore {
  const days = createMemory<DaySums | undefined>(clock);
  const parts = createMemory<Awaited<ReturnType<SumStore['sumHoursByOrigin']>>>(clock);
  const isClosed = (end: number) => end + CLOSED_AFTER_MS <= clock.now().getTime();

  return {
    async findDays(widgetId, { from, to }) {
      const wanted: Date[] = [];
      for (let day = dayOf(from).getTime(); day < to.getTime(); day += DAY_MS) wanted.push(new Date(day));
      const keyOf = (day: Date) => `${widgetId} ${day.getTime()}`;
      const missing = wanted.filter((day) => !days.has(keyOf(day)));
      const [first, last] = [missing[0], missing.at(-1)];
      const known = wanted.flatMap((day) => (missing.includes(day) ? [] : (days.get(keyOf(day)) ?? [])));
      if (first === undefined || last === undefined) return known;
      const read = await findDays(widgetId, { from: first, to: new Date(last.getTime() + DAY_MS) });
      const found = new Map(read.map((sums) => [sums.day.getTime(), sums]));
      for (const day of missing.filter((one) => isClosed(one.getTime() + DAY_MS))) {
        const sums = found.get(day.getTime());
        days.keep(keyOf(day), sums, sums?.sites.length ?? 0);
      }
      return [...known, ...missing.flatMap((day) => found.get(day.getTime()) ?? [])];
    },

    async sumHoursByOrigin(range, counters) {
      const { widgetId, from, to } = range;
      const key = `${widgetId} ${from.getTime()} ${to.getTime()} ${counters.length}`;
      const known = parts.get(key);
      if (known !== undefined) return known;
      const sums = await sumHoursByOrigin(range, counters);
      if (isClosed(to.getTime())) parts.keep(key, sums, sums.length);
      return sums;
    },
  };
}

/** Remembers for some minutes; the oldest goes when there are too many sites. */
function createMemory<T>(clock: Clock) {
  const copies = new Map<string, Copy<T>>();
  let sites = 0;

  function forget(key: string): void {
    sites -= copies.get(key)?.sites ?? 0;
    copies.delete(key);
  }

  function find(key: string): Copy<T> | undefined {
    const copy = copies.get(key);
    return copy !== undefined && clock.now().getTime() - copy.readAt < COPY_MAX_AGE_MS ? copy : undefined;
  }

  return {
    has: (key: string) => find(key) !== undefined,
    get: (key: string) => find(key)?.value,
    keep(key: string, value: T, ofSites: number): void {
      forget(key);
      // One more than its sites, so that days on which nothing happened are bounded as well.
      copies.set(key, { readAt: clock.now().getTime(), value, sites: ofSites + 1 });
      sites += ofSites + 1;
      for (const [oldest] of copies) {
        if (sites <= MOST_SITES) return;
        forget(oldest);
      }
    },
  };
}
