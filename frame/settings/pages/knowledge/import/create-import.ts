import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { SaveArticleRequest, SavedArticle } from '../../../../../shared/knowledge-api.ts';
import { AdminApiError, sentenceOf } from '../../../api/admin-api-error.ts';
import { freeSlug } from '../slug.ts';
import type { ReadPage } from './html-to-markdown.ts';
import { type FileToRead, type ReadArticle, readFile } from './read-file.ts';

export type FileState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'working' }
  | { readonly kind: 'imported'; readonly slug: string; readonly isReplaced: boolean }
  | { readonly kind: 'refused'; readonly reason: string; readonly canRetry: boolean }
  /** There is an article of this name already; the admin decides. */
  | { readonly kind: 'taken'; readonly article: ReadArticle }
  | { readonly kind: 'skipped' };

export type Choice = 'replace' | 'keep-both' | 'skip';

export type ImportedFile = { readonly id: number; readonly file: FileToRead; readonly state: FileState };

export type Import = {
  readonly files: ReadonlySignal<readonly ImportedFile[]>;
  readonly isRunning: ReadonlySignal<boolean>;
  /** How many files are settled, one way or the other. */
  readonly settled: ReadonlySignal<number>;
  /** Takes more files in; they are read one after another. */
  add(files: readonly FileToRead[]): void;
  /** Decides about files whose name is taken: about one, or about all of them. */
  decide(choice: Choice, id?: number): void;
  retry(id: number): void;
  /** Forgets the files that are settled. */
  clear(): void;
  /** Reads no further file. */
  stop(): void;
};

type Parts = {
  /** The versions of the articles there are, by slug, as they were at last known. */
  readonly versions: () => ReadonlyMap<string, number>;
  readonly save: (slug: string, body: SaveArticleRequest) => Promise<SavedArticle>;
  readonly toMarkdown: (html: string) => Promise<ReadPage>;
  readonly sleep: (seconds: number) => Promise<void>;
  /** After the last file that waits. */
  readonly onDone: () => void;
};

const LONGEST_WAIT_SECONDS = 90;

/** Imports files one after another. Each gets its own answer; one that cannot be imported stops no other. */
export function createImport({ versions, save, toMarkdown, sleep, onDone }: Parts): Import {
  const files = signal<readonly ImportedFile[]>([]);
  const isRunning = signal(false);
  const chosen = new Map<number, { readonly article: ReadArticle; readonly choice: Choice }>();
  /** What this import has learnt beyond `versions`. */
  const learnt = new Map<string, number>();
  let ids = 0;
  let isStopped = false;

  const versionOf = (slug: string) => learnt.get(slug) ?? versions().get(slug) ?? 0;
  const isTaken = (slug: string) => versionOf(slug) > 0;

  function set(id: number, state: FileState): void {
    files.value = files.value.map((one) => (one.id === id ? { ...one, state } : one));
  }

  async function run(): Promise<void> {
    if (isRunning.value) return;
    isRunning.value = true;
    for (;;) {
      const next = files.value.find(({ state }) => state.kind === 'waiting');
      if (next === undefined || isStopped) break;
      set(next.id, { kind: 'working' });
      set(next.id, await importOne(next).catch((error) => refusalOf(error)));
    }
    isRunning.value = false;
    onDone();
  }

  async function importOne({ id, file }: ImportedFile): Promise<FileState> {
    const decided = chosen.get(id);
    chosen.delete(id);
    if (decided !== undefined) {
      const { article, choice } = decided;
      if (choice === 'replace') return await saveAs(article.slug, article);
      return await saveAs(freeSlug(article.slug, isTaken), article);
    }
    const reading = await readFile(file, toMarkdown);
    if (reading.kind === 'refused') return { ...reading, canRetry: false };
    const { article } = reading;
    return isTaken(article.slug) ? { kind: 'taken', article } : await saveAs(article.slug, article);
  }

  async function saveAs(slug: string, { slug: _, ...content }: ReadArticle): Promise<FileState> {
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
  }

  /** Many files are many requests: when the server asks for a pause, it gets one. */
  async function savePatiently(slug: string, body: SaveArticleRequest): Promise<SavedArticle> {
    for (;;) {
      try {
        return await save(slug, body);
      } catch (error) {
        const isTooFast = error instanceof AdminApiError && error.code === 'RATE_LIMITED';
        if (!isTooFast || error.retryAfterSeconds > LONGEST_WAIT_SECONDS || isStopped) throw error;
        await sleep(Math.max(1, error.retryAfterSeconds));
      }
    }
  }

  return {
    files,
    isRunning,
    settled: computed(() => files.value.filter(({ state }) => isSettled(state)).length),
    add(more) {
      files.value = [
        ...files.value,
        ...more.map((file): ImportedFile => ({ id: ++ids, file, state: { kind: 'waiting' } })),
      ];
      void run();
    },
    decide(choice, id) {
      for (const { id: one, state } of files.value) {
        if (state.kind !== 'taken' || (id !== undefined && id !== one)) continue;
        if (choice !== 'skip') chosen.set(one, { article: state.article, choice });
        set(one, { kind: choice === 'skip' ? 'skipped' : 'waiting' });
      }
      void run();
    },
    retry(id) {
      set(id, { kind: 'waiting' });
      void run();
    },
    clear() {
      files.value = files.value.filter(({ state }) => !isSettled(state));
    },
    stop() {
      isStopped = true;
    },
  };
}

function isSettled({ kind }: FileState): boolean {
  return kind === 'imported' || kind === 'refused' || kind === 'skipped';
}

function refusalOf(error: unknown): FileState {
  const canRetry = !(error instanceof AdminApiError) || error.code !== 'INVALID_REQUEST';
  return { kind: 'refused', reason: sentenceOf(error), canRetry };
}
