import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { ARTICLE_MAX_BYTES, type SavedArticle } from '../../../../../shared/knowledge-api.ts';
import { visibleText } from '../../../../markdown/visible-text.ts';
import { BACK } from '../../../../ui/late-icons.ts';
import { sentenceOf } from '../../../api/admin-api-error.ts';
import { TitleActions } from '../../../shell/title-bar.tsx';
import { addStyles } from '../../../ui/add-styles.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorSummary, focusField } from '../../../ui/error-summary.tsx';
import { Locked } from '../../../ui/locked.tsx';
import { Notice, Time } from '../../../ui/marks.tsx';
import { Columns } from '../../../ui/section.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import type { View } from '../../../view.ts';
import { deleteWithUndo } from '../articles/delete-article.ts';
import { bytesInWords } from '../size-in-words.ts';
import { ArticleBody } from './article-body.tsx';
import { ArticleConflictNotice } from './article-conflict.tsx';
import { type ArticleEdit, createArticleEdit } from './article-edit.ts';
import type { ArticleField } from './article-fields.ts';
import rules from './editor.css' with { type: 'text' };

addStyles(rules);

type Props = { readonly view: View; readonly article: SavedArticle | undefined; readonly firstTitle: string };

const LABELS: Readonly<Record<ArticleField, string>> = {
  title: 'Title',
  slug: 'Name',
  url: 'Address',
  body: 'Text',
};

/** Writes one article. What was typed outlives a failed save, a conflict, and a click on another page. */
export function ArticleEditor({ view, article, firstTitle }: Props) {
  const edit = useMemo(() => createArticleEdit(view, article, firstTitle), [view, firstTitle]);
  useEffect(() => edit.dispose, [edit]);
  // A newer version than the one that was shown from memory: taken as long as nothing was typed over the old one.
  useEffect(() => {
    const known = edit.base.value;
    if (article !== undefined && article.version !== known?.version && !edit.isDirty.value) edit.take(article);
  }, [article, edit]);

  const hasTried = useSignal(0);
  const problems = edit.problems.value;
  const wrong = Object.entries(problems) as [ArticleField, string][];
  const reason = view.reasonAgainst('knowledge:write');

  async function save(): Promise<void> {
    hasTried.value++;
    if (wrong.length > 0) return;
    const isNew = edit.base.value === undefined;
    const saved = await edit.save();
    if (saved === undefined) return;
    hasTried.value = 0;
    view.resources.put(`article ${saved.slug}`, saved);
    void view.resources.reload('articles');
    view.notify('Saved. The assistant knows it from now on.');
    if (isNew && !edit.isDirty.value) void view.go(`knowledge/${saved.slug}`, { isReplaced: true });
  }

  return (
    <Locked reason={reason}>
      <TitleActions>
        <Button
          kind="primary"
          isBusy={edit.isSaving.value}
          reason={reason ?? (edit.isDirty.value ? undefined : 'Nothing has changed since the last save.')}
          onClick={() => void save()}
        >
          Save article
        </Button>
      </TitleActions>
      <div class="section article-editor">
        <EditorHead view={view} edit={edit} />
        {hasTried.value > 0 && wrong.length > 0 && (
          <ErrorSummary
            key={hasTried.value}
            heading="The article is not saved yet"
            problems={wrong.map(([field, message]) => ({
              label: LABELS[field],
              message,
              onFollow: () => focusField(`article.${field}`),
            }))}
          />
        )}
        {edit.error.value !== undefined && (
          <Notice tone="danger" heading="The article is not saved yet">
            {sentenceOf(edit.error.value)} What you wrote is still here.
          </Notice>
        )}
        <ArticleConflictNotice view={view} edit={edit} />
        <Fields view={view} edit={edit} hasTried={hasTried.value > 0} />
      </div>
    </Locked>
  );
}

function EditorHead({ view, edit }: { view: View; edit: ArticleEdit }) {
  const saved = edit.base.value;

  async function remove(): Promise<void> {
    if (saved === undefined || !(await deleteWithUndo(view, saved))) return;
    // What was typed goes with the article.
    edit.take(saved);
    await view.go('knowledge');
  }

  return (
    <div class="editor-head">
      <Locked reason={undefined}>
        <Button kind="bare" shape={BACK} onClick={() => void view.go('knowledge')}>
          All articles
        </Button>
      </Locked>
      <span class="editor-saved">
        {saved === undefined ? (
          'Not saved yet'
        ) : (
          <>
            Saved <Time at={saved.savedAt} formats={view.formats} /> by <bdi>{visibleText(saved.savedBy.subject)}</bdi>
          </>
        )}
      </span>
      {saved !== undefined && (
        <Button kind="bare" onClick={() => void remove()}>
          Delete
        </Button>
      )}
    </div>
  );
}

function Fields({ view, edit, hasTried }: { view: View; edit: ArticleEdit; hasTried: boolean }) {
  const fields = edit.fields.value;
  const problems = edit.problems.value;
  const { number } = view.formats.value;
  // A field that is still empty is no mistake before the first try to save.
  const fieldOf = (field: ArticleField) => ({
    label: LABELS[field],
    path: `article.${field}`,
    value: fields[field],
    error: hasTried || fields[field] !== '' ? problems[field] : undefined,
    onInput: (text: string) => edit.set(field, text),
  });
  const isNew = edit.base.value === undefined;
  const bytes = new TextEncoder().encode(fields.body).length;
  return (
    <>
      <TextField {...fieldOf('title')} help="Visitors see it as the source of an answer." />
      <Columns>
        <TextField
          {...fieldOf('slug')}
          isCode
          help={isNew ? 'Unique among your articles, such as “opening-hours”.' : 'It stays as it is.'}
          {...(!isNew && { reason: 'The name of a saved article stays.' })}
        />
        <TextField
          {...fieldOf('url')}
          isCode
          placeholder="https://"
          help="Where visitors can read on. Without one, a source shows its passage only."
        />
      </Columns>
      <ArticleBody
        {...fieldOf('body')}
        help={`${bytesInWords(bytes, number)} of ${bytesInWords(ARTICLE_MAX_BYTES, number)}. Markdown: # heading, **bold**, - list, [words](https://…).`}
      />
    </>
  );
}
