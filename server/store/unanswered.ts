import { model, Schema, trusted } from 'mongoose';
import * as v from 'valibot';
import { MOST_UNANSWERED } from '../../shared/unanswered-api.ts';
import { isDuplicateKey } from './store-error.ts';

export type UnansweredQuestion = {
  /** Follows from the widget and the words of the question. */
  readonly id: string;
  readonly widgetId: string;
  readonly question: string;
  readonly origin: string;
  readonly lastAskedAt: Date;
};

const KEPT_SECONDS = 90 * 24 * 60 * 60;

const unansweredSchema = new Schema(
  {
    _id: { type: String, required: true },
    widgetId: { type: String, required: true },
    question: { type: String, required: true },
    origin: { type: String, required: true },
    count: { type: Number, required: true },
    lastAskedAt: { type: Date, required: true },
  },
  { collection: 'widget_unanswered', versionKey: false, strict: 'throw' },
);
unansweredSchema.index({ widgetId: 1, lastAskedAt: -1 });
unansweredSchema.index({ lastAskedAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });

/** Questions of visitors that no article answers; each is one document, however often it is asked. */
export const UnansweredModel = model('Unanswered', unansweredSchema);

/** Counts the question once more, or keeps it; then only the latest of the widget's stay. */
export async function addUnanswered({ id, widgetId, ...asked }: UnansweredQuestion): Promise<void> {
  const update = { $set: asked, $inc: { count: 1 }, $setOnInsert: { widgetId } };
  const write = () => UnansweredModel.updateOne({ _id: id }, update, { upsert: true });
  const { upsertedCount } = await write().catch((error) => (isDuplicateKey(error) ? write() : Promise.reject(error)));
  if (upsertedCount === 0) return;
  const surplus = await UnansweredModel.find({ widgetId }, { _id: 1 })
    .sort({ lastAskedAt: -1 })
    .skip(MOST_UNANSWERED)
    .lean();
  if (surplus.length > 0) await UnansweredModel.deleteMany({ _id: trusted({ $in: surplus.map(({ _id }) => _id) }) });
}

const storedSchema = v.array(
  v.object({ _id: v.string(), question: v.string(), origin: v.string(), count: v.number(), lastAskedAt: v.date() }),
);

/** The latest questions of the widget, each with how often it was asked. */
export async function findUnanswered(widgetId: string, limit: number) {
  const documents = await UnansweredModel.find({ widgetId }).sort({ lastAskedAt: -1 }).limit(limit).lean();
  return v.parse(storedSchema, documents);
}

/** Forgets one question of the widget, if it has it. */
export async function dropUnanswered(widgetId: string, id: string): Promise<void> {
  await UnansweredModel.deleteOne({ _id: id, widgetId });
}

/** Forgets what was asked the last time before `moment`. */
export async function dropUnansweredBefore(widgetId: string, moment: Date): Promise<void> {
  await UnansweredModel.deleteMany({ widgetId, lastAskedAt: trusted({ $lt: moment }) });
}
