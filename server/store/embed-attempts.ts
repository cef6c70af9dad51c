import { model, Schema } from 'mongoose';
import * as v from 'valibot';
import { REFUSED_THINGS, type RefusedThing } from '../../shared/embed-attempts-api.ts';
import { isDuplicateKey } from './store-error.ts';

/** Who tried to embed a widget, what they were refused, and how often. */
export type EmbedAttempt = {
  readonly widgetId: string;
  readonly what: RefusedThing;
  readonly embedder: string;
  readonly blocked: string;
  readonly count: number;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
};

const KEPT_SECONDS = 90 * 24 * 60 * 60;
/** Anybody can make up a site. What is new beyond this is not kept; what is known goes on being counted. */
const MOST_FOR_A_WIDGET = 500;

const attemptSchema = new Schema(
  {
    widgetId: { type: String, required: true },
    what: { type: String, required: true },
    embedder: { type: String, default: '' },
    blocked: { type: String, default: '' },
    count: { type: Number, required: true },
    firstSeenAt: { type: Date, required: true },
    lastSeenAt: { type: Date, required: true },
  },
  { collection: 'widget_embed_attempts', versionKey: false, strict: 'throw' },
);
attemptSchema.index({ widgetId: 1, what: 1, embedder: 1, blocked: 1 }, { unique: true });
attemptSchema.index({ widgetId: 1, lastSeenAt: -1 });
attemptSchema.index({ lastSeenAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });

/** One document for each widget, thing and site; gone 90 days after the last attempt. */
export const EmbedAttemptModel = model('EmbedAttempt', attemptSchema);

/** Adds the attempt to what is known of it, or keeps it as a new one if there is room. */
export async function addAttempt({ count, firstSeenAt, lastSeenAt, ...place }: EmbedAttempt): Promise<void> {
  const addition = { $inc: { count }, $max: { lastSeenAt } };
  const { matchedCount } = await EmbedAttemptModel.updateOne(place, addition);
  if (matchedCount > 0) return;
  if ((await EmbedAttemptModel.countDocuments({ widgetId: place.widgetId })) >= MOST_FOR_A_WIDGET) return;
  try {
    await EmbedAttemptModel.create({ ...place, count, firstSeenAt, lastSeenAt });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    await EmbedAttemptModel.updateOne(place, addition);
  }
}

const storedSchema = v.object({
  widgetId: v.string(),
  what: v.picklist(REFUSED_THINGS),
  embedder: v.string(),
  blocked: v.string(),
  count: v.number(),
  firstSeenAt: v.date(),
  lastSeenAt: v.date(),
});

/** Every attempt on the widget, the most recent first. */
export async function findAttempts(widgetId: string): Promise<readonly EmbedAttempt[]> {
  const documents = await EmbedAttemptModel.find({ widgetId }, { _id: 0 })
    .sort({ lastSeenAt: -1 })
    .limit(MOST_FOR_A_WIDGET)
    .lean();
  return v.parse(v.array(storedSchema), documents);
}
