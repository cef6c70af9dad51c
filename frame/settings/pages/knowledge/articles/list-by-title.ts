import type { KnowledgeList } from '../../../../../shared/knowledge-api.ts';
import { visibleText } from '../../../../markdown/visible-text.ts';
import { listArticles } from '../../../api/knowledge.ts';
import type { View } from '../../../view.ts';

/** Every article, sorted by title as the admin's language does, with the titles as they may be shown. */
export async function listByTitle(view: View): Promise<Omit<KnowledgeList, 'next'>> {
  const { articles, total } = await listArticles(view.api);
  // Thousands take a while, and a task of their own after that in which the last were read.
  await new Promise((resolve) => setTimeout(resolve));
  const { compare } = new Intl.Collator(view.locale.peek() || undefined, { numeric: true });
  const sorted = articles
    .map((article) => ({ ...article, title: visibleText(article.title) }))
    .toSorted((one, other) => compare(one.title, other.title));
  return { articles: sorted, total };
}
