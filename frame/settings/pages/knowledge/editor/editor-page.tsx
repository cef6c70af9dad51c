import type { SavedArticle } from '../../../../../shared/knowledge-api.ts';
import { AdminApiError } from '../../../api/admin-api-error.ts';
import { getArticle } from '../../../api/knowledge.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import type { View } from '../../../view.ts';
import { ArticleEditor } from './article-editor.tsx';

type Props = {
  readonly view: View;
  /** `undefined` for a new article. */
  readonly slug: string | undefined;
  readonly firstTitle: string;
};

/** One article, once its text has come. */
export function EditorPage({ view, slug, firstTitle }: Props) {
  if (slug === undefined) return <ArticleEditor view={view} article={undefined} firstTitle={firstTitle} />;
  return <SavedArticlePage view={view} slug={slug} />;
}

function SavedArticlePage({ view, slug }: { view: View; slug: string }) {
  const { resources } = view;
  const name = `article ${slug}`;
  const { answer, ...rest } = resources.use<SavedArticle>(name, () => getArticle(view.api, slug)).value;
  if (answer !== undefined) return <ArticleEditor view={view} article={answer} firstTitle="" />;
  if (rest.error instanceof AdminApiError && ['ARTICLE_NOT_FOUND', 'INVALID_REQUEST'].includes(rest.error.code)) {
    return (
      <EmptyState
        heading={`There is no article named “${slug}”`}
        actions={<Button onClick={() => void view.go('knowledge')}>All articles</Button>}
      >
        It was deleted, or never was one.
      </EmptyState>
    );
  }
  return <Loading resource={{ answer, ...rest }} onRetry={() => void resources.reload(name)} rows={8} />;
}
