import mongoose, { model, Schema, trusted } from 'mongoose';
import * as v from 'valibot';

/** What happened to a widget on one site (`''` for all others) in one hour. */
export type HourTally = {
  readonly widgetId: string;
  readonly hour: Date;
  readonly origin: string;
  readonly counts: Record<string, number>;
};

/** So long it can be looked at; the same day of the year before is a little less. */
const KEPT_SECONDS = 400 * 24 * 60 * 60;

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
analyticsSchema.index({ hour: 1 }, { expireAfterSeconds: KEPT_SECONDS });

/** One document for each widget, hour and site; every counter is added to on its own. */
export const AnalyticsModel = model('Analytics', analyticsSchema);

const BATCH = 500;

/**
 * Adds to what is stored, and answers the tallies that were not written. A store that breaks off in the middle may have
 * written one of them all the same, which then counts twice.
 */
export async function addTallies(tallies: readonly HourTally[]): Promise<readonly HourTally[]> {
  const unwritten: HourTally[] = [];
  for (let at = 0; at < tallies.length; at += BATCH) {
    unwritten.push(...(await addBatch(tallies.slice(at, at + BATCH))));
  }
  return unwritten;
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

/** The sum of one counter over all sites. */
export async function sumCounter(range: AnalyticsRange, counter: string): Promise<number> {
  const hours = await sumByHour(range, [counter]);
  return hours.reduce((sum, { counts }) => sum + (counts[counter] ?? 0), 0);
}

const countsSchema = v.record(v.string(), v.number());

/** The sums of `counters` by hour, over all sites. Hours in which nothing happened are left out. */
export async function sumByHour(range: AnalyticsRange, counters: readonly string[]) {
  const sums = await AnalyticsModel.aggregate(pipeline(range, counters, '$hour'));
  return v
    .parse(v.array(v.looseObject({ _id: v.date() })), sums)
    .map(({ _id: hour, ...counts }) => ({ hour, counts: v.parse(countsSchema, counts) }));
}

/** The sums of `counters` by site, over the whole time. */
export async function sumByOrigin(range: AnalyticsRange, counters: readonly string[]) {
  const sums = await AnalyticsModel.aggregate(pipeline(range, counters, '$origin'));
  return v
    .parse(v.array(v.looseObject({ _id: v.string() })), sums)
    .map(({ _id: origin, ...counts }) => ({ origin, counts: v.parse(countsSchema, counts) }));
}

function pipeline({ widgetId, from, to }: AnalyticsRange, counters: readonly string[], by: '$hour' | '$origin') {
  const sums = Object.fromEntries(counters.map((counter) => [counter, { $sum: `$counts.${counter}` }]));
  return [{ $match: { widgetId, hour: trusted({ $gte: from, $lt: to }) } }, { $group: { _id: by, ...sums } }];
}
