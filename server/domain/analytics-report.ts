import type { Analytics, AnalyticsUnit, Counts } from '../../shared/analytics-api.ts';
import type { AnalyticsRange, sumByHour, sumByOrigin } from '../store/analytics.ts';
import type { AnalyticsCounts } from './analytics.ts';
import { COUNTERS, FAILURE_COUNTERS, FIRST_TOKEN_COUNTERS, type Tally } from './analytics-counter.ts';
import { quantile } from './latency-histogram.ts';
import { startsOf } from './time-series.ts';

export type AnalyticsQuestion = {
  readonly from: Date;
  readonly to: Date;
  readonly unit: AnalyticsUnit;
  /** A name of the IANA time zone database. */
  readonly timeZone: string;
};

export type ReportParts = {
  readonly analytics: Pick<AnalyticsCounts, 'flush'>;
  readonly store: { readonly sumByHour: typeof sumByHour; readonly sumByOrigin: typeof sumByOrigin };
};

/** What happened to a widget. What this process has counted is in it; other processes are some seconds behind. */
export async function reportAnalytics(
  widgetId: string,
  { from, to, unit, timeZone }: AnalyticsQuestion,
  { analytics, store }: ReportParts,
): Promise<Analytics> {
  await analytics.flush();
  const range: AnalyticsRange = { widgetId, from, to };
  const [hours, origins] = await Promise.all([store.sumByHour(range, COUNTERS), store.sumByOrigin(range, COUNTERS)]);
  const starts = startsOf({ from, to, unit, timeZone });
  const tallies = starts.map(() => ({}) as Tally);
  let at = 0;
  for (const { hour, counts } of hours.toSorted((a, b) => a.hour.getTime() - b.hour.getTime())) {
    while ((starts[at + 1] ?? to) <= hour) at++;
    tallies[at] = addTally(tallies[at], counts);
  }
  const byOrigin = origins.map(({ origin, counts }) => ({ origin, counts: toCounts(counts) }));
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    unit,
    timeZone,
    totals: toCounts(hours.reduce<Tally>((total, { counts }) => addTally(total, counts), {})),
    series: starts.map((start, index) => ({ at: start.toISOString(), counts: toCounts(tallies[index] ?? {}) })),
    origins: byOrigin.toSorted((a, b) => b.counts.messages - a.counts.messages || (a.origin < b.origin ? -1 : 1)),
  };
}

function addTally(one: Tally = {}, other: Tally): Tally {
  return Object.fromEntries(COUNTERS.map((counter) => [counter, (one[counter] ?? 0) + (other[counter] ?? 0)]));
}

function toCounts(tally: Tally): Counts {
  const { configurations = 0, frames = 0, opened = 0, conversations = 0, messages = 0, replies = 0 } = tally;
  const { sourced = 0, stopped = 0, helpful = 0, notHelpful = 0, limitsReached = 0, embedsRefused = 0 } = tally;
  const failures = FAILURE_COUNTERS.map(([code, counter]) => [code, tally[counter] ?? 0] as const);
  return {
    ...{ configurations, frames, opened, conversations, messages, replies, sourced, stopped },
    failures: Object.fromEntries(failures.filter(([, times]) => times > 0)),
    ...{ helpful, notHelpful, limitsReached, embedsRefused },
    firstTokenMs: firstTokenOf(tally),
  };
}

function firstTokenOf(tally: Tally): Counts['firstTokenMs'] {
  const buckets = FIRST_TOKEN_COUNTERS.map((counter) => tally[counter] ?? 0);
  const [median, p95] = [quantile(buckets, 0.5), quantile(buckets, 0.95)];
  return median === undefined || p95 === undefined ? null : { median, p95 };
}
