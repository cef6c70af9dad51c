import type { SaveArticleRequest, SavedArticle } from '../../../../../shared/knowledge-api.ts';
import { AdminApiError } from '../../../api/admin-api-error.ts';
import type { FileState } from './file-list.ts';
import type { ReadArticle } from './read-file.ts';

export type SaverParts = {
  /** The versions of the articles there are, by slug, as they were at last known. */
  readonly versions: () => ReadonlyMap<string, number>;
  readonly save: (slug: string, body: SaveArticleRequest) => Promise<SavedArticle>;
  readonly sleep: (seconds: number) => Promise<void>;
};

export type ArticleSaver = {
  /** Whether there is an article of this name, as far as anybody here knows. */
  isTaken(slug: string): boolean;
  /** Saves the article under `slug`; `taken` if somebody has meanwhile saved another one there. */
  saveAs(slug: string, article: ReadArticle): Promise<FileState>;
};

const LONGEST_WAIT_SECONDS = 90;

/** Saves what an import has read, and remembers the versions it has made or met. `isStopped` ends its patience. */
export function createArticleSaver({ versions, save, sleep }: SaverParts, isStopped: () => boolean): ArticleSaver {
  /** What this import has learnt beyond `versions`. */
  const learnt = new Map<string, number>();
  const versionOf = (slug: string) => learnt.get(slug) ?? versions().get(slug) ?? 0;

  /** Many files are many requests: when the server asks for a pause, it gets one. */
  async function savePatiently(slug: string, body: SaveArticleRequest): Promise<SavedArticle> {
    for (;;) {
      try {
        return await save(slug, body);
      } catch (error) {
        const isTooFast = error instanceof AdminApiError && error.code === 'RATE_LIMITED';
        if (!isTooFast || error.retryAfterSeconds > LONGEST_WAIT_SECONDS || isStopped()) throw error;
        await sleep(Math.max(1, error.retryAfterSeconds));
      }
    }
  }

  return {
    isTaken: (slug) => versionOf(slug) > 0,
    async saveAs(slug, { slug: _, ...content }) {
      const expectedVersion = versionOf(slug);
      try {
        const { version } = await savePatiently(slug, { ...content, expectedVersion });
        learnt.set(slug, version);
        return { kind: 'imported', slug, isReplaced: expectedVersion > 0 };
      } catch (error) {
        const conflict = error instanceof AdminApiError ? error.articleConflict : undefined;
        if (conflict === undefined) throw error;
        learnt.set(slug, conflict.currentVersion);
        return { kind: 'taken', article: { slug, ...content } };
      }
    },
  };
}
