import { createHash } from 'node:crypto';
import mongoose, { model, Schema } from 'mongoose';
import type { HourTally } from './analytics.ts';
import { ANALYTICS_KEPT_SECONDS } from './analytics-kept.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;

const daySchema = new Schema(
  {
    widgetId: { type: String, required: true },
    day: { type: Date, required: true },
    /** By hour of the day, such as `h13`: the counters over all sites. */
    hours: Schema.Types.Mixed,
    /** By the hash of the site: the site, and its counters of the whole day. */
    sites: Schema.Types.Mixed,
  },
  { collection: 'widget_analytics_days', versionKey: false, strict: 'throw' },
);
daySchema.index({ widgetId: 1, day: 1 }, { unique: true });
daySchema.index({ day: 1 }, { expireAfterSeconds: ANALYTICS_KEPT_SECONDS });

/**
 * One document for each widget and day in UTC: the sums of the hours and of the sites, so that a look at months reads a
 * hundred documents and not hundreds of thousands.
 */
export const AnalyticsDayModel = model('AnalyticsDay', daySchema);

type Counts = Readonly<Record<string, number>>;

/** What happened to a widget on one day. */
export type DaySums = {
  readonly day: Date;
  readonly hours: readonly { readonly hour: Date; readonly counts: Counts }[];
  readonly sites: readonly { readonly origin: string; readonly counts: Counts }[];
};

/** Adds to the sums of the days, and answers the tallies that were not written. */
export async function addToDays(tallies: readonly HourTally[]): Promise<readonly HourTally[]> {
  const ofDays = new Map<string, HourTally[]>();
  for (const tally of tallies) {
    const name = `${tally.widgetId} ${dayOf(tally.hour).getTime()}`;
    ofDays.set(name, [...(ofDays.get(name) ?? []), tally]);
  }
  const groups = [...ofDays.values()];
  if (groups.length === 0) return [];
  try {
    await AnalyticsDayModel.collection.bulkWrite(groups.map(toUpdate), { ordered: false });
    return [];
  } catch (error) {
    if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) return tallies;
    const failures = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
    return failures.flatMap(({ index }) => groups[index] ?? []);
  }
}

/** The sums of the days that `from` and `to` touch. */
export async function findDays(
  widgetId: string,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<readonly DaySums[]> {
  const documents = await AnalyticsDayModel.collection
    .find({ widgetId, day: { $gte: dayOf(from), $lt: to } }, { projection: { _id: 0, widgetId: 0 } })
    .toArray();
  return documents.map(readDay);
}

/** The beginning of the day, in UTC. */
export function dayOf(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / DAY_MS) * DAY_MS);
}

function toUpdate(tallies: readonly HourTally[]) {
  const [{ widgetId, hour: anHour } = { widgetId: '', hour: new Date(0) }] = tallies;
  const sums: Record<string, number> = {};
  const names: Record<string, string> = {};
  for (const { hour, origin, counts } of tallies) {
    const site = `sites.${createHash('sha256').update(origin).digest('hex').slice(0, 16)}`;
    names[`${site}.origin`] = origin;
    for (const [counter, times] of Object.entries(counts)) {
      for (const place of [`hours.h${hour.getUTCHours()}`, `${site}.counts`]) {
        sums[`${place}.${counter}`] = (sums[`${place}.${counter}`] ?? 0) + times;
      }
    }
  }
  return {
    updateOne: { filter: { widgetId, day: dayOf(anHour) }, update: { $inc: sums, $set: names }, upsert: true },
  };
}

/** Written by this file alone, so it is read for what can differ: a thing of another kind counts as nothing. */
function readDay(document: Readonly<Record<string, unknown>>): DaySums {
  const day = document.day instanceof Date ? document.day : new Date(0);
  return {
    day,
    hours: Object.entries(recordOf(document.hours)).map(([name, counts]) => ({
      hour: new Date(day.getTime() + Number(name.slice(1)) * HOUR_MS),
      counts: countsOf(counts),
    })),
    sites: Object.values(recordOf(document.sites)).map((site) => {
      const { origin, counts } = recordOf(site);
      return { origin: typeof origin === 'string' ? origin : '', counts: countsOf(counts) };
    }),
  };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function countsOf(value: unknown): Counts {
  const counts: Record<string, number> = {};
  for (const [counter, times] of Object.entries(recordOf(value))) {
    if (typeof times === 'number') counts[counter] = times;
  }
  return counts;
}
