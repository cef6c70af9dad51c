import { model, Schema } from 'mongoose';

/** An article the assistant may cite. */
export type Article = {
  readonly slug: string;
  readonly title: string;
  /** Markdown (https://spec.commonmark.org). */
  readonly body: string;
  /** Where visitors can read it; http(s). */
  readonly url?: string;
};

const articleSchema = new Schema(
  {
    widgetId: { type: String, required: true },
    slug: { type: String, required: true },
    title: { type: String, required: true },
    body: { type: String, required: true },
    url: String,
  },
  { collection: 'widget_knowledge', versionKey: false, strict: 'throw' },
);
articleSchema.index({ widgetId: 1, slug: 1 }, { unique: true });

/** The articles of every widget. */
export const ArticleModel = model('Article', articleSchema);

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

/** Every article of the widget, by slug. */
export async function findArticles(widgetId: string): Promise<readonly Article[]> {
  return await ArticleModel.find({ widgetId }, { _id: 0, slug: 1, title: 1, body: 1, url: 1 })
    .sort({ slug: 1 })
    .lean<Article[]>();
}

/** Writes the article in place of the one with its slug. */
export async function saveArticle(widgetId: string, article: Article): Promise<void> {
  await changeKnowledge(widgetId, () =>
    ArticleModel.replaceOne({ widgetId, slug: article.slug }, { widgetId, ...article }, { upsert: true }),
  );
}

export async function deleteArticle(widgetId: string, slug: string): Promise<void> {
  await changeKnowledge(widgetId, () => ArticleModel.deleteOne({ widgetId, slug }));
}

/**
 * The number grows before and after: whoever reads it in between reads the articles again, and a crash in between
 * leaves nobody with old articles under the new number.
 */
async function changeKnowledge(widgetId: string, change: () => Promise<unknown>): Promise<void> {
  await growVersion(widgetId);
  await change();
  await growVersion(widgetId);
}

async function growVersion(widgetId: string): Promise<void> {
  await KnowledgeVersionModel.updateOne({ _id: widgetId }, { $inc: { version: 1 } }, { upsert: true });
}
