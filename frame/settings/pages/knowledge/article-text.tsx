import { MarkdownView } from '../../../markdown/markdown-view.tsx';
import type { Scene } from '../../../markdown/scene.ts';
import markdown from '../../../styles/markdown.css' with { type: 'text' };
import { addStyles } from '../../ui/add-styles.ts';

addStyles(markdown);

/** No site is around it: every link shows where it leads before it opens. */
const SCENE: Scene = { citations: [], isGrowing: false, siteOrigin: '', onCite: () => {} };

/** Markdown as the chat draws it, by the same code: nothing in it can become markup. */
export function ArticleText({ text }: { text: string }) {
  return (
    <div class="article-text">
      <MarkdownView text={text} scene={SCENE} />
    </div>
  );
}
