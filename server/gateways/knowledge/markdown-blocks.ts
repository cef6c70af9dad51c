/**
 * A block of Markdown (https://spec.commonmark.org, and GitHub's tables), as far as it matters for quoting. `lines` are
 * Markdown again: code is always fenced, an entry of a list is a block of its own.
 */
export type Block = {
  readonly type: 'heading' | 'prose' | 'entry' | 'code' | 'table';
  readonly lines: readonly string[];
  /** Of a heading: 1 to 6. */
  readonly level?: number;
};

type Reader = (lines: readonly string[], at: number) => { readonly block?: Block; readonly next: number } | undefined;

const HEADING = /^ {0,3}(#{1,6})\s+(.+?)\s*#*\s*$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const INDENTED = /^( {4}|\t)/;
const TABLE_DELIMITER = /^\s*\|?(\s*:?-+:?\s*\|)+(\s*:?-+:?\s*)?$/;
const ENTRY = /^ {0,3}([-*+]|\d{1,9}[.)])\s+\S/;
const RULE = /^ {0,3}([-*_])\s*(\1\s*){2,}$/;
const IMAGE_ONLY = /^ {0,3}(\[?!\[[^\]]*\]\([^)]*\)(\]\([^)]*\))?\s*)+$/;
const HTML_ONLY = /^ {0,3}(<!--.*|<\/?[a-zA-Z][^>]*>\s*)+$/;

/** The blocks of a document, in order. Front matter, rules, images and lines of nothing but HTML say nothing and are left out. */
export function readBlocks(markdown: string): readonly Block[] {
  const lines = markdown.replace(/^---\n[\s\S]*?\n---\n/, '').split(/\r?\n/);
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; ) {
    const found = READERS.map((read) => read(lines, at)).find((result) => result !== undefined) ?? readProse(lines, at);
    if (found.block !== undefined) blocks.push(found.block);
    at = found.next;
  }
  return blocks;
}

const readNothing: Reader = (lines, at) => (isNothing(lines[at] ?? '') ? { next: at + 1 } : undefined);

const readHeading: Reader = (lines, at) => {
  const [, marks, text] = HEADING.exec(lines[at] ?? '') ?? [];
  if (marks === undefined || text === undefined) return undefined;
  return { block: { type: 'heading', level: marks.length, lines: [text] }, next: at + 1 };
};

const readFenced: Reader = (lines, at) => {
  const [, fence] = FENCE.exec(lines[at] ?? '') ?? [];
  if (fence === undefined) return undefined;
  const length = lines.slice(at + 1).findIndex((line) => line.trim().startsWith(fence));
  const end = length < 0 ? lines.length : at + 1 + length;
  return { block: { type: 'code', lines: ['```', ...lines.slice(at + 1, end), '```'] }, next: end + 1 };
};

const readIndented: Reader = (lines, at) => {
  if (!INDENTED.test(lines[at] ?? '')) return undefined;
  const next = endOf(lines, at, (line) => !INDENTED.test(line));
  const code = lines.slice(at, next).map((line) => line.replace(INDENTED, ''));
  return { block: { type: 'code', lines: ['```', ...code, '```'] }, next };
};

const readTable: Reader = (lines, at) => {
  if (!lines[at]?.includes('|') || !TABLE_DELIMITER.test(lines[at + 1] ?? '')) return undefined;
  const next = endOf(lines, at, (line) => !line.includes('|'));
  return { block: { type: 'table', lines: lines.slice(at, next).map((line) => line.trim()) }, next };
};

const readEntry: Reader = (lines, at) => {
  if (!ENTRY.test(lines[at] ?? '')) return undefined;
  // What is indented below the first line belongs to the entry, and so do entries within it.
  const next = endOf(lines, at, (line) => isNothing(line) || ENTRY.test(line) || startsBlock(line));
  return { block: { type: 'entry', lines: lines.slice(at, next) }, next };
};

function readProse(lines: readonly string[], at: number): { block: Block; next: number } {
  const next = endOf(lines, at, (line) => isNothing(line) || ENTRY.test(line) || startsBlock(line));
  return { block: { type: 'prose', lines: [joinProse(lines.slice(at, next))] }, next };
}

const READERS: readonly Reader[] = [readNothing, readHeading, readFenced, readIndented, readTable, readEntry];

function isNothing(line: string): boolean {
  return line.trim() === '' || RULE.test(line) || IMAGE_ONLY.test(line) || HTML_ONLY.test(line);
}

function startsBlock(line: string): boolean {
  return HEADING.test(line) || FENCE.test(line);
}

/** The first line after `at` at which something else begins. */
function endOf(lines: readonly string[], at: number, isOther: (line: string) => boolean): number {
  const length = lines.slice(at + 1).findIndex(isOther);
  return length < 0 ? lines.length : at + 1 + length;
}

function joinProse(lines: readonly string[]): string {
  return lines.map((line) => line.replace(/^\s*>\s?/, '').trim()).join(' ');
}
