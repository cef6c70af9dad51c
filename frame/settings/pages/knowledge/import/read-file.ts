import * as v from 'valibot';
import { ARTICLE_MAX_BYTES, saveArticleRequestSchema } from '../../../../../shared/knowledge-api.ts';
import { readFrontMatter } from '../front-matter.ts';
import { slugOf } from '../slug.ts';
import type { ReadPage } from './html-to-markdown.ts';

/** An article that a file would become. */
export type ReadArticle = {
  readonly slug: string;
  readonly title: string;
  readonly body: string;
  readonly url?: string;
};

export type Reading =
  | { readonly kind: 'article'; readonly article: ReadArticle }
  | { readonly kind: 'refused'; readonly reason: string };

/** What of a file is needed; a `File` has it. */
export type FileToRead = {
  readonly name: string;
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
};

/** A page says its words with many signs around them. */
const HTML_MAX_BYTES = 2 * 1024 * 1024;
const MOST_TITLE_CHARACTERS = 200;

/**
 * Reads a `.md`, `.txt` or `.html` file as an article, or says in a sentence why it cannot be one. The article is named
 * like the file; its title is that of the front matter, else the first heading, else the name of the file.
 */
export async function readFile(file: FileToRead, toMarkdown: (html: string) => Promise<ReadPage>): Promise<Reading> {
  const [, name = '', type = ''] = /^(.*)\.([a-z]+)$/is.exec(file.name) ?? [];
  const kind = KINDS[type.toLowerCase()];
  if (kind === undefined) return refuse('Only .md, .txt and .html files can be imported.');
  const most = kind === 'page' ? HTML_MAX_BYTES : ARTICLE_MAX_BYTES;
  if (file.size > most) return refuse(tooLarge(file.size, most));
  if (file.size === 0) return refuse('The file is empty.');
  const text = decode(await file.arrayBuffer());
  if (text === undefined) return refuse('The file is not text in UTF-8.');
  const { title, body, url } = kind === 'page' ? takeHeading(await toMarkdown(text)) : readText(text, kind);
  if (body.trim() === '') return refuse(kind === 'page' ? 'There is no text on the page.' : 'The file is empty.');
  const bytes = new TextEncoder().encode(body).length;
  if (bytes > ARTICLE_MAX_BYTES) return refuse(tooLarge(bytes, ARTICLE_MAX_BYTES));
  const article = { slug: slugOf(name), title: tidyTitle(title) || tidyTitle(words(name)) || 'Article', body };
  return { kind: 'article', article: isUrl(url) ? { ...article, url } : article };
}

const KINDS: Readonly<Record<string, 'markdown' | 'plain' | 'page'>> = {
  md: 'markdown',
  markdown: 'markdown',
  txt: 'plain',
  html: 'page',
  htm: 'page',
};

type Text = { readonly title?: string | undefined; readonly body: string; readonly url?: string | undefined };

function readText(text: string, kind: 'markdown' | 'plain'): Text {
  if (kind === 'plain') return { body: text };
  const { matter, body } = readFrontMatter(text);
  return matter.title === undefined
    ? { ...takeHeading({ title: undefined, body }), url: matter.url }
    : { ...matter, body };
}

/** A first heading is the title, and the chat shows that above the text already. */
function takeHeading({ title, body }: ReadPage): Text {
  const [heading, found = ''] = /^\s*# +(.+?)[ \t#]*(?:\n|$)/.exec(body) ?? [''];
  const rest = body.slice(heading.length).replace(/^\n+/, '');
  return found === '' || rest.trim() === '' ? { title: found || title, body } : { title: found, body: rest };
}

function decode(bytes: ArrayBuffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text.replace(/\r\n?/g, '\n');
  } catch {
    return undefined;
  }
}

function tidyTitle(title = ''): string {
  const line = title
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '')
    .replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
    .trim();
  return line.length <= MOST_TITLE_CHARACTERS
    ? line
    : `${line.slice(0, MOST_TITLE_CHARACTERS - 2).replace(/\p{Cs}$/u, '')}…`;
}

/** "opening-hours_2" is written "Opening hours 2". */
function words(name: string): string {
  const text = name.replace(/[-_]+/g, ' ').trim();
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function isUrl(url: string | undefined): url is string {
  return v.is(saveArticleRequestSchema.entries.url.wrapped, url);
}

function tooLarge(bytes: number, most: number): string {
  const kibibytes = (value: number) => `${Math.ceil(value / 1024).toLocaleString('en')} KB`;
  return `The file is too large: ${kibibytes(bytes)}, of at most ${kibibytes(most)}.`;
}

function refuse(reason: string): Reading {
  return { kind: 'refused', reason };
}
