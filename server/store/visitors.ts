import { model, Schema } from 'mongoose';

const visitorSchema = new Schema(
  {
    _id: { type: String, required: true },
    widgetId: { type: String, required: true },
    origin: { type: String, required: true },
    /** SHA-256 of what the resume cookie holds, in hexadecimal. Absent once the visitor has logged out. */
    resumeHash: String,
    createdAt: { type: Date, required: true },
  },
  { collection: 'widget_visitors', versionKey: false },
);
visitorSchema.index({ resumeHash: 1 }, { unique: true, sparse: true });

/** Visitors; each belongs to one widget on one site. The id is a UUID. */
export const VisitorModel = model('Visitor', visitorSchema);

export type VisitorPlace = { readonly widgetId: string; readonly origin: string };

/** The visitor of this widget on this site whose resume cookie has this hash. */
export async function findVisitorId(
  { widgetId, origin }: VisitorPlace,
  resumeHash: string,
): Promise<string | undefined> {
  const visitor = await VisitorModel.findOne({ resumeHash, widgetId, origin }, { _id: 1 }).lean();
  return visitor?._id;
}

export async function insertVisitor(
  visitor: VisitorPlace & { readonly id: string; readonly resumeHash: string; readonly createdAt: Date },
): Promise<void> {
  const { id, ...rest } = visitor;
  await VisitorModel.create({ _id: id, ...rest });
}

/** Makes every resume cookie of the visitor worthless. */
export async function forgetResumeHash(visitorId: string): Promise<void> {
  await VisitorModel.updateOne({ _id: visitorId }, { $unset: { resumeHash: 1 } });
}
