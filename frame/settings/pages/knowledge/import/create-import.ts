import { type ReadonlySignal, signal } from '@preact/signals';
import { AdminApiError, sentenceOf } from '../../../api/admin-api-error.ts';
import { freeSlug } from '../slug.ts';
import { type Choice, createFileList, type FileState, type ImportedFile } from './file-list.ts';
import type { ReadPage } from './html-to-markdown.ts';
import { type FileToRead, readFile } from './read-file.ts';
import { createArticleSaver, type SaverParts } from './save-read-article.ts';

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

type Parts = SaverParts & {
  readonly toMarkdown: (html: string) => Promise<ReadPage>;
  /** After the last file that waits. */
  readonly onDone: () => void;
};

/** Imports files one after another. Each gets its own answer; one that cannot be imported stops no other. */
export function createImport({ toMarkdown, onDone, ...saverParts }: Parts): Import {
  const list = createFileList();
  const isRunning = signal(false);
  let isStopped = false;
  const { isTaken, saveAs } = createArticleSaver(saverParts, () => isStopped);

  async function run(): Promise<void> {
    if (isRunning.value) return;
    isRunning.value = true;
    for (;;) {
      const next = list.files.value.find(({ state }) => state.kind === 'waiting');
      if (next === undefined || isStopped) break;
      list.set(next.id, { kind: 'working' });
      list.set(next.id, await importOne(next).catch((error) => refusalOf(error)));
    }
    isRunning.value = false;
    onDone();
  }

  async function importOne({ id, file }: ImportedFile): Promise<FileState> {
    const made = list.takeChoice(id);
    if (made !== undefined) {
      const { slug } = made.article;
      return await saveAs(made.choice === 'replace' ? slug : freeSlug(slug, isTaken), made.article);
    }
    const reading = await readFile(file, toMarkdown);
    if (reading.kind === 'refused') return { ...reading, canRetry: false };
    const { article } = reading;
    return isTaken(article.slug) ? { kind: 'taken', article } : await saveAs(article.slug, article);
  }

  /** Does something to the list, and goes on with what waits then. */
  function goOn(change: () => void): void {
    change();
    void run();
  }

  return {
    files: list.files,
    isRunning,
    settled: list.settled,
    add: (more) => goOn(() => list.add(more)),
    decide: (choice, id) => goOn(() => list.decide(choice, id)),
    retry: (id) => goOn(() => list.set(id, { kind: 'waiting' })),
    clear: list.clear,
    stop() {
      isStopped = true;
    },
  };
}

function refusalOf(error: unknown): FileState {
  const canRetry = !(error instanceof AdminApiError) || error.code !== 'INVALID_REQUEST';
  return { kind: 'refused', reason: sentenceOf(error), canRetry };
}
