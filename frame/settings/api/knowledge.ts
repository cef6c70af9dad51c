import {
  type AskedKnowledge,
  askedKnowledgeSchema,
  type KnowledgeList,
  knowledgeListSchema,
  type SaveArticleRequest,
  type SavedArticle,
  savedArticleSchema,
} from '../../../shared/knowledge-api.ts';
import { type Unanswered, unansweredSchema } from '../../../shared/unanswered-api.ts';
import type { AdminApi } from './admin-api.ts';

/** As many as one answer may hold. */
const PART = 500;

/** Every article without its text, by slug, and how much room they use. */
export async function listArticles(api: AdminApi): Promise<Omit<KnowledgeList, 'next'>> {
  let { next, ...list } = await listPart(api, undefined);
  while (next !== null) {
    const part = await listPart(api, next);
    list = { articles: [...list.articles, ...part.articles], total: part.total };
    next = part.next;
  }
  return list;
}

function listPart(api: AdminApi, after: string | undefined): Promise<KnowledgeList> {
  return api.ask({ method: 'GET', path: '/knowledge', query: { after, limit: PART } }, knowledgeListSchema);
}

export function getArticle(api: AdminApi, slug: string): Promise<SavedArticle> {
  return api.ask({ method: 'GET', path: `/knowledge/${slug}` }, savedArticleSchema);
}

/** Throws `ARTICLE_CONFLICT` with the current article if somebody changed it since, and `KNOWLEDGE_FULL`. */
export function saveArticle(api: AdminApi, slug: string, body: SaveArticleRequest): Promise<SavedArticle> {
  return api.ask({ method: 'PUT', path: `/knowledge/${slug}`, body }, savedArticleSchema);
}

/** Throws `ARTICLE_CONFLICT` if it is not of this version any more. */
export async function deleteArticle(api: AdminApi, slug: string, expectedVersion: number): Promise<void> {
  await api.fetch({ method: 'DELETE', path: `/knowledge/${slug}`, query: { expectedVersion } });
}

/** The passages that a visitor's question would find, best first. */
export function askKnowledge(api: AdminApi, question: string): Promise<AskedKnowledge> {
  return api.ask({ method: 'POST', path: '/knowledge/ask', body: { question } }, askedKnowledgeSchema);
}

/** What visitors asked and no article says, the latest first. */
export function listUnanswered(api: AdminApi): Promise<Unanswered> {
  return api.ask({ method: 'GET', path: '/knowledge/unanswered', query: { limit: 200 } }, unansweredSchema);
}

export async function forgetUnanswered(api: AdminApi, id: string): Promise<void> {
  await api.fetch({ method: 'DELETE', path: `/knowledge/unanswered/${id}` });
}
