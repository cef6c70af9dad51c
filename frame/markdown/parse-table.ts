import { isBlank, type ParsedBlock } from './block.ts';

const DELIMITERS = /^ {0,3}\|?(?:[ \t]*:?-+:?[ \t]*\|)*[ \t]*:?-+:?[ \t]*\|?[ \t]*$/;
const MOST_COLUMNS = 20;

/** Reads a table as GitHub writes them (https://github.github.com/gfm/#tables-extension-). */
export function parseTable(lines: readonly string[], at: number): ParsedBlock | undefined {
  const headerLine = lines[at] ?? '';
  const delimiterLine = lines[at + 1] ?? '';
  if (!headerLine.includes('|') || !delimiterLine.includes('-') || delimiterLine.length > 500) return undefined;
  if (!DELIMITERS.test(delimiterLine)) return undefined;
  const header = readCells(headerLine);
  if (header.length !== readCells(delimiterLine).length) return undefined;
  let next = at + 2;
  while (!isBlank(lines[next]) && (lines[next] ?? '').includes('|')) next++;
  const rows = lines.slice(at + 2, next).map((line) => {
    const cells = readCells(line);
    return header.map((_, column) => cells[column] ?? '');
  });
  return { block: { type: 'table', header, rows }, next };
}

/** A bar inside a cell is written `\|`. */
function readCells(line: string): string[] {
  const trimmed = line.trim().replace(/^\|/, '').replace(/\|$/, '');
  return trimmed.split(/(?<!\\)\|/, MOST_COLUMNS).map((cell) => cell.trim().replaceAll('\\|', '|'));
}
