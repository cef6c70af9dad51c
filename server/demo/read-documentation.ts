import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Article } from '../store/knowledge.ts';

const README = 'README.md';

/**
 * Casement's own documentation as articles: the README and every Markdown file below `docs/` of the repository in
 * `directory`, by slug. An article's title is the first heading of its file.
 */
export async function readDocumentation(directory: string): Promise<readonly Article[]> {
  const names = await readdir(join(directory, 'docs'), { recursive: true });
  const files = [README, ...names.filter((name) => name.endsWith('.md')).map((name) => join('docs', name))].sort();
  return Promise.all(files.map((file) => readArticle(directory, file)));
}

async function readArticle(directory: string, file: string): Promise<Article> {
  const body = await readFile(join(directory, file), 'utf8');
  const slug = file.replace(/\.md$/, '').split(sep).join('-').toLowerCase();
  const [, title = slug] = /^# (.+)$/m.exec(body) ?? [];
  return { slug, title, body };
}
