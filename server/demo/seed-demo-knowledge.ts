import { type Article, dropArticle, findSavedArticles, putArticle, type SavedArticle } from '../store/knowledge.ts';
import { readDocumentation } from './read-documentation.ts';
import { SEED } from './seed.ts';

/**
 * Makes Casement's documentation what the widget knows: writes what is new or changed since the last start, deletes what
 * is gone, and leaves the rest untouched, as well as every article that somebody else has saved.
 */
export async function seedDemoKnowledge(widgetId: string, repository: string): Promise<void> {
  const articles = await readDocumentation(repository);
  const saved = new Map((await findSavedArticles(widgetId)).map((article) => [article.slug, article]));
  const savedBy = { subject: SEED.subject, role: SEED.role };
  for (const article of articles) {
    const known = saved.get(article.slug);
    saved.delete(article.slug);
    if (known !== undefined && (!isSeed(known) || isSame(known, article))) continue;
    await putArticle(widgetId, { ...article, savedAt: new Date(), savedBy });
  }
  for (const article of saved.values()) if (isSeed(article)) await dropArticle(widgetId, article.slug);
}

function isSeed({ savedBy }: SavedArticle): boolean {
  return savedBy.subject === SEED.subject;
}

function isSame(one: Article, other: Article): boolean {
  return one.title === other.title && one.body === other.body && one.url === other.url;
}
