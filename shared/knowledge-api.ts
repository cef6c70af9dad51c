import * as v from 'valibot';
import { apiErrorSchema } from './api-error.ts';
import { MESSAGE_MAX_CHARACTERS } from './chat-limits.ts';
import { actorSchema } from './settings-api.ts';

/** How much a widget may know: it is searched in memory. */
export const MOST_ARTICLES = 2_000;
export const KNOWLEDGE_MAX_BYTES = 4 * 1024 * 1024;
/** The longest Markdown of one article, in bytes of UTF-8. */
export const ARTICLE_MAX_BYTES = 100 * 1024;

export const MOST_SLUG_CHARACTERS = 100;

/** The name of an article within its widget, in `/knowledge/:slug`. `/knowledge/unanswered` is something else. */
export const articleSlugSchema = v.pipe(
  v.string(),
  v.regex(
    /^(?!unanswered$)[a-z0-9]([a-z0-9-]{0,98}[a-z0-9])?$/,
    'a name such as "opening-hours": a-z, 0-9 and -, at most 100',
  ),
);

/** Grows with every change of the article, by more than one; 0 for one that does not exist. */
export const articleVersionSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31 - 1));

const titleSchema = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1),
  v.maxLength(200),
  v.regex(/^[^\p{Cc}\p{Cs}]*$/u, 'one line of text'),
);

const bodySchema = v.pipe(
  v.string(),
  v.regex(/\S/, 'some text'),
  v.regex(/^[^\0\p{Cs}]*$/u, 'text of whole characters'),
  v.maxBytes(ARTICLE_MAX_BYTES, `at most ${ARTICLE_MAX_BYTES / 1024} KiB`),
);

const urlSchema = v.pipe(
  v.string(),
  v.maxLength(2_000),
  v.url(),
  v.regex(/^https?:\/\/[^/?#@]+([/?#]|$)/, 'a web address such as "https://shop.example/help"'),
);

const articleFields = {
  title: titleSchema,
  /** Markdown (https://spec.commonmark.org). */
  body: bodySchema,
  /** Where visitors can read it. Without one, a source shows its excerpt and leads nowhere. */
  url: v.exactOptional(urlSchema),
};

/** `PUT /knowledge/:slug` */
export const saveArticleRequestSchema = v.strictObject({
  ...articleFields,
  /** The version the edit began from; 0 for a new article. */
  expectedVersion: articleVersionSchema,
});
export type SaveArticleRequest = v.InferOutput<typeof saveArticleRequestSchema>;

const savedFields = {
  slug: articleSlugSchema,
  title: v.string(),
  url: v.optional(v.string()),
  version: articleVersionSchema,
  savedAt: v.pipe(v.string(), v.isoTimestamp()),
  savedBy: actorSchema,
};

/** `GET /knowledge/:slug`, and the answer of `PUT`. */
export const savedArticleSchema = v.strictObject({ ...savedFields, body: v.string() });
export type SavedArticle = v.InferOutput<typeof savedArticleSchema>;

/** The answer `ARTICLE_CONFLICT`: somebody else changed the article since. Absent versions are 0. */
export const articleConflictSchema = v.strictObject({
  ...apiErrorSchema.entries,
  conflict: v.strictObject({
    expectedVersion: articleVersionSchema,
    currentVersion: articleVersionSchema,
    current: v.optional(savedArticleSchema),
  }),
});
export type ArticleConflict = v.InferOutput<typeof articleConflictSchema>['conflict'];

/** `GET /knowledge?after=&limit=`, by slug. */
export const knowledgeListSchema = v.strictObject({
  articles: v.array(v.strictObject({ ...savedFields, bytes: v.number() })),
  /** For `after`, if there are more. */
  next: v.nullable(articleSlugSchema),
  /** How much of the room is used. */
  total: v.strictObject({ articles: v.number(), bytes: v.number(), mostArticles: v.number(), mostBytes: v.number() }),
});
export type KnowledgeList = v.InferOutput<typeof knowledgeListSchema>;

/** `POST /knowledge/ask` */
export const askKnowledgeRequestSchema = v.strictObject({
  question: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MESSAGE_MAX_CHARACTERS)),
});

/** The passages the assistant would be given for a question, best first. */
export const askedKnowledgeSchema = v.strictObject({
  passages: v.array(
    v.strictObject({
      slug: articleSlugSchema,
      title: v.string(),
      headings: v.array(v.string()),
      /** Markdown. */
      text: v.string(),
      url: v.optional(v.string()),
      /** The part of the question that the passage is about, from 0 to 1. */
      score: v.number(),
    }),
  ),
});
export type AskedKnowledge = v.InferOutput<typeof askedKnowledgeSchema>;
