import { createCodeSpans } from './code-spans.ts';
import { EmphasisStack } from './emphasis-stack.ts';
import type { Inline } from './inline.ts';
import { measureReference, readAutolink, readDestination } from './link-source.ts';

type Options = {
  /** Text that still grows: a mark without its end counts as if the end came last, so that nothing flips later. */
  readonly isGrowing?: boolean;
  /** Inside a link's words there are no links. */
  readonly isLinkText?: boolean;
};

type Line = Required<Options> & {
  readonly source: string;
  readonly stack: EmphasisStack;
  readonly codeSpans: ReturnType<typeof createCodeSpans>;
  /** Where the bracket that opens at a position closes. */
  readonly brackets: ReadonlyMap<number, number>;
};

/** Adds what stands at `at` and answers how many characters it took: 0 if the character is only itself. */
type Reader = (line: Line, at: number) => number;

const READERS: Readonly<Record<string, Reader>> = {
  '\\': readEscape,
  '`': readCode,
  '*': readMarks,
  _: readMarks,
  '~': readMarks,
  '!': readImage,
  '[': readBracket,
  '<': readLink,
  h: readLink,
  '\n': ({ stack }) => stack.add({ type: 'break' }, 1),
};
const NEXT_SPECIAL = /[\\`*_~![<\n]|https?:\/\//g;

/** More marks than this in one paragraph are noise; the rest stays plain text, so that drawing it stays quick. */
const MOST_MARKS = 1_000;

/**
 * Reads what runs inside the lines of a paragraph: emphasis, code, links, citations such as `[1]`, line breaks. An image
 * becomes the words `[image: alt]`; HTML stays text. One pass, no backtracking over the text, so a megabyte of brackets
 * takes as long as a megabyte of letters.
 */
export function parseInline(
  source: string,
  { isGrowing = false, isLinkText = false }: Options = {},
): readonly Inline[] {
  const stack = new EmphasisStack();
  const codeSpans = createCodeSpans(source);
  const line: Line = { source, stack, codeSpans, brackets: matchBrackets(source), isGrowing, isLinkText };
  for (let at = 0, marks = 0; at < source.length; marks++) {
    NEXT_SPECIAL.lastIndex = at;
    const match = marks < MOST_MARKS ? NEXT_SPECIAL.exec(source) : null;
    const special = match?.index ?? source.length;
    if (special > at) at += stack.addText(source.slice(at, special), special - at);
    const character = source[at];
    if (character !== undefined) at += READERS[character]?.(line, at) || stack.addText(character, 1);
  }
  return stack.finish(isGrowing);
}

function readEscape({ source, stack }: Line, at: number): number {
  const next = source[at + 1] ?? '';
  if (next === '\n') return stack.add({ type: 'break' }, 2);
  return /[!-/:-@[-`{-~]/.test(next) ? stack.addText(next, 2) : 0;
}

function readMarks({ source, stack }: Line, at: number): number {
  return stack.takeMarks(source, at);
}

function readCode({ source, stack, codeSpans, isGrowing }: Line, at: number): number {
  const span = codeSpans.spanAt(at);
  if (span !== undefined) return stack.add({ type: 'code', text: span.text }, span.length);
  const run = codeSpans.runAt(at);
  if (isGrowing) return stack.add({ type: 'code', text: source.slice(at + run) }, source.length - at);
  return stack.addText('`'.repeat(run), run);
}

function readImage({ source, stack, brackets }: Line, at: number): number {
  const end = brackets.get(at + 1);
  if (end === undefined) return 0;
  const target = readDestination(source, end + 1)?.length ?? measureReference(source, end + 1);
  return stack.addText(`[image: ${source.slice(at + 2, end)}]`, end + 1 + target - at);
}

const CITATION = /\[(\d{1,2})\](?!\()/y;
const LONGEST_LINK_TEXT = 1_000;

function readBracket({ source, stack, brackets, isLinkText }: Line, at: number): number {
  CITATION.lastIndex = at;
  const number = CITATION.exec(source)?.[1];
  if (number !== undefined) return stack.add({ type: 'citation', number: Number(number) }, number.length + 2);
  const end = isLinkText ? undefined : brackets.get(at);
  if (end === undefined || end - at > LONGEST_LINK_TEXT) return 0;
  const destination = readDestination(source, end + 1);
  if (destination === undefined) return 0;
  const children = parseInline(source.slice(at + 1, end), { isLinkText: true });
  return stack.add({ type: 'link', href: destination.href, children }, end + 1 + destination.length - at);
}

function readLink({ source, stack, isLinkText }: Line, at: number): number {
  const link = isLinkText ? undefined : readAutolink(source, at);
  if (link === undefined) return 0;
  return stack.add({ type: 'link', href: link.href, children: [{ type: 'text', text: link.href }] }, link.length);
}

/** Finds every pair at once, so that many brackets that never close cost no more than one. */
function matchBrackets(source: string): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (const { 0: bracket, index } of source.matchAll(/\\.|[[\]]/gs)) {
    if (bracket === '[') open.push(index);
    else if (bracket === ']') pairs.set(open.pop() ?? -1, index);
  }
  return pairs;
}
