import { model, Schema } from 'mongoose';
import * as v from 'valibot';

const versionSchema = new Schema(
  { _id: { type: String, required: true }, version: { type: Number, required: true } },
  { collection: 'widget_knowledge_versions', versionKey: false, strict: 'throw' },
);

/** One number for each widget that grows with every change of its articles; the id is the widget's. */
export const KnowledgeVersionModel = model('KnowledgeVersion', versionSchema);

/** Another number than before means that the articles have changed. */
export async function findKnowledgeVersion(widgetId: string): Promise<number> {
  return (await KnowledgeVersionModel.findById(widgetId).lean<{ version: number }>())?.version ?? 0;
}

/**
 * Runs a change of articles with a number that no article of the widget has had. The number grows before and after:
 * whoever reads it in between reads the articles again, and a crash in between leaves nobody with old articles under the
 * new number.
 */
export async function changeKnowledge<T>(widgetId: string, change: (version: number) => Promise<T>): Promise<T> {
  const version = await growVersion(widgetId);
  const result = await change(version);
  await growVersion(widgetId);
  return result;
}

async function growVersion(widgetId: string): Promise<number> {
  const grown = await KnowledgeVersionModel.findOneAndUpdate(
    { _id: widgetId },
    { $inc: { version: 1 } },
    { upsert: true, returnDocument: 'after' },
  ).lean();
  return v.parse(v.object({ version: v.number() }), grown).version;
}
