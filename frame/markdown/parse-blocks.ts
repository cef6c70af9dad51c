import { type Block, isBlank, type ParsedBlock } from './block.ts';
import { parseList } from './parse-list.ts';
import { parseTable } from './parse-table.ts';

/** Quotes and lists inside each other: deeper ones are drawn at this depth. */
const DEEPEST = 6;

/**
 * Reads the blocks of Markdown that models write (https://spec.commonmark.org, and GitHub's tables). It is a subset on
 * purpose: HTML, images, reference definitions and indented code do not exist and stay text. Every line is looked at a
 * fixed number of times per level, and levels are bounded, so the time grows with the length only.
 */
export function parseBlocks(lines: readonly string[], depth = 0): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    if (isBlank(lines[at])) {
      at++;
      continue;
    }
    const { block, next } =
      parseFence(lines, at) ??
      parseHeading(lines, at) ??
      parseRule(lines, at) ??
      parseQuote(lines, at, depth) ??
      (depth < DEEPEST ? parseList(lines, at, (inner) => parseBlocks(inner, depth + 1)) : undefined) ??
      parseTable(lines, at) ??
      parseParagraph(lines, at, depth);
    blocks.push(block);
    at = next;
  }
  return blocks;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** A fence that is not closed yet runs to the end: a reply that still streams looks like what it will be. */
function parseFence(lines: readonly string[], at: number): ParsedBlock | undefined {
  const fence = FENCE.exec(lines[at] ?? '')?.[1];
  if (fence === undefined) return undefined;
  const isClosing = (line: string) => line.trim().startsWith(fence) && line.trim().length <= fence.length + 2;
  let end = at + 1;
  while (end < lines.length && !isClosing(lines[end] ?? '')) end++;
  return { block: { type: 'code', text: lines.slice(at + 1, end).join('\n') }, next: end + 1 };
}

function parseHeading(lines: readonly string[], at: number): ParsedBlock | undefined {
  const marks = /^ {0,3}(#{1,6})(?:[ \t]|$)/.exec(lines[at] ?? '')?.[1];
  if (marks === undefined) return undefined;
  const source = (lines[at] ?? '').trim().slice(marks.length).trim();
  return { block: { type: 'heading', level: marks.length, source }, next: at + 1 };
}

const RULE = /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/;

function parseRule(lines: readonly string[], at: number): ParsedBlock | undefined {
  return RULE.test(lines[at] ?? '') ? { block: { type: 'rule' }, next: at + 1 } : undefined;
}

const QUOTE_MARK = /^ {0,3}> ?/;
/** At the deepest level the marks that are left go at once, however many they are. */
const QUOTE_MARKS = /^[ >]*/;

function parseQuote(lines: readonly string[], at: number, depth: number): ParsedBlock | undefined {
  let next = at;
  while (QUOTE_MARK.test(lines[next] ?? '')) next++;
  if (next === at) return undefined;
  const isDeepest = depth + 1 >= DEEPEST;
  const inner = lines.slice(at, next).map((line) => line.replace(isDeepest ? QUOTE_MARKS : QUOTE_MARK, ''));
  return { block: { type: 'quote', blocks: parseBlocks(inner, depth + 1) }, next };
}

const OTHER_START = /^ {0,3}(?:`{3,}|~{3,}|#{1,6}[ \t]|>|[-*+] +\S|1[.)] +\S)/;

function parseParagraph(lines: readonly string[], at: number, depth: number): ParsedBlock {
  let next = at + 1;
  const isEnd = (line: string) => isBlank(line) || RULE.test(line) || (OTHER_START.test(line) && depth < DEEPEST);
  while (next < lines.length && !isEnd(lines[next] ?? '')) next++;
  const source = lines.slice(at, next).map((line) => line.trim());
  return { block: { type: 'paragraph', source: source.join('\n') }, next };
}
