import type { Analytics, AnalyticsUnit, Counts } from '../../shared/analytics-api.ts';
import type { AnalyticsCounts } from './analytics.ts';
import { FAILURE_COUNTERS, FIRST_TOKEN_COUNTERS, type Tally } from './analytics-counter.ts';
import { addTo, type Sum, type SumStore, sumRange } from './analytics-sums.ts';
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
  readonly store: SumStore;
};

/** What happened to a widget. What this process has counted is in it; other processes are some seconds behind. */
export async function reportAnalytics(
  widgetId: string,
  { from, to, unit, timeZone }: AnalyticsQuestion,
  { analytics, store }: ReportParts,
): Promise<Analytics> {
  await analytics.flush();
  const { hours, origins } = await sumRange({ widgetId, from, to }, store);
  const starts = startsOf({ from, to, unit, timeZone });
  const tallies = starts.map((): Sum => ({}));
  const total: Sum = {};
  let at = 0;
  for (const { hour, counts } of hours.toSorted((a, b) => a.hour.getTime() - b.hour.getTime())) {
    while ((starts[at + 1] ?? to) <= hour) at++;
    addTo(tallies[at] ?? {}, counts);
    addTo(total, counts);
  }
  const byOrigin = [...origins].map(([origin, tally]) => ({ origin, counts: toCounts(tally) }));
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    unit,
    timeZone,
    totals: toCounts(total),
    series: starts.map((start, index) => ({ at: start.toISOString(), counts: toCounts(tallies[index] ?? {}) })),
    origins: byOrigin.toSorted((a, b) => b.counts.messages - a.counts.messages || (a.origin < b.origin ? -1 : 1)),
  };
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
