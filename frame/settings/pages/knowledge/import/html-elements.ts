import { codeBlock, codeSpan, escapeLineStarts, indent, mark, table } from './markdown-text.ts';

/** An element that is open, with what was read of it so far. */
export type Element = {
  readonly tag: string;
  readonly href: string;
  /** Its text is taken as it is written. */
  readonly isRaw: boolean;
  /** Finished paragraphs, lists and so on. */
  readonly blocks: string[];
  /** What runs on in the paragraph that is not finished. */
  line: string;
  /** Of a list. */
  readonly entries: string[];
  /** Of a table, and of its row. */
  readonly rows: string[][];
  readonly cells: string[];
};

type End = (element: Element, parent: Element, stack: readonly Element[]) => void;

const addLine = (write: (element: Element) => string): End => {
  return (element, parent) => {
    // Blocks inside of what runs in a line are worth more than the mark around them.
    if (element.blocks.length > 0) addBlocks(element, parent);
    else parent.line += write(element);
  };
};

const addBlock = (write: (content: string, element: Element) => string): End => {
  return (element, parent) => {
    const content = flush(element);
    finishLine(parent);
    if (content !== '') parent.blocks.push(write(content, element));
  };
};

const PARAGRAPH: End = (element, parent) => addBlocks(element, parent);
const WORDS = addLine(({ line }) => line);
const strong = addLine(({ line }) => mark(line, '**'));
const emphasis = addLine(({ line }) => mark(line, '*'));
const heading = (level: number) =>
  addBlock((content) => `${'#'.repeat(level)} ${content.replace(/\s+/g, ' ').replace(/^\\(?=#)/, '')}`);

const ENDS: Readonly<Record<string, End>> = {
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`h${level}`, heading(level)])),
  strong,
  b: strong,
  em: emphasis,
  i: emphasis,
  s: addLine(({ line }) => mark(line, '~~')),
  del: addLine(({ line }) => mark(line, '~~')),
  code: addLine(({ line, isRaw }) => (isRaw ? codeSpan(line) : line)),
  a: addLine(({ line, href }) => (href === '' || line.trim() === '' ? line : link(line, href))),
  br: (_, parent) => {
    parent.line = `${parent.line.trimEnd()}  \n`;
  },
  hr: (_, parent) => {
    finishLine(parent);
    parent.blocks.push('---');
  },
  pre: (element, parent) => {
    finishLine(parent);
    if (element.line.trim() !== '') parent.blocks.push(codeBlock(element.line));
  },
  blockquote: addBlock((content) => indent(content, '> ', '> ').replace(/^$/gm, '>')),
  dt: addBlock((content) => mark(content, '**')),
  li(element, parent, stack) {
    const list = stack.findLast(({ tag }) => tag === 'ul' || tag === 'ol');
    const content = flush(element);
    if (content !== '') (list?.entries ?? parent.blocks).push(content);
  },
  ul: (element, parent) => addList(element, parent, () => '- '),
  ol: (element, parent) => addList(element, parent, (number) => `${number}. `),
  th: endCell,
  td: endCell,
  tr(element, _, stack) {
    if (element.cells.length > 0) stack.findLast(({ tag }) => tag === 'table')?.rows.push(element.cells);
  },
  table(element, parent) {
    finishLine(parent);
    // A caption stands above.
    parent.blocks.push(...element.blocks);
    if (element.rows.length > 0) parent.blocks.push(table(element.rows));
  },
};

const RUNNING = new Set(
  'span small sub sup u abbr cite q time kbd samp var label font mark ins big tt bdi bdo data dfn wbr img picture source input'.split(
    ' ',
  ),
);

export function startElement(tag: string, attributes: Readonly<Record<string, string>>): Element {
  const isRaw = tag === 'pre' || tag === 'code' || tag === 'kbd' || tag === 'samp';
  const line = tag === 'img' ? (attributes.alt ?? '').replace(/[\s\\`*_[\]<>]+/g, ' ').trim() : '';
  return { tag, href: readHref(attributes.href), isRaw, blocks: [], line, entries: [], rows: [], cells: [] };
}

/** Writes an element that has ended into the one around it. */
export function endElement(element: Element, parent: Element, stack: readonly Element[]): void {
  const isInside = parent.isRaw;
  // Code is text all the way down.
  if (isInside) parent.line += element.tag === 'br' ? '\n' : element.line;
  else (ENDS[element.tag] ?? (RUNNING.has(element.tag) ? WORDS : PARAGRAPH))(element, parent, stack);
}

/** Everything of an element, its last paragraph included. */
export function flush(element: Element): string {
  finishLine(element);
  return element.blocks.join('\n\n');
}

function finishLine(element: Element): void {
  const paragraph = element.line.trim();
  element.line = '';
  if (paragraph !== '') element.blocks.push(escapeLineStarts(paragraph));
}

function addBlocks(element: Element, parent: Element): void {
  finishLine(element);
  finishLine(parent);
  parent.blocks.push(...element.blocks);
}

function addList(element: Element, parent: Element, signOf: (number: number) => string): void {
  finishLine(element);
  finishLine(parent);
  parent.blocks.push(...element.blocks);
  const lines = element.entries.map((entry, at) => {
    const sign = signOf(at + 1);
    return indent(entry, sign, ' '.repeat(sign.length));
  });
  if (lines.length > 0) parent.blocks.push(lines.join('\n'));
}

function endCell(element: Element, parent: Element, stack: readonly Element[]): void {
  const row = stack.findLast(({ tag }) => tag === 'tr');
  if (row === undefined) addBlocks(element, parent);
  else row.cells.push(flush(element));
}

function link(words: string, href: string): string {
  return mark(words, '\u0000').replace('\u0000', '[').replace('\u0000', `](${href})`);
}

/** Only an address that stands by itself, and that the chat would open. */
function readHref(href = ''): string {
  try {
    const url = new URL(href.trim());
    return /^(https?|mailto):$/.test(url.protocol)
      ? url.href.replace(/[()\s<>]/g, encodeURIComponent).replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'))
      : '';
  } catch {
    return '';
  }
}
