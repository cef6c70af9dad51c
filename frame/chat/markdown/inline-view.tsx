import type { ComponentChildren } from 'preact';
import * as strings from '../../ui/strings.ts';
import { type Inline, plainText } from './inline.ts';
import { checkLink } from './link-target.ts';
import { LinkView } from './link-view.tsx';
import { parseInline } from './parse-inline.ts';
import type { Scene } from './scene.ts';

type InlineViewProps = {
  readonly source: string;
  readonly scene: Scene;
  /** The text ends here for now, and grows. */
  readonly isEnd: boolean;
};

/** A line of Markdown as elements. */
export function InlineView({ source, scene, isEnd }: InlineViewProps) {
  return <>{drawAll(parseInline(source, { isGrowing: isEnd }), scene)}</>;
}

function drawAll(inlines: readonly Inline[], scene: Scene): ComponentChildren {
  return inlines.map((inline) => draw(inline, scene));
}

function draw(inline: Inline, scene: Scene): ComponentChildren {
  switch (inline.type) {
    case 'text':
      return inline.text;
    case 'strong':
      return <strong>{drawAll(inline.children, scene)}</strong>;
    case 'emphasis':
      return <em>{drawAll(inline.children, scene)}</em>;
    case 'strike':
      return <s>{drawAll(inline.children, scene)}</s>;
    case 'code':
      return <code dir="ltr">{inline.text}</code>;
    case 'break':
      return <br />;
    case 'citation':
      return drawCitation(inline.number, scene);
    case 'link':
      return drawLink(inline, scene);
    default:
      return inline satisfies never;
  }
}

/** A chip if there is such a source, or may still be; else the characters as they were written. */
function drawCitation(number: number, { citations, isGrowing, onCite }: Scene): ComponentChildren {
  const citation = citations.find((one) => one.number === number);
  if (citation === undefined) return isGrowing ? <span class="chip">{number}</span> : `[${number}]`;
  return (
    <button
      type="button"
      class="chip"
      aria-label={strings.source(number, citation.title)}
      onClick={() => onCite(number)}
    >
      {number}
    </button>
  );
}

function drawLink({ href, children }: Extract<Inline, { type: 'link' }>, scene: Scene): ComponentChildren {
  const words = plainText(children);
  const target = checkLink(href, words, scene.siteOrigin);
  if (target === undefined) return drawAll(children, scene);
  return <LinkView target={target} words={drawAll(children, scene)} hasHost={words.includes(target.host)} />;
}
