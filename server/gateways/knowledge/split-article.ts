import type { Passage } from '../model-gateway.ts';
import { type Block, readBlocks } from './markdown-blocks.ts';
import { quotable } from './plain-text.ts';

const RELATIVE_LINK = /^\s*(\||[-*+]|\d+[.)])?\s*\[[^\]]+\]\((?![a-z]+:)/i;

/** What can be split: an article of the widget's knowledge. */
export type SplittableArticle = {
  readonly slug?: string;
  readonly title: string;
  readonly body: string;
  readonly url?: string;
};

export type ArticlePassage = Omit<Passage, 'score'>;

/** A passage is closed when it has so many words. Only code is never cut, however long. */
const PASSAGE_WORDS = 120;

/**
 * The article as passages short enough to be quoted: each below one heading, of whole blocks, with code together with
 * the sentence that introduces it. An article without any text has none.
 */
export function splitArticle({ slug, title, body, url }: SplittableArticle): readonly ArticlePassage[] {
  return sectionsOf(title, readBlocks(body)).flatMap(({ headings, blocks }) =>
    groupBlocks(blocks.filter((block) => !isNavigation(block)).flatMap(splitTable)).map((group) => ({
      ...(slug !== undefined && { slug }),
      articleTitle: title,
      headings,
      text: joinBlocks(group),
      ...(isWebUrl(url) && { url }),
    })),
  );
}

type Section = { readonly headings: readonly string[]; readonly blocks: Block[] };

function sectionsOf(title: string, blocks: readonly Block[]): readonly Section[] {
  const path: string[] = [];
  let section: Section = { headings: [], blocks: [] };
  const sections = [section];
  for (const block of blocks) {
    if (block.type !== 'heading') {
      section.blocks.push(block);
      continue;
    }
    const level = block.level ?? 1;
    path.length = Math.min(path.length, level - 1);
    path[level - 1] = quotable(block.lines[0] ?? '');
    section = { headings: path.filter((heading) => heading !== undefined && heading !== title), blocks: [] };
    sections.push(section);
  }
  return sections;
}

function groupBlocks(blocks: readonly Block[]): readonly (readonly Block[])[] {
  const groups: Block[][] = [];
  let words = PASSAGE_WORDS;
  for (const [index, block] of blocks.entries()) {
    const count = countWords(block);
    const next = blocks[index + 1];
    // A sentence that ends with a colon introduces what comes after it.
    const belongsToPrevious = isIntroduction(blocks[index - 1]) || block.type === 'code';
    const needed = count + (isIntroduction(block) && next !== undefined ? countWords(next) : 0);
    const last = groups.at(-1);
    if (last !== undefined && (belongsToPrevious || words + needed <= PASSAGE_WORDS)) {
      last.push(block);
      words += count;
    } else {
      groups.push([block]);
      words = count;
    }
  }
  return groups;
}

/** A long table as several, each with the head. A passage with everything in it would seem to answer everything. */
function splitTable(block: Block): readonly Block[] {
  if (block.type !== 'table' || countWords(block) <= PASSAGE_WORDS) return [block];
  const [head, rows] = [block.lines.slice(0, 2), block.lines.slice(2)];
  const tables: string[][] = [];
  let words = PASSAGE_WORDS;
  for (const row of rows) {
    const count = countWords({ type: 'table', lines: [row] });
    if (words + count > PASSAGE_WORDS) tables.push([...head]);
    words = words + count > PASSAGE_WORDS ? count : words + count;
    tables.at(-1)?.push(row);
  }
  return tables.map((lines) => ({ type: 'table', lines }));
}

/** A table or an entry that only leads to other pages of a documentation answers nothing. */
function isNavigation({ type, lines }: Block): boolean {
  const rows = type === 'table' ? lines.slice(2) : lines;
  return type !== 'code' && type !== 'prose' && rows.every((row) => RELATIVE_LINK.test(row));
}

function isIntroduction(block: Block | undefined): boolean {
  return block?.type === 'prose' && block.lines.join(' ').trimEnd().endsWith(':');
}

/** Entries of one list stay together; everything else is a paragraph of its own. */
function joinBlocks(blocks: readonly Block[]): string {
  return blocks.reduce((text, block, index) => {
    const isSameList = block.type === 'entry' && blocks[index - 1]?.type === 'entry';
    const lines = block.type === 'code' ? block.lines : block.lines.map(quotable);
    return text + (index === 0 ? '' : isSameList ? '\n' : '\n\n') + lines.join('\n');
  }, '');
}

function countWords({ lines }: Block): number {
  return lines.join(' ').split(/\s+/).length;
}

function isWebUrl(url: string | undefined): url is string {
  return url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url);
}
