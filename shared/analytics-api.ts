import * as v from 'valibot';
import { REPLY_FAILURE_CODES } from './error-code.ts';

const countSchema = v.pipe(v.number(), v.integer(), v.minValue(0));
const momentSchema = v.pipe(v.string(), v.isoTimestamp());

/** What happened on one site, in one hour, or altogether. */
export const countsSchema = v.strictObject({
  /** Answers of `GET /config`. */
  configurations: countSchema,
  /** Documents of the frame. One is fetched when a pointer comes near the launcher. */
  frames: countSchema,
  /** How often the panel was opened, once for each frame. */
  opened: countSchema,
  conversations: countSchema,
  messages: countSchema,
  /** Replies that came to their end. */
  replies: countSchema,
  /** Those of them that cite at least one article. */
  sourced: countSchema,
  /** Replies that a visitor stopped. */
  stopped: countSchema,
  /** Replies that failed, by code; only codes that occurred. */
  failures: v.record(v.picklist(REPLY_FAILURE_CODES), countSchema),
  /** How often a visitor called a reply helpful, or not. */
  helpful: countSchema,
  notHelpful: countSchema,
  /** Requests of known visitors and sites that were refused by a limit. */
  limitsReached: countSchema,
  /** Frames and configurations that were refused to a site, although the key exists. */
  embedsRefused: countSchema,
  /**
   * Milliseconds from a message to the first word of its reply: what half of all, and 95 of 100, waited at most. They are
   * estimated from a histogram; `null` if nothing was measured.
   */
  firstTokenMs: v.nullable(v.strictObject({ median: v.number(), p95: v.number() })),
});
export type Counts = v.InferOutput<typeof countsSchema>;

export const ANALYTICS_UNITS = ['hour', 'day'] as const;
export type AnalyticsUnit = (typeof ANALYTICS_UNITS)[number];

/** `GET /analytics?from=&to=&unit=&timeZone=` */
export const analyticsSchema = v.strictObject({
  /** Whole hours; `to` is excluded. */
  from: momentSchema,
  to: momentSchema,
  unit: v.picklist(ANALYTICS_UNITS),
  timeZone: v.string(),
  totals: countsSchema,
  /** Every hour or day of the time asked for, in order, also those in which nothing happened. */
  series: v.array(v.strictObject({ at: momentSchema, counts: countsSchema })),
  /** By site, most messages first. The site `""` stands for all that are not on the allowlist, and for backends. */
  origins: v.array(v.strictObject({ origin: v.string(), counts: countsSchema })),
});
export type Analytics = v.InferOutput<typeof analyticsSchema>;
