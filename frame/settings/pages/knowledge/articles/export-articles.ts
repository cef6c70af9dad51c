import type { SavedArticle } from '../../../../../shared/knowledge-api.ts';
import { AdminApiError, sentenceOf } from '../../../api/admin-api-error.ts';
import { getArticle } from '../../../api/knowledge.ts';
import { downloadFile } from '../../../ui/download.ts';
import type { View } from '../../../view.ts';
import { sleepSeconds } from '../sleep-seconds.ts';

/** Reads every article and hands the admin one zip of them; `onRead` hears how many are read. */
export async function exportArticles(
  view: View,
  slugs: readonly string[],
  onRead: (count: number) => void,
): Promise<void> {
  try {
    const articles: SavedArticle[] = [];
    for (const [at, slug] of slugs.entries()) {
      const article = await readPatiently(view, slug);
      if (article !== undefined) articles.push(article);
      onRead(at + 1);
    }
    const { zipArticles } = await view.importLater('zip-articles', () => import('../zip-articles.ts'));
    downloadFile(`knowledge-${new Date(view.now()).toISOString().slice(0, 10)}.zip`, zipArticles(articles));
  } catch (error) {
    view.notify(sentenceOf(error), { tone: 'danger' });
  }
}

/** `undefined` for one that somebody deleted meanwhile. */
async function readPatiently(view: View, slug: string): Promise<SavedArticle | undefined> {
  for (;;) {
    try {
      return await getArticle(view.api, slug);
    } catch (error) {
      const code = error instanceof AdminApiError ? error.code : undefined;
      if (code === 'ARTICLE_NOT_FOUND') return undefined;
      if (!(error instanceof AdminApiError) || code !== 'RATE_LIMITED') throw error;
      await sleepSeconds(Math.max(1, error.retryAfterSeconds));
    }
  }
}
