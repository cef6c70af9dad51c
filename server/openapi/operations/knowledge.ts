import { API_BASE } from '../../../shared/api-path.ts';
import {
  articleConflictSchema,
  articleSlugSchema,
  askedKnowledgeSchema,
  askKnowledgeRequestSchema,
  knowledgeListSchema,
  saveArticleRequestSchema,
  savedArticleSchema,
} from '../../../shared/knowledge-api.ts';
import { unansweredSchema } from '../../../shared/unanswered-api.ts';
import { articlePageEntries, deletionQueryEntries } from '../../http/routes/knowledge.ts';
import { unansweredIdSchema, unansweredQueryEntries } from '../../http/routes/unanswered.ts';
import { explainQuery, type OperationDocs } from '../operation.ts';

const BASE = `${API_BASE}/knowledge`;
const slug = { schema: articleSlugSchema, about: 'The name of the article within its widget.' };
const errorSchemas = { ARTICLE_CONFLICT: articleConflictSchema };

/** The routes of `knowledge.ts` and `unanswered.ts`. */
export const KNOWLEDGE_OPERATIONS: OperationDocs = {
  [`GET ${BASE}`]: {
    id: 'listArticles',
    summary: 'List the articles by name',
    tag: 'Knowledge',
    guard: 'admin',
    permission: 'knowledge:read',
    query: explainQuery(articlePageEntries, {
      after: 'Only articles after this one: `next` of the page before.',
      limit: 'How many at most.',
    }),
    answers: { 200: { about: 'A page of articles, and how much room is used.', schema: knowledgeListSchema } },
    errors: ['WIDGET_NOT_FOUND'],
  },
  [`POST ${BASE}/ask`]: {
    id: 'askKnowledge',
    summary: 'See which passages a question would find',
    tag: 'Knowledge',
    guard: 'admin',
    permission: 'knowledge:read',
    body: { schema: askKnowledgeRequestSchema },
    answers: { 200: { about: 'The passages, best first.', schema: askedKnowledgeSchema } },
    errors: ['WIDGET_NOT_FOUND'],
  },
  [`GET ${BASE}/unanswered`]: {
    id: 'listUnansweredQuestions',
    summary: 'List what visitors asked and no article says',
    about: 'The latest first. Each is kept for 90 days after it was last asked, and at most 200 are.',
    tag: 'Knowledge',
    guard: 'admin',
    permission: 'knowledge:read',
    query: explainQuery(unansweredQueryEntries, { limit: 'How many at most.' }),
    answers: { 200: { about: 'The questions.', schema: unansweredSchema } },
    errors: ['WIDGET_NOT_FOUND'],
  },
  [`DELETE ${BASE}/unanswered/:id`]: {
    id: 'deleteUnansweredQuestion',
    summary: 'Forget a question',
    tag: 'Knowledge',
    guard: 'admin',
    permission: 'knowledge:write',
    path: { id: { schema: unansweredIdSchema, about: 'The `id` in the list.' } },
    answers: { 204: { about: 'It is not in the list any more.' } },
    errors: ['WIDGET_NOT_FOUND'],
  },
  [`GET ${BASE}/:slug`]: {
    id: 'readArticle',
    summary: 'Read an article',
    tag: 'Knowledge',
    guard: 'admin',
    permission: 'knowledge:read',
    path: { slug },
    answers: { 200: { about: 'The article.', schema: savedArticleSchema } },
    errors: ['WIDGET_NOT_FOUND', 'ARTICLE_NOT_FOUND'],
  },
  [`PUT ${BASE}/:slug`]: {
    id: 'saveArticle',
    summary: 'Write an article, or a new version of it',
    about: 'The assistant knows it from then on. The same save again has the same answer.',
    tag: 'Knowledge',
    guard: 'admin',
    permission: 'knowledge:write',
    path: { slug },
    body: { schema: saveArticleRequestSchema },
    answers: {
      200: { about: 'A new version.', schema: savedArticleSchema },
      201: { about: 'A new article.', schema: savedArticleSchema },
    },
    errors: ['WIDGET_NOT_FOUND', 'ARTICLE_CONFLICT', 'KNOWLEDGE_FULL'],
    errorSchemas,
  },
  [`DELETE ${BASE}/:slug`]: {
    id: 'deleteArticle',
    summary: 'Delete an article',
    tag: 'Knowledge',
    guard: 'admin',
    permission: 'knowledge:write',
    path: { slug },
    query: explainQuery(deletionQueryEntries, { expectedVersion: 'The version that is to be deleted.' }),
    answers: { 204: { about: 'Deleted.' } },
    errors: ['WIDGET_NOT_FOUND', 'ARTICLE_NOT_FOUND', 'ARTICLE_CONFLICT'],
    errorSchemas,
  },
};
