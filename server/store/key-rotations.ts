import { model, Schema, trusted } from 'mongoose';
import type { KeyTarget } from '../../shared/keys-api.ts';
import type { Actor } from '../../shared/settings-api.ts';

const rotationSchema = new Schema(
  {
    _id: { type: String, required: true },
    widgetId: { type: String, required: true },
    target: { type: String, required: true },
    oldKeyId: String,
    newKeyId: { type: String, required: true },
    actor: { type: { _id: false, subject: String, role: String }, required: true },
    reason: { type: String, default: '' },
    overlapSeconds: { type: Number, required: true },
    rotatedAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    /** When to forget a rotation that was planned and never came into force; absent for one that did. */
    forgetAt: Date,
  },
  { collection: 'widget_key_rotations', versionKey: false, strict: 'throw' },
);
rotationSchema.index({ widgetId: 1, rotatedAt: -1, _id: -1 });
rotationSchema.index({ forgetAt: 1 }, { expireAfterSeconds: 0 });

/** Every rotation of every widget's keys. */
export const KeyRotationModel = model('KeyRotation', rotationSchema);

export type StoredRotation = {
  readonly id: string;
  readonly widgetId: string;
  readonly target: KeyTarget;
  readonly oldKeyId?: string;
  readonly newKeyId: string;
  readonly actor: Actor;
  readonly reason: string;
  readonly overlapSeconds: number;
  readonly rotatedAt: Date;
  /** When the old key stops working. */
  readonly endsAt: Date;
};

type RotationDocument = Omit<StoredRotation, 'id'> & { readonly _id: string; readonly forgetAt?: Date };

/**
 * Writes down what is about to happen, before it does: so no key ever changes without a record. Until
 * {@link confirmRotation} it is nothing but a plan, which is forgotten at `forgetAt`.
 */
export async function planRotation({ id, ...rotation }: StoredRotation, forgetAt: Date): Promise<void> {
  await KeyRotationModel.create({ _id: id, ...rotation, forgetAt });
}

/** The rotation has come into force. */
export async function confirmRotation(id: string): Promise<void> {
  await KeyRotationModel.updateOne({ _id: id }, { $unset: { forgetAt: 1 } });
}

/** The rotation did not come into force and never will. */
export async function dropRotation(id: string): Promise<void> {
  await KeyRotationModel.deleteOne({ _id: id, forgetAt: trusted({ $exists: true }) });
}

/** The end of the overlap was moved to an earlier moment. */
export async function endRotation(id: string, endsAt: Date): Promise<void> {
  await KeyRotationModel.updateOne({ _id: id }, { $min: { endsAt } });
}

export async function findRotation(widgetId: string, id: string): Promise<StoredRotation | undefined> {
  const found = await KeyRotationModel.findOne({ _id: id, widgetId }).lean<RotationDocument>();
  return found === null ? undefined : toRotation(found);
}

/** The widget's rotations, newest first, those that are only planned included. */
export async function findRotations(
  widgetId: string,
  limit: number,
): Promise<readonly (StoredRotation & { readonly isPlan: boolean })[]> {
  const found = await KeyRotationModel.find({ widgetId })
    .sort({ rotatedAt: -1, _id: -1 })
    .limit(limit)
    .lean<RotationDocument[]>();
  return found.map((document) => ({ ...toRotation(document), isPlan: document.forgetAt !== undefined }));
}

function toRotation({ _id, forgetAt: _, ...rotation }: RotationDocument): StoredRotation {
  return { id: _id, ...rotation };
}
