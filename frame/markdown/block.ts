/** A part of a Markdown text. What runs inside a line is kept as its source and parsed when it is drawn. */
export type Block =
  | { readonly type: 'paragraph'; readonly source: string }
  | { readonly type: 'heading'; readonly level: number; readonly source: string }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'quote'; readonly blocks: readonly Block[] }
  | { readonly type: 'list'; readonly start: number | undefined; readonly entries: readonly (readonly Block[])[] }
  | { readonly type: 'table'; readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly type: 'rule' };

/** The block that starts at a line, and the first line after it. */
export type ParsedBlock = { readonly block: Block; readonly next: number };

/** Whether a line is empty, or not there. */
export function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === '';
}
