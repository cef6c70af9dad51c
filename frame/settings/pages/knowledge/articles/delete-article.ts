import type { SavedArticle } from '../../../../../shared/knowledge-api.ts';
import { sentenceOf } from '../../../api/admin-api-error.ts';
import { deleteArticle, getArticle, saveArticle } from '../../../api/knowledge.ts';
import type { View } from '../../../view.ts';

const UNDO_SECONDS = 20;

/**
 * Deletes an article and offers to take that back, which saves it again. Its text is fetched first: there would be
 * nothing to save else. Answers whether it is gone.
 */
export async function deleteWithUndo(
  view: View,
  { slug, version }: Pick<SavedArticle, 'slug' | 'version'>,
): Promise<boolean> {
  try {
    const article = await getArticle(view.api, slug);
    await deleteArticle(view.api, slug, version);
    view.notify(`“${article.title}” is deleted. The assistant does not know it any more.`, {
      seconds: UNDO_SECONDS,
      action: { label: 'Undo', run: () => void saveAgain(view, article) },
    });
    return true;
  } catch (error) {
    view.notify(sentenceOf(error), { tone: 'danger' });
    return false;
  } finally {
    void view.resources.reload('articles');
  }
}

async function saveAgain(view: View, article: SavedArticle): Promise<void> {
  const { slug, title, body, url } = article;
  try {
    const content = { title, body, ...(url !== undefined && { url }) };
    const saved = await saveArticle(view.api, slug, { ...content, expectedVersion: 0 });
    view.resources.put(`article ${slug}`, saved);
    view.notify(`“${title}” is back.`);
  } catch (error) {
    view.notify(sentenceOf(error), {
      tone: 'danger',
      seconds: UNDO_SECONDS,
      action: { label: 'Try again', run: () => void saveAgain(view, article) },
    });
  }
  void view.resources.reload('articles');
}
