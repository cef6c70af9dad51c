import { strToU8, type Zippable, zipSync } from 'fflate';
import type { SavedArticle } from '../../../../shared/knowledge-api.ts';
import { writeFrontMatter } from './front-matter.ts';

/** All articles as a zip of Markdown files, which can be imported again. Imported later: it brings the library. */
export function zipArticles(articles: readonly SavedArticle[]): Blob {
  const files: Zippable = {};
  for (const { slug, savedAt, body, ...matter } of articles) {
    files[`${slug}.md`] = [strToU8(writeFrontMatter(matter, body)), { mtime: savedAt }];
  }
  return new Blob([zipSync(files)], { type: 'application/zip' });
}
