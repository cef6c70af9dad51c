import type { SavedArticle } from '../../../../../shared/knowledge-api.ts';
import { visibleText } from '../../../../markdown/visible-text.ts';
import { WordDifference } from '../../../changes/change-list.tsx';
import { Button } from '../../../ui/button.tsx';
import { Notice, Time } from '../../../ui/marks.tsx';
import type { View } from '../../../view.ts';
import { ArticleText } from '../article-text.tsx';
import { freeSlug } from '../slug.ts';
import type { ArticleEdit } from './article-edit.ts';

/** Comparing longer texts word by word would hold up the page. */
const MOST_COMPARED_CHARACTERS = 30_000;

/** Somebody else saved meanwhile: who, when and what; the admin takes theirs or keeps what was typed. */
export function ArticleConflictNotice({ view, edit }: { view: View; edit: ArticleEdit }) {
  const conflict = edit.conflict.value;
  if (conflict === undefined) return null;
  const { current } = conflict;
  if (current === undefined) return <Deleted view={view} edit={edit} />;
  const isNew = edit.base.value === undefined;
  const who = (
    <>
      <bdi>{visibleText(current.savedBy.subject)}</bdi> saved it <Time at={current.savedAt} formats={view.formats} />.
    </>
  );
  const takenSlugs = new Set([current.slug]);
  return (
    <div class="article-conflict">
      <Notice
        tone="warn"
        heading={isNew ? `There is an article named “${current.slug}” already` : 'Somebody else saved this article'}
        actions={
          <>
            <Button onClick={() => edit.take(current)}>{isNew ? 'Open theirs' : 'Take theirs'}</Button>
            {isNew && (
              <Button
                onClick={() => {
                  edit.set(
                    'slug',
                    freeSlug(current.slug, (slug) => takenSlugs.has(slug)),
                  );
                  edit.dismissConflict();
                }}
              >
                Use another name
              </Button>
            )}
            <Button onClick={edit.keepMine}>{isNew ? 'Replace it with mine' : 'Keep mine'}</Button>
          </>
        }
      >
        {who} What you wrote is safe below. From theirs to yours:
      </Notice>
      <div class="card conflict-texts">
        <Difference view={view} theirs={current} mine={edit.fields.value} />
      </div>
    </div>
  );
}

type DifferenceProps = {
  readonly view: View;
  readonly theirs: SavedArticle;
  readonly mine: { readonly title: string; readonly body: string };
};

function Difference({ view, theirs, mine }: DifferenceProps) {
  const isLong = theirs.body.length + mine.body.length > MOST_COMPARED_CHARACTERS;
  return (
    <>
      {theirs.title !== mine.title && (
        <WordDifference
          before={visibleText(theirs.title)}
          after={visibleText(mine.title)}
          importLater={view.importLater}
        />
      )}
      {isLong ? (
        <ArticleText text={theirs.body} />
      ) : (
        <WordDifference
          before={visibleText(theirs.body)}
          after={visibleText(mine.body)}
          importLater={view.importLater}
        />
      )}
    </>
  );
}

function Deleted({ view, edit }: { view: View; edit: ArticleEdit }) {
  return (
    <Notice
      tone="warn"
      heading="Somebody else deleted this article"
      actions={
        <>
          <Button
            onClick={() => {
              const { value } = edit.base;
              if (value !== undefined) edit.take(value);
              void view.go('knowledge');
            }}
          >
            Let it go
          </Button>
          <Button onClick={edit.keepMine}>Keep mine</Button>
        </>
      }
    >
      What you wrote is safe below. Keep it, and the next save makes the article again.
    </Notice>
  );
}
