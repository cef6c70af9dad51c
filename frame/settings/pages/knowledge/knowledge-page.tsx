import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { listUnanswered } from '../../api/knowledge.ts';
import { TitleActions } from '../../shell/title-bar.tsx';
import { addStyles } from '../../ui/add-styles.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import type { View } from '../../view.ts';
import { ArticleList } from './articles/article-list.tsx';
import { listByTitle } from './articles/list-by-title.ts';
import { EditorPage } from './editor/editor-page.tsx';
import { ImportPanel } from './import/import-panel.tsx';
import { useDroppedFiles } from './import/use-dropped-files.ts';
import { useImport } from './import/use-import.ts';
import rules from './knowledge.css' with { type: 'text' };
import { Ask } from './questions/ask.tsx';
import { UnansweredList } from './questions/unanswered-list.tsx';

addStyles(rules);

/** The route of an article that is not saved yet. No article can be called so. */
const NEW = '_new';

type TabName = 'articles' | 'ask' | 'unanswered';

/** What the assistant may cite; `knowledge/opening-hours` is one article of it. */
export function KnowledgePage({ view }: { view: View }) {
  const tab = useSignal<TabName>('articles');
  const search = useSignal('');
  const wantedTitle = useSignal('');
  const imported = useImport(view);
  const reason = view.reasonAgainst('knowledge:write');
  useDroppedFiles((files) => {
    if (reason !== undefined) view.notify(reason, { tone: 'danger' });
    else imported.add(files);
  });

  // The name is asked for when the page of the new article opens, and never again.
  const rest = view.rest.value;
  const firstTitle = useMemo(() => (rest === NEW ? wantedTitle.peek() : ''), [rest, wantedTitle]);
  useEffect(() => {
    if (rest !== NEW) wantedTitle.value = '';
  }, [rest, wantedTitle]);

  if (view.published.value.version === 0) {
    return (
      <EmptyState heading="There is no widget yet">
        The first publish makes it. From then on it can be given articles.
      </EmptyState>
    );
  }
  if (rest !== '') {
    const slug = rest === NEW ? undefined : rest;
    return <EditorPage key={rest} view={view} slug={slug} firstTitle={firstTitle} />;
  }

  function write(title: string): void {
    wantedTitle.value = title;
    void view.go(`knowledge/${NEW}`);
  }

  return (
    <>
      <TitleActions>
        <Button kind="primary" reason={reason} onClick={() => write('')}>
          New article
        </Button>
      </TitleActions>
      <KnowledgeTabs view={view} tab={tab}>
        {tab.value === 'articles' && (
          <div class="section">
            <ImportPanel view={view} imported={imported} />
            <Articles view={view} search={search} onImport={imported.add} />
          </div>
        )}
        {tab.value === 'ask' && <Ask view={view} />}
        {tab.value === 'unanswered' && <UnansweredList view={view} onWrite={write} />}
      </KnowledgeTabs>
    </>
  );
}

type TabsProps = { readonly view: View; readonly tab: Signal<TabName>; readonly children: preact.ComponentChildren };

function KnowledgeTabs({ view, tab, children }: TabsProps) {
  const unanswered = view.resources.use('unanswered', () => listUnanswered(view.api)).value;
  const count = unanswered.answer?.questions.length ?? 0;
  return (
    <div class="knowledge">
      <Tabs
        label="Knowledge"
        tabs={[
          { value: 'articles', label: 'Articles' },
          { value: 'ask', label: 'Ask as a visitor would' },
          { value: 'unanswered', label: count > 0 ? `Found nothing (${count})` : 'Found nothing' },
        ]}
        value={tab.value}
        onSelect={(name) => {
          tab.value = name;
        }}
      >
        {children}
      </Tabs>
    </div>
  );
}

type ArticlesProps = {
  readonly view: View;
  readonly search: Signal<string>;
  readonly onImport: (files: readonly File[]) => void;
};

function Articles({ view, search, onImport }: ArticlesProps) {
  const { resources } = view;
  const articles = resources.use('articles', () => listByTitle(view)).value;
  if (articles.answer === undefined) {
    return <Loading resource={articles} onRetry={() => void resources.reload('articles')} />;
  }
  return <ArticleList view={view} knowledge={articles.answer} search={search} onImport={onImport} />;
}
