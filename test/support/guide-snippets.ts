import { readFileSync } from 'node:fs';

/**
 * The code blocks of a guide in `docs/` that belong to one file, in their order: those whose first line is a comment with
 * its name. Throws if there is none.
 */
export function readSnippet(guide: string, file: string): string {
  const text = readFileSync(new URL(`../../docs/${guide}`, import.meta.url), 'utf8');
  const blocks = [...text.matchAll(/^```jsx?\n\/\/ (\S+)\n([\s\S]+?)^```/gm)];
  const code = blocks.filter(([, name]) => name === file).map(([, , block]) => block);
  if (code.length === 0) throw new Error(`"docs/${guide}" has no block for "${file}"`);
  return code.join('\n');
}

/** The first block of HTML of a guide. */
export function readMarkup(guide: string): string {
  const text = readFileSync(new URL(`../../docs/${guide}`, import.meta.url), 'utf8');
  const [, markup] = /^```html\n([\s\S]+?)^```/m.exec(text) ?? [];
  if (markup === undefined) throw new Error(`"docs/${guide}" has no HTML`);
  return markup;
}

/** The names of all files the guide has blocks for. */
export function snippetNames(guide: string): string[] {
  const text = readFileSync(new URL(`../../docs/${guide}`, import.meta.url), 'utf8');
  return [...new Set([...text.matchAll(/^```jsx?\n\/\/ (\S+)$/gm)].map(([, name = '']) => name))];
}
