import { useEffect, useMemo } from 'preact/hooks';
import { listArticles, saveArticle } from '../../../api/knowledge.ts';
import type { View } from '../../../view.ts';
import { sleepSeconds } from '../sleep-seconds.ts';
import { createImport, type Import } from './create-import.ts';

/** The import of the page: it goes on while articles are read, and ends with the page. */
export function useImport(view: View): Import {
  const imported = useMemo(() => {
    const articles = view.resources.use('articles', () => listArticles(view.api));
    return createImport({
      versions: () => new Map(articles.peek().answer?.articles.map(({ slug, version }) => [slug, version])),
      save: (slug, body) => saveArticle(view.api, slug, body),
      async toMarkdown(html) {
        const { htmlToMarkdown } = await view.importLater('html-to-markdown', () => import('./html-to-markdown.ts'));
        return htmlToMarkdown(html);
      },
      sleep: sleepSeconds,
      onDone: () => void view.resources.reload('articles'),
    });
  }, [view]);

  useEffect(() => {
    const letGo = view.unsaved.holdWhile(
      'the files you import',
      () => imported.isRunning.value || imported.files.value.some(({ state }) => state.kind === 'taken'),
    );
    return () => {
      letGo();
      imported.stop();
    };
  }, [imported, view]);
  return imported;
}
