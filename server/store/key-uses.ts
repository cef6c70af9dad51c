import { model, Schema } from 'mongoose';

const NINETY_DAYS_SECONDS = 90 * 24 * 60 * 60;

const keyUseSchema = new Schema(
  {
    /** Key and site. */
    _id: { type: String, required: true },
    widgetId: { type: String, required: true },
    keyId: { type: String, required: true },
    origin: { type: String, required: true },
    lastUsedAt: { type: Date, required: true },
    count: { type: Number, required: true },
  },
  { collection: 'widget_key_uses', versionKey: false },
);
keyUseSchema.index({ widgetId: 1, lastUsedAt: -1 });
keyUseSchema.index({ lastUsedAt: 1 }, { expireAfterSeconds: NINETY_DAYS_SECONDS });

/** When each key was last used on each site. What was not used for 90 days is forgotten. */
export const KeyUseModel = model('KeyUse', keyUseSchema);

export type KeyUse = {
  readonly widgetId: string;
  readonly keyId: string;
  readonly origin: string;
  readonly lastUsedAt: Date;
  readonly count: number;
};

/** Adds uses to those that are known. Safe on many processes at once; the later time wins. */
export async function addKeyUses(uses: readonly KeyUse[]): Promise<void> {
  await KeyUseModel.bulkWrite(
    uses.map(({ widgetId, keyId, origin, lastUsedAt, count }) => ({
      updateOne: {
        filter: { _id: `${keyId} ${origin}` },
        update: {
          $max: { lastUsedAt },
          $inc: { count },
          $setOnInsert: { widgetId, keyId, origin },
        },
        upsert: true,
      },
    })),
    { ordered: false },
  );
}

/** The latest uses of the widget's keys, latest first. */
export async function findKeyUses(widgetId: string, limit: number): Promise<readonly KeyUse[]> {
  return await KeyUseModel.find({ widgetId }, { _id: 0 }).sort({ lastUsedAt: -1 }).limit(limit).lean<KeyUse[]>();
}
