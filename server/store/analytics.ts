import mongoose, { model, Schema, trusted } from 'mongoose';
import * as v from 'valibot';
import { addToDays } from './analytics-days.ts';
import { ANALYTICS_KEPT_SECONDS } from './analytics-kept.ts';

/** What happened to a widget on one site (`''` for all others) in one hour. */
export type HourTally = {
  readonly widgetId: string;
  readonly hour: Date;
  readonly origin: string;
  readonly counts: Record<string, number>;
  /** Where it is still to be added, if a store that broke off has one of the two. */
  readonly missingIn?: 'hours' | 'days';
};

const analyticsSchema = new Schema(
  {
    widgetId: { type: String, required: true },
    hour: { type: Date, required: true },
    origin: { type: String, default: '' },
    counts: { type: Map, of: Number },
  },
  { collection: 'widget_analytics', versionKey: false, strict: 'throw' },
);
analyticsSchema.index({ widgetId: 1, hour: 1, origin: 1 }, { unique: true });
analyticsSchema.index({ hour: 1 }, { expireAfterSeconds: ANALYTICS_KEPT_SECONDS });

/** One document for each widget, hour and site; every counter is added to on its own. */
export const AnalyticsModel = model('Analytics', analyticsSchema);

const BATCH = 500;

/**
 * Adds to what is stored, by hour and site and to the sums of the day, and answers the tallies that were not written. A
 * store that breaks off in the middle may have written one of them all the same, which then counts twice.
 */
export async function addTallies(tallies: readonly HourTally[]): Promise<readonly HourTally[]> {
  const unwritten: HourTally[] = [];
  const hours = tallies.filter(({ missingIn }) => missingIn !== 'days');
  for (let at = 0; at < hours.length; at += BATCH) {
    const failed = await addBatch(hours.slice(at, at + BATCH));
    unwritten.push(...failed.map((tally) => ({ ...tally, missingIn: 'hours' as const })));
  }
  const days = await addToDays(tallies.filter(({ missingIn }) => missingIn !== 'hours'));
  return [...unwritten, ...days.map((tally) => ({ ...tally, missingIn: 'days' as const }))];
}

async function addBatch(tallies: readonly HourTally[]): Promise<readonly HourTally[]> {
  const updates = tallies.map(({ widgetId, hour, origin, counts }) => ({
    updateOne: {
      filter: { widgetId, hour, origin },
      update: { $inc: Object.fromEntries(Object.entries(counts).map(([name, times]) => [`counts.${name}`, times])) },
      upsert: true,
    },
  }));
  try {
    await AnalyticsModel.collection.bulkWrite(updates, { ordered: false });
    return [];
  } catch (error) {
    if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) return tallies;
    const failures = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
    return failures.flatMap(({ index }) => tallies[index] ?? []);
  }
}

export type AnalyticsRange = { readonly widgetId: string; readonly from: Date; readonly to: Date };

const countsSchema = v.record(v.string(), v.number());

/**
 * The sums of `counters` by site over some hours, at most a day, from the documents of every hour. Over longer times the
 * sums of the days are there (`sumDays`).
 */
export async function sumHoursByOrigin({ widgetId, from, to }: AnalyticsRange, counters: readonly string[]) {
  const sums = Object.fromEntries(counters.map((counter) => [counter, { $sum: `$counts.${counter}` }]));
  const groups = await AnalyticsModel.aggregate([
    { $match: { widgetId, hour: trusted({ $gte: from, $lt: to }) } },
    { $group: { _id: '$origin', ...sums } },
  ]);
  return v
    .parse(v.array(v.looseObject({ _id: v.string() })), groups)
    .map(({ _id: origin, ...counts }) => ({ origin, counts: v.parse(countsSchema, counts) }));
}
