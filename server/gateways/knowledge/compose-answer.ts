import type { Citation } from '../../../shared/chat.ts';
import { toCitation } from '../citation.ts';
import type { Passage } from '../model-gateway.ts';
import { type Block, readBlocks } from './markdown-blocks.ts';
import type { Phrases } from './phrases.ts';
import { contentWordsOf, stemOf, wordsOf } from './words.ts';

/** Markdown that refers to each citation by its number in square brackets. */
export type Answer = { readonly text: string; readonly citations: readonly Citation[] };

const SURE = 0.7;
const MOST_ADDITIONS = 2;
const MOST_TABLE_ROWS = 6;

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/**
 * Quotes the best passage whole, and of the next ones the sentences that are about the question, each with its source.
 * `passages` are best first and at least one.
 */
export function composeAnswer(question: string, passages: readonly [Passage, ...Passage[]], phrases: Phrases): Answer {
  const [best, ...others] = passages;
  const stems = new Set(contentWordsOf(question).map(stemOf));
  const heading = best.headings.at(-1);
  const parts = [
    ...(best.score < SURE ? [phrases.closest] : []),
    ...(heading === undefined ? [] : [`**${heading}**`]),
    mark(quoteWhole(best, stems), 1),
  ];
  const citations = [toCitation(best, 1)];
  for (const passage of others) {
    const quote = citations.length > MOST_ADDITIONS ? '' : quoteSentences(passage, stems);
    if (quote === '' || parts.some((part) => part.includes(quote))) continue;
    const number = citations.length + 1;
    parts.push(mark([quote], number));
    citations.push(toCitation(passage, number));
  }
  return { text: parts.join('\n\n'), citations };
}

function quoteWhole({ text }: Passage, stems: ReadonlySet<string>): readonly string[] {
  const quoted: string[] = [];
  let previous: Block | undefined;
  for (const block of readBlocks(text)) {
    const lines = (block.type === 'table' ? selectRows(block.lines, stems) : block.lines).join('\n');
    const quote = block.type === 'code' ? lines : withoutMarkers(lines);
    // The entries of a list stay together.
    if (block.type === 'entry' && previous?.type === 'entry') quoted.push(`${quoted.pop()}\n${quote}`);
    else quoted.push(quote);
    previous = block;
  }
  return quoted;
}

/** Of a long table the rows about the question, or its beginning. */
function selectRows(lines: readonly string[], stems: ReadonlySet<string>): readonly string[] {
  const [header, rows] = [lines.slice(0, 2), lines.slice(2)];
  if (rows.length <= MOST_TABLE_ROWS) return lines;
  const byRelevance = rows.map((row) => ({ row, relevance: relevanceOf(row, stems) }));
  const most = byRelevance.map(({ relevance }) => relevance).sort((a, b) => b - a)[MOST_TABLE_ROWS - 1] ?? 0;
  const chosen = byRelevance.filter(({ relevance }) => relevance > 0 && relevance >= most).map(({ row }) => row);
  return [...header, ...(chosen.length > 0 ? chosen : rows).slice(0, MOST_TABLE_ROWS)];
}

/** The sentence that says most about the question, if it is about most of it, and the next one if that goes on about it. */
function quoteSentences({ text, score }: Passage, stems: ReadonlySet<string>): string {
  if (score < SURE) return '';
  const least = Math.max(2, Math.ceil(stems.size / 2));
  const units = readBlocks(text)
    .filter(({ type }) => type === 'prose' || type === 'entry')
    .flatMap(sentencesOf)
    .map((sentence) => ({ sentence, relevance: relevanceOf(sentence, stems) }));
  const best = units.reduce((top, unit, index) => (unit.relevance > (units[top]?.relevance ?? 0) ? index : top), 0);
  if ((units[best]?.relevance ?? 0) < least) return '';
  const chosen = units.slice(best, best + 2).filter(({ relevance }) => relevance > 0);
  return withoutMarkers(chosen.map(({ sentence }) => sentence).join(' '));
}

function sentencesOf({ lines }: Block): readonly string[] {
  const text = lines.map((line) => line.trim().replace(/^([-*+]|\d{1,9}[.)])\s+/, '')).join(' ');
  const whole: string[] = [];
  for (const { segment } of sentences.segment(text)) {
    // Emphasis and code that span several sentences keep them together.
    if (isOpen(whole.at(-1))) whole.push(`${whole.pop()}${segment}`);
    else whole.push(segment);
  }
  return whole.map((sentence) => sentence.trim()).filter((sentence) => sentence !== '');
}

function isOpen(sentence = ''): boolean {
  return [/\*\*/g, /`/g].some((mark) => (sentence.match(mark)?.length ?? 0) % 2 === 1);
}

function relevanceOf(text: string, stems: ReadonlySet<string>): number {
  return new Set(
    wordsOf(text)
      .map(stemOf)
      .filter((stem) => stems.has(stem)),
  ).size;
}

/** Puts the number after the last words, or below where there is nothing but code or a table. What introduces keeps its colon. */
function mark(blocks: readonly string[], number: number): string {
  const isProse = (block: string) => !/^(```|\|)/.test(block);
  const whole = blocks.findLastIndex((block) => isProse(block) && !block.endsWith(':'));
  const at = whole < 0 ? blocks.findLastIndex(isProse) : whole;
  if (at < 0) return [...blocks, `[${number}]`].join('\n\n');
  return blocks
    .map((block, index) => (index === at ? block.replace(/:?$/, (colon) => ` [${number}]${colon}`) : block))
    .join('\n\n');
}

/** What looks like one of our numbers in an article would be taken for one. */
function withoutMarkers(text: string): string {
  return text.replace(/\[(\d{1,3})\](?!\()/g, '($1)');
}
