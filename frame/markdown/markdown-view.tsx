import { useMemo } from 'preact/hooks';
import * as strings from '../ui/strings.ts';
import type { Block } from './block.ts';
import { BlockView } from './block-view.tsx';
import { withoutUnsettledEnd } from './held-back.ts';
import { parseBlocks } from './parse-blocks.ts';
import type { Scene } from './scene.ts';
import { visibleText } from './visible-text.ts';

/** What comes after so many lines is shown as it is written: nobody reads it, and drawing it must not take long. */
const MOST_LINES = 1_000;

/**
 * Draws Markdown as elements, text by text: nothing in it can become markup. While it grows, blocks that have not
 * changed are not drawn again, and the caret stands at the end of the last one.
 */
export function MarkdownView({ text, scene }: { text: string; scene: Scene }) {
  const { isGrowing } = scene;
  const shown = visibleText(text);
  const lines = (isGrowing ? withoutUnsettledEnd(shown) : shown).split('\n');
  const blocks = parseBlocks(lines.slice(0, MOST_LINES));
  if (lines.length > MOST_LINES) blocks.push({ type: 'code', text: lines.slice(MOST_LINES).join('\n') });
  return (
    <div class="markdown">
      {blocks.map((block, index) => (
        <SettledBlock key={index} block={block} scene={scene} isEnd={isGrowing && index === blocks.length - 1} />
      ))}
      {isGrowing && blocks.length === 0 && <Caret />}
    </div>
  );
}

type SettledBlockProps = { readonly block: Block; readonly scene: Scene; readonly isEnd: boolean };

function SettledBlock({ block, scene, isEnd }: SettledBlockProps) {
  const source = JSON.stringify(block);
  return useMemo(
    () => <BlockView block={block} scene={scene} end={isEnd ? <Caret /> : undefined} />,
    [source, scene, isEnd],
  );
}

function Caret() {
  return <span class="caret" role="img" aria-label={strings.answering} />;
}
