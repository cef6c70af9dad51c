import { type Signal, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import * as strings from '../ui/strings.ts';
import { type Inline, plainText } from './inline.ts';
import { checkLink, type LinkTarget } from './link-target.ts';
import { LinkStrip, LinkView } from './link-view.tsx';
import { parseInline } from './parse-inline.ts';
import type { Scene } from './scene.ts';

type InlineViewProps = {
  readonly source: string;
  readonly scene: Scene;
  /** The text ends here for now, and grows. */
  readonly isEnd: boolean;
};

type Drawing = {
  readonly scene: Scene;
  /** The link whose address the visitor wants to see first; none where there is no link. */
  readonly asked: Signal<LinkTarget | undefined> | undefined;
};

/** A line of Markdown as elements. */
export function InlineView({ source, scene, isEnd }: InlineViewProps) {
  const inlines = parseInline(source, { isGrowing: isEnd });
  // Most lines have no link, and then need no state: long replies are drawn quicker.
  if (!hasLink(inlines)) return drawAll(inlines, { scene, asked: undefined });
  return <LineWithLinks inlines={inlines} scene={scene} />;
}

/** The address of a link shows after the line, so that the line stays whole. */
function LineWithLinks({ inlines, scene }: { inlines: readonly Inline[]; scene: Scene }) {
  const asked = useSignal<LinkTarget | undefined>(undefined);
  return (
    <>
      {drawAll(inlines, { scene, asked })}
      {asked.value && <LinkStrip target={asked.value} />}
    </>
  );
}

function hasLink(inlines: readonly Inline[]): boolean {
  return inlines.some((inline) => inline.type === 'link' || ('children' in inline && hasLink(inline.children)));
}

function drawAll(inlines: readonly Inline[], drawing: Drawing): ComponentChildren {
  return inlines.map((inline) => draw(inline, drawing));
}

function draw(inline: Inline, drawing: Drawing): ComponentChildren {
  switch (inline.type) {
    case 'text':
      return inline.text;
    case 'strong':
      return <strong>{drawAll(inline.children, drawing)}</strong>;
    case 'emphasis':
      return <em>{drawAll(inline.children, drawing)}</em>;
    case 'strike':
      return <s>{drawAll(inline.children, drawing)}</s>;
    case 'code':
      return <code dir="ltr">{inline.text}</code>;
    case 'break':
      return <br />;
    case 'citation':
      return drawCitation(inline.number, drawing.scene);
    case 'link':
      return drawLink(inline, drawing);
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

function drawLink({ href, children }: Extract<Inline, { type: 'link' }>, drawing: Drawing): ComponentChildren {
  const words = plainText(children);
  const target = checkLink(href, words, drawing.scene.siteOrigin);
  if (target === undefined || drawing.asked === undefined) return drawAll(children, drawing);
  return (
    <LinkView target={target} hasHost={words.includes(target.host)} asked={drawing.asked}>
      {drawAll(children, drawing)}
    </LinkView>
  );
}
