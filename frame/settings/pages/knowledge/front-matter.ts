/** What stands above the text of an exported article: https://jekyllrb.com/docs/front-matter/, of which two lines are read. */
export type FrontMatter = { readonly title?: string; readonly url?: string };

/** A text without the front matter it may begin with, and what that says. */
export function readFrontMatter(text: string): { readonly matter: FrontMatter; readonly body: string } {
  const found = /^---[ \t]*\n([\s\S]{0,8000}?\n)?---[ \t]*(?:\n|$)/.exec(text);
  if (found === null) return { matter: {}, body: text };
  const lines = (found[1] ?? '').split('\n');
  const title = readLine('title', lines);
  const url = readLine('url', lines);
  return {
    matter: { ...(title !== undefined && { title }), ...(url !== undefined && { url }) },
    body: text.slice(found[0].length).replace(/^\n+/, ''),
  };
}

/** The Markdown file of an article, from which {@link readFrontMatter} reads the same again. */
export function writeFrontMatter(
  { title, url }: { readonly title: string; readonly url?: string | undefined },
  body: string,
) {
  // A JSON string is a YAML string as well.
  const lines = [`title: ${JSON.stringify(title)}`, ...(url === undefined ? [] : [`url: ${JSON.stringify(url)}`])];
  return `---\n${lines.join('\n')}\n---\n\n${body}`;
}

function readLine(name: string, lines: readonly string[]): string | undefined {
  const line = lines
    .find((one) => one.startsWith(`${name}:`))
    ?.slice(name.length + 1)
    .trim();
  if (line === undefined || line === '') return undefined;
  if (line.startsWith('"')) return parseString(line);
  return line.startsWith("'") ? line.replace(/^'|'$/g, '').replaceAll("''", "'") : line;
}

function parseString(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
