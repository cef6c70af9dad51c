import { isDeepStrictEqual } from 'node:util';
import { deleteArticle, findArticles, saveArticle } from '../store/knowledge.ts';
import { readDocumentation } from './read-documentation.ts';

/**
 * Makes Casement's documentation what the widget knows: writes what is new or changed since the last start, deletes what
 * is gone, and leaves the rest untouched.
 */
export async function seedDemoKnowledge(widgetId: string, repository: string): Promise<void> {
  const articles = await readDocumentation(repository);
  const known = new Map((await findArticles(widgetId)).map((article) => [article.slug, article]));
  for (const article of articles) {
    if (!isDeepStrictEqual({ ...known.get(article.slug) }, article)) await saveArticle(widgetId, article);
    known.delete(article.slug);
  }
  for (const slug of known.keys()) await deleteArticle(widgetId, slug);
}
