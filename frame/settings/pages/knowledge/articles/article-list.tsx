import { type Signal, useComputed, useSignal } from '@preact/signals';
import { useCallback, useEffect, useMemo } from 'preact/hooks';
import type { KnowledgeList } from '../../../../../shared/knowledge-api.ts';
import { visibleText } from '../../../../markdown/visible-text.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Progress, Time } from '../../../ui/marks.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { WindowedList } from '../../../ui/windowed-list.tsx';
import type { View } from '../../../view.ts';
import { FileButton } from '../import/file-button.tsx';
import { bytesInWords } from '../size-in-words.ts';
import { deleteWithUndo } from './delete-article.ts';
import { exportArticles } from './export-articles.ts';

type Knowledge = Omit<KnowledgeList, 'next'>;
type ListedArticle = Knowledge['articles'][number];

type Props = {
  readonly view: View;
  readonly knowledge: Knowledge;
  readonly search: Signal<string>;
  readonly onImport: (files: readonly File[]) => void;
};

const ROW_HEIGHT = 64;

/** Every article, as they are sorted, and how much room they use. Thousands of them scroll as smoothly as ten. */
export function ArticleList({ view, knowledge, search, onImport }: Props) {
  const { articles, total } = knowledge;
  const searched = useAfterPicture(search.value);
  const shown = useMemo(() => findArticles(articles, searched), [articles, searched]);
  const drawRow = useCallback((article: ListedArticle) => <ArticleRow view={view} article={article} />, [view]);

  if (articles.length === 0) {
    return (
      <EmptyState heading="The assistant knows nothing yet" actions={<ImportButton view={view} onImport={onImport} />}>
        Write the first article, or drop .md, .txt and .html files here. Answers come from articles, and cite them.
      </EmptyState>
    );
  }
  return (
    <>
      <div class="article-tools">
        <TextField
          label="Search titles and names"
          isLabelHidden
          placeholder="Search"
          value={search.value}
          onInput={(text) => {
            search.value = text;
          }}
        />
        <div class="actions">
          <ImportButton view={view} onImport={onImport} />
          <ExportButton view={view} slugs={articles.map(({ slug }) => slug)} />
        </div>
      </div>
      <Room view={view} total={total} />
      {shown.length === 0 ? (
        <EmptyState heading={`No article is called “${visibleText(searched)}”`}>
          The search looks at titles and names. “Ask as a visitor would” looks at the texts.
        </EmptyState>
      ) : (
        <div class="card article-list">
          <WindowedList
            label="Articles"
            rows={shown}
            keyOf={({ slug }) => slug}
            rowHeight={ROW_HEIGHT}
            seen={view.seen}
          >
            {drawRow}
          </WindowedList>
        </div>
      )}
      <p class="unseen" role="status">
        {searched === '' ? '' : `${view.formats.value.number(shown.length)} found`}
      </p>
    </>
  );
}

/** `value` as it was, until the picture with what belongs to it is there: what is typed shows before what it finds. */
function useAfterPicture<T>(value: T): T {
  const last = useSignal(value);
  useEffect(() => {
    last.value = value;
  }, [value, last]);
  return last.value;
}

/** Articles whose title or name has every word of `search` in it. */
function findArticles(articles: readonly ListedArticle[], search: string): readonly ListedArticle[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return articles;
  return articles.filter(({ title, slug }) => {
    const text = `${title} ${slug}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function ImportButton({ view, onImport }: Pick<Props, 'view' | 'onImport'>) {
  return (
    <FileButton reason={view.reasonAgainst('knowledge:write')} onChoose={onImport}>
      Import files
    </FileButton>
  );
}

function ExportButton({ view, slugs }: { view: View; slugs: readonly string[] }) {
  const read = useSignal<number | undefined>(undefined);
  const words = useComputed(() => (read.value === undefined ? 'Export' : `Reading ${read.value} of ${slugs.length}`));

  async function run(): Promise<void> {
    read.value = 0;
    await exportArticles(view, slugs, (count) => {
      read.value = count;
    });
    read.value = undefined;
  }

  return (
    <Button isBusy={read.value !== undefined} label="Export all articles as a zip" onClick={() => void run()}>
      {words.value}
    </Button>
  );
}

function Room({ view, total }: { view: View; total: Knowledge['total'] }) {
  const { number } = view.formats.value;
  const isMoreFull = total.articles / total.mostArticles > total.bytes / total.mostBytes;
  return (
    <div class="room">
      <span>
        {number(total.articles)} of {number(total.mostArticles)} articles, {bytesInWords(total.bytes, number)} of{' '}
        {bytesInWords(total.mostBytes, number)}
      </span>
      <Progress
        label="How much room is used"
        value={isMoreFull ? total.articles : total.bytes}
        most={isMoreFull ? total.mostArticles : total.mostBytes}
      />
    </div>
  );
}

function ArticleRow({ view, article }: { view: View; article: ListedArticle }) {
  const { slug, title, bytes, savedAt, savedBy, version } = article;
  return (
    <div class="article-row">
      <button type="button" class="article-open" onClick={() => void view.go(`knowledge/${slug}`)}>
        <bdi class="article-title">{title}</bdi>
        <span class="article-slug">{slug}</span>
      </button>
      <span class="article-size">{bytesInWords(bytes, view.formats.value.number)}</span>
      <span class="article-saved" title={`Saved by ${savedBy.subject}`}>
        <Time at={savedAt} formats={view.formats} />
      </span>
      <Button
        kind="bare"
        label={`Delete ${title}`}
        reason={view.reasonAgainst('knowledge:write')}
        onClick={() => void deleteWithUndo(view, { slug, version })}
      >
        Delete
      </Button>
    </div>
  );
}
