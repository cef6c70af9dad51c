import { model, Schema, trusted } from 'mongoose';
import * as v from 'valibot';
import { type Actor, actorSchema } from '../../shared/settings-api.ts';
import { changeKnowledge } from './knowledge-versions.ts';
import { isDuplicateKey } from './store-error.ts';

/** An article the assistant may cite. */
export type Article = {
  readonly slug: string;
  readonly title: string;
  /** Markdown (https://spec.commonmark.org). */
  readonly body: string;
  /** Where visitors can read it; http(s). */
  readonly url?: string;
};

/** An article as it was saved. */
export type SavedArticle = Article & {
  /** Grows with every change. */
  readonly version: number;
  readonly savedAt: Date;
  readonly savedBy: Actor;
};

export type NewArticle = Omit<SavedArticle, 'version'>;

const articleSchema = new Schema(
  {
    widgetId: { type: String, required: true },
    slug: { type: String, required: true },
    title: { type: String, required: true },
    body: { type: String, required: true },
    url: String,
    /** Of the body. */
    bytes: { type: Number, required: true },
    version: { type: Number, required: true },
    savedAt: { type: Date, required: true },
    savedBy: { type: { _id: false, subject: String, role: String }, required: true },
  },
  { collection: 'widget_knowledge', versionKey: false, strict: 'throw' },
);
articleSchema.index({ widgetId: 1, slug: 1 }, { unique: true });

/** The articles of every widget. */
export const ArticleModel = model('Article', articleSchema);

const savedSchema = v.object({
  slug: v.string(),
  title: v.string(),
  body: v.string(),
  url: v.exactOptional(v.string()),
  version: v.number(),
  savedAt: v.date(),
  savedBy: actorSchema,
});
const listedSchema = v.object({ ...v.omit(savedSchema, ['body']).entries, bytes: v.number() });
export type ListedArticle = v.InferOutput<typeof listedSchema>;

/** Every article of the widget, by slug. */
export async function findArticles(widgetId: string): Promise<readonly Article[]> {
  return await ArticleModel.find({ widgetId }, { _id: 0, slug: 1, title: 1, body: 1, url: 1 })
    .sort({ slug: 1 })
    .lean<Article[]>();
}

export async function findArticle(widgetId: string, slug: string): Promise<SavedArticle | undefined> {
  const document = await ArticleModel.findOne({ widgetId, slug }, { _id: 0 }).lean();
  return document === null ? undefined : v.parse(savedSchema, document);
}

/** Every article of the widget with who saved it, by slug. */
export async function findSavedArticles(widgetId: string): Promise<readonly SavedArticle[]> {
  return v.parse(v.array(savedSchema), await ArticleModel.find({ widgetId }, { _id: 0 }).sort({ slug: 1 }).lean());
}

/** Articles without their bodies, by slug, those after `after` if it is given. */
export async function listArticles(
  widgetId: string,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<readonly ListedArticle[]> {
  const filter = { widgetId, ...(after !== undefined && { slug: trusted({ $gt: after }) }) };
  const documents = await ArticleModel.find(filter, { _id: 0, body: 0 }).sort({ slug: 1 }).limit(limit).lean();
  return v.parse(v.array(listedSchema), documents);
}

/** How many articles the widget has, and how many bytes they are, without the one called `except`. */
export async function measureArticles(widgetId: string, except = ''): Promise<{ articles: number; bytes: number }> {
  const [sums] = await ArticleModel.aggregate([
    { $match: { widgetId, slug: trusted({ $ne: except }) } },
    { $group: { _id: null, articles: { $sum: 1 }, bytes: { $sum: '$bytes' } } },
  ]);
  return v.parse(v.object({ articles: v.number(), bytes: v.number() }), sums ?? { articles: 0, bytes: 0 });
}

/** Writes the article in place of whatever has its slug. */
export async function putArticle(widgetId: string, article: NewArticle): Promise<void> {
  await changeKnowledge(widgetId, (version) =>
    ArticleModel.replaceOne({ widgetId, slug: article.slug }, toDocument(widgetId, article, version), { upsert: true }),
  );
}

/** Deletes the article, whatever its version. */
export async function dropArticle(widgetId: string, slug: string): Promise<void> {
  await changeKnowledge(widgetId, () => ArticleModel.deleteOne({ widgetId, slug }));
}

/**
 * Writes the article over the one of `expectedVersion`, 0 for none, and answers its version. Answers `undefined`, writing
 * nothing, if another version is there.
 */
export function replaceArticle(
  widgetId: string,
  article: NewArticle,
  expectedVersion: number,
): Promise<number | undefined> {
  return changeKnowledge(widgetId, async (version) => {
    const document = toDocument(widgetId, article, version);
    if (expectedVersion === 0) return (await tryInsert(document)) ? version : undefined;
    const place = { widgetId, slug: article.slug, version: expectedVersion };
    return (await ArticleModel.replaceOne(place, document)).matchedCount === 1 ? version : undefined;
  });
}

/** Deletes the article if it is of this version; answers whether it was. */
export function removeArticle(widgetId: string, slug: string, expectedVersion: number): Promise<boolean> {
  return changeKnowledge(widgetId, async () => {
    return (await ArticleModel.deleteOne({ widgetId, slug, version: expectedVersion })).deletedCount === 1;
  });
}

function toDocument(widgetId: string, article: NewArticle, version: number) {
  return { widgetId, ...article, version, bytes: Buffer.byteLength(article.body) };
}

async function tryInsert(document: ReturnType<typeof toDocument>): Promise<boolean> {
  try {
    await ArticleModel.create(document);
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
