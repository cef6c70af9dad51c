import type { AnalyticsRange, sumHoursByOrigin } from '../store/analytics.ts';
import type { DaySums, findDays } from '../store/analytics-days.ts';
import { COUNTERS, type Counter, type Tally } from './analytics-counter.ts';

export type SumStore = { readonly findDays: typeof findDays; readonly sumHoursByOrigin: typeof sumHoursByOrigin };

/** What was counted in a time, by hour over all sites, and by site over the whole time. */
export type RangeSums = {
  readonly hours: readonly { readonly hour: Date; readonly counts: Tally }[];
  readonly origins: ReadonlyMap<string, Tally>;
};

/** A tally that grows. */
export type Sum = { [C in Counter]?: number };

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Sums up the days. A day of which something happened outside of the range, one at its begin and one at its end at most,
 * is looked at hour by hour.
 */
export async function sumRange(range: AnalyticsRange, store: SumStore): Promise<RangeSums> {
  const { widgetId, from, to } = range;
  const days = await store.findDays(widgetId, range);
  const isInside = ({ hour }: { readonly hour: Date }) => hour >= from && hour < to;
  const [whole, cut] = [
    days.filter(({ hours }) => hours.every(isInside)),
    days.filter(({ hours }) => !hours.every(isInside) && hours.some(isInside)),
  ];
  const sums = new Map<string, Sum>();
  for (const { origin, counts } of whole.flatMap(({ sites }) => sites)) add(sums, origin, counts);
  for (const sites of await Promise.all(cut.map((day) => store.sumHoursByOrigin(within(range, day), COUNTERS)))) {
    for (const { origin, counts } of sites) add(sums, origin, counts);
  }
  return { hours: days.flatMap(({ hours }) => hours).filter(isInside), origins: sums };
}

/** The sum of one counter over all sites. */
export async function sumCounter(
  { widgetId, from, to }: AnalyticsRange,
  counter: Counter,
  { findDays }: Pick<SumStore, 'findDays'>,
): Promise<number> {
  const days = await findDays(widgetId, { from, to });
  return days
    .flatMap(({ hours }) => hours)
    .filter(({ hour }) => hour >= from && hour < to)
    .reduce((sum, { counts }) => sum + (counts[counter] ?? 0), 0);
}

function within({ widgetId, from, to }: AnalyticsRange, { day }: DaySums): AnalyticsRange {
  const [first, last] = [day.getTime(), day.getTime() + DAY_MS];
  return {
    widgetId,
    from: new Date(Math.max(from.getTime(), first)),
    to: new Date(Math.min(to.getTime(), last)),
  };
}

function add(sums: Map<string, Sum>, origin: string, counts: Tally): void {
  const sum = sums.get(origin) ?? {};
  sums.set(origin, sum);
  addTo(sum, counts);
}

/** Adds in place: months of many sites are hundreds of thousands of numbers, and a list of pairs for each takes its time. */
export function addTo(sum: Sum, counts: Tally): void {
  for (const counter of COUNTERS) {
    const times = counts[counter];
    if (times !== undefined) sum[counter] = (sum[counter] ?? 0) + times;
  }
}
