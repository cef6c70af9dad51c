import { type Block, isBlank, type ParsedBlock } from './block.ts';

type Marker = { readonly indent: number; readonly content: number; readonly kind: string; readonly number: number };

const MARKER = /^( {0,12})(?:([-*+])|(\d{1,9})([.)]))( {1,4}(?=\S)| *$)/;

function readMarker(line: string | undefined): Marker | undefined {
  const match = MARKER.exec(line ?? '');
  if (match === null) return undefined;
  const [all, indent = '', bullet, digits, delimiter = ''] = match;
  return {
    indent: indent.length,
    content: all.length,
    kind: bullet ?? delimiter,
    number: Number(digits ?? 0),
  };
}

/**
 * Reads a list. A line further in than the marker belongs to the entry, whatever the exact number of spaces, because
 * models are not careful about it; so does an unmarked line right after.
 */
export function parseList(
  lines: readonly string[],
  at: number,
  parseInner: (lines: readonly string[]) => readonly Block[],
): ParsedBlock | undefined {
  const first = readMarker(lines[at]);
  if (first === undefined) return undefined;
  const entries: (readonly Block[])[] = [];
  let next = at;
  for (;;) {
    const marker = readMarker(lines[next]);
    if (marker === undefined || marker.kind !== first.kind || marker.indent > first.indent + 1) break;
    const end = findEntryEnd(lines, next, marker);
    entries.push(parseInner(readEntry(lines.slice(next, end), marker)));
    next = end;
    while (next < lines.length && isBlank(lines[next]) && readMarker(lines[next + 1])?.kind === first.kind) next++;
  }
  const start = first.kind === '.' || first.kind === ')' ? first.number : undefined;
  return { block: { type: 'list', start, entries }, next };
}

function findEntryEnd(lines: readonly string[], start: number, marker: Marker): number {
  let end = start + 1;
  while (end < lines.length) {
    const line = lines[end] ?? '';
    if (isBlank(line)) {
      if (isBlank(lines[end + 1]) || indentOf(lines[end + 1]) <= marker.indent) return end;
    } else if (
      indentOf(line) <= marker.indent &&
      (readMarker(line) || OTHER_START.test(line) || isBlank(lines[end - 1]))
    ) {
      return end;
    }
    end++;
  }
  return end;
}

const OTHER_START = /^(?:`{3,}|~{3,}|#{1,6} |>|([-*_])(?: *\1){2,} *$)/;

/** The entry's lines without the marker and without the indentation that only says they belong to it. */
function readEntry(lines: readonly string[], { content }: Marker): string[] {
  return lines.map((line, index) =>
    index === 0 ? line.slice(content) : line.slice(Math.min(indentOf(line), content)),
  );
}

function indentOf(line: string | undefined): number {
  const indent = (line ?? '').search(/\S/);
  return indent < 0 ? Number.POSITIVE_INFINITY : indent;
}
