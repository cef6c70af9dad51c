/** Writes words so that Markdown shows them as they are. */
export function escapeText(text: string): string {
  return text
    .replace(/[\\`*[]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/<(?=[a-z/!?])/gi, '\\<')
    .replace(/~~/g, '\\~~');
}

/** A paragraph whose lines begin with nothing that would make them a heading, a list or a quote. */
export function escapeLineStarts(paragraph: string): string {
  return paragraph
    .split('\n')
    .map((line) =>
      line.replace(/^(#{1,6}(?=\s|$)|[-+](?=\s|-|$)|>|=+$|~~~)/, '\\$1').replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2'),
    )
    .join('\n');
}

/** Puts marks around words; spaces at their ends stay outside, because a mark beside a space is none. */
export function mark(words: string, sign: string): string {
  const [, start = '', inner = '', end = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(words) ?? [];
  return inner === '' ? words : `${start}${sign}${inner}${sign}${end}`;
}

/** Code inside a line, between as many backticks as it needs. */
export function codeSpan(code: string): string {
  const text = code.replace(/\s+/g, ' ').trim();
  if (text === '') return '';
  const ticks = '`'.repeat(longestRun(text) + 1);
  const space = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${ticks}${space}${text}${space}${ticks}`;
}

export function codeBlock(code: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(code) + 1));
  return `${fence}\n${code.replace(/^\n|\s+$/g, '')}\n${fence}`;
}

/** Every line after the first moved in, or every line with `first` before it. */
export function indent(text: string, first: string, rest: string): string {
  return text
    .split('\n')
    .map((line, at) => (at === 0 ? `${first}${line}` : line === '' ? '' : `${rest}${line}`))
    .join('\n');
}

/** A table (https://github.github.com/gfm/#tables-extension-); the first row is its header. */
export function table(rows: readonly (readonly string[])[]): string {
  const width = Math.max(...rows.map((row) => row.length));
  const lines = rows.map((row) => {
    const cells = Array.from({ length: width }, (_, at) => (row[at] ?? '').replace(/\s+/g, ' ').replaceAll('|', '\\|'));
    return `| ${cells.join(' | ')} |`;
  });
  return [lines[0], `|${' --- |'.repeat(width)}`, ...lines.slice(1)].join('\n');
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
