import { model, Schema, trusted } from 'mongoose';
import { isDuplicateKey } from './store-error.ts';

const visitorSchema = new Schema(
  {
    _id: { type: String, required: true },
    widgetId: { type: String, required: true },
    origin: { type: String, required: true },
    /** SHA-256 of what the browser or the tab remembers, in hexadecimal. Absent once the visitor has logged out. */
    resumeHash: String,
    /** Whom the company's backend says it is; absent for a browser of which that is not known. */
    subject: String,
    createdAt: { type: Date, required: true },
    lastSeenAt: { type: Date, required: true },
  },
  { collection: 'widget_visitors', versionKey: false },
);
visitorSchema.index({ resumeHash: 1 }, { unique: true, sparse: true });

/** Visitors; each belongs to one widget on one site. The id is a UUID. */
export const VisitorModel = model('Visitor', visitorSchema);

export type VisitorPlace = { readonly widgetId: string; readonly origin: string };

/**
 * The visitor of this widget on this site who remembers what has this hash, if they were seen since `seenSince`; it is
 * noted that they are seen now.
 */
export async function findReturning(
  { widgetId, origin }: VisitorPlace,
  {
    resumeHash,
    seenSince,
    now,
  }: { readonly resumeHash: string; readonly seenSince: Date | undefined; readonly now: Date },
): Promise<string | undefined> {
  const lastSeenAt = seenSince && trusted({ $gte: seenSince });
  const filter = { resumeHash, widgetId, origin, ...(lastSeenAt && { lastSeenAt }) };
  const visitor = await VisitorModel.findOneAndUpdate(
    filter,
    { $max: { lastSeenAt: now } },
    { projection: { _id: 1 } },
  ).lean();
  return visitor?._id;
}

type NewVisitor = VisitorPlace & { readonly id: string; readonly createdAt: Date };

/** Writes a visitor of whom nothing is known but their browser. */
export async function insertVisitor({ id, ...visitor }: NewVisitor & { readonly resumeHash: string }): Promise<void> {
  await VisitorModel.create({ _id: id, ...visitor, lastSeenAt: visitor.createdAt });
}

/** Writes a visitor whom the company's backend knows, unless they have been here before. */
export async function ensureIdentified({ id, ...visitor }: NewVisitor & { readonly subject: string }): Promise<void> {
  try {
    await VisitorModel.create({ _id: id, ...visitor, lastSeenAt: visitor.createdAt });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    await VisitorModel.updateOne({ _id: id }, { $max: { lastSeenAt: visitor.createdAt } });
  }
}

/** Makes what the browser remembers worthless. */
export async function forgetResumeHash(visitorId: string): Promise<void> {
  await VisitorModel.updateOne({ _id: visitorId }, { $unset: { resumeHash: 1 } });
}
