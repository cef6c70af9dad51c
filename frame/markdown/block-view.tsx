import type { ComponentChildren, VNode } from 'preact';
import type { Block } from './block.ts';
import { InlineView } from './inline-view.tsx';
import type { Scene } from './scene.ts';

type BlockViewProps<B extends Block = Block> = {
  readonly block: B;
  readonly scene: Scene;
  /** Stands at the very end of the last block: the caret of a reply that still grows. */
  readonly end: VNode | undefined;
};

/** One block as elements. The direction of each follows its own words. */
export function BlockView({ block, scene, end }: BlockViewProps) {
  switch (block.type) {
    case 'paragraph':
      return <p dir="auto">{line(block.source, scene, end)}</p>;
    case 'heading': {
      // The panel's own headings are the first two levels.
      const Heading = block.level < 3 ? 'h3' : 'h4';
      return <Heading dir="auto">{line(block.source, scene, end)}</Heading>;
    }
    case 'code':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
        <pre dir="ltr" tabIndex={0}>
          <code>{block.text}</code>
          {end}
        </pre>
      );
    case 'quote':
      return <blockquote dir="auto">{draw(block.blocks, scene, end)}</blockquote>;
    case 'list':
      return <ListView block={block} scene={scene} end={end} />;
    case 'table':
      return <TableView block={block} scene={scene} end={end} />;
    case 'rule':
      return (
        <>
          <hr />
          {end}
        </>
      );
    default:
      return block satisfies never;
  }
}

function draw(blocks: readonly Block[], scene: Scene, end: VNode | undefined): ComponentChildren {
  if (blocks.length === 0) return end;
  return blocks.map((block, index) => (
    <BlockView key={index} block={block} scene={scene} end={index === blocks.length - 1 ? end : undefined} />
  ));
}

function line(source: string, scene: Scene, end: VNode | undefined): ComponentChildren {
  return (
    <>
      <InlineView source={source} scene={scene} isEnd={end !== undefined} />
      {end}
    </>
  );
}

function ListView({ block, scene, end }: BlockViewProps<Extract<Block, { type: 'list' }>>) {
  const { start, entries } = block;
  const lines = entries.map(([first, ...rest], index) => {
    const isLast = index === entries.length - 1;
    const entryEnd = isLast ? end : undefined;
    const isLine = first?.type === 'paragraph';
    return (
      <li key={index}>
        {isLine && line(first.source, scene, rest.length === 0 ? entryEnd : undefined)}
        {isLine ? rest.length > 0 && draw(rest, scene, entryEnd) : draw(first ? [first, ...rest] : [], scene, entryEnd)}
      </li>
    );
  });
  if (start === undefined) return <ul dir="auto">{lines}</ul>;
  return (
    <ol dir="auto" start={start}>
      {lines}
    </ol>
  );
}

function TableView({ block, scene, end }: BlockViewProps<Extract<Block, { type: 'table' }>>) {
  const { header, rows } = block;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
    <div class="wide" tabIndex={0}>
      <table dir="auto">
        <thead>
          <tr>
            {header.map((cell, column) => (
              <th key={column} scope="col">
                {line(cell, scene, undefined)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, column) => (
                <td key={column}>{line(cell, scene, undefined)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {end}
    </div>
  );
}
