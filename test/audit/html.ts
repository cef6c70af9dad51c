/** Markup that was put together by {@link html}, as against text. */
export type Html = { readonly html: string };

type Piece = Html | string | number | readonly Html[] | undefined;

/** A template whose pieces are escaped, unless they are markup themselves; a list is joined, `undefined` is nothing. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return { html: strings.reduce((text, string, index) => text + write(pieces[index - 1]) + string) };
}

/** Text with `code` between backticks set as code. */
export function withCode(text: string): Html[] {
  return text.split('`').map((part, index) => (index % 2 === 0 ? html`${part}` : html`<code>${part}</code>`));
}

function write(piece: Piece): string {
  if (piece === undefined) return '';
  if (typeof piece === 'string' || typeof piece === 'number') return escapeText(String(piece));
  if ('html' in piece) return piece.html;
  return piece.map((part) => part.html).join('');
}

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
