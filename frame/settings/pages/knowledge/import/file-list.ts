import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { FileToRead, ReadArticle } from './read-file.ts';

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

/** The files of one import, in the order they were taken in. */
export type FileList = {
  readonly files: ReadonlySignal<readonly ImportedFile[]>;
  /** How many files are settled, one way or the other. */
  readonly settled: ReadonlySignal<number>;
  add(files: readonly FileToRead[]): void;
  set(id: number, state: FileState): void;
  /** Lets a file whose name is taken wait again, or leaves it out, as was chosen: one, or all of them. */
  decide(choice: Choice, id: number | undefined): void;
  /** What was chosen for a file, told once. */
  takeChoice(id: number): MadeChoice | undefined;
  /** Forgets the files that are settled. */
  clear(): void;
};

type MadeChoice = { readonly article: ReadArticle; readonly choice: Choice };

export function createFileList(): FileList {
  const files = signal<readonly ImportedFile[]>([]);
  const chosen = new Map<number, MadeChoice>();
  let ids = 0;

  function set(id: number, state: FileState): void {
    files.value = files.value.map((one) => (one.id === id ? { ...one, state } : one));
  }

  return {
    files,
    settled: computed(() => files.value.filter(({ state }) => isSettled(state)).length),
    set,
    add(more) {
      const added = more.map((file): ImportedFile => ({ id: ++ids, file, state: { kind: 'waiting' } }));
      files.value = [...files.value, ...added];
    },
    decide(choice, id) {
      for (const { id: one, state } of files.value) {
        if (state.kind !== 'taken' || (id !== undefined && id !== one)) continue;
        if (choice !== 'skip') chosen.set(one, { article: state.article, choice });
        set(one, { kind: choice === 'skip' ? 'skipped' : 'waiting' });
      }
    },
    takeChoice(id) {
      const made = chosen.get(id);
      chosen.delete(id);
      return made;
    },
    clear() {
      files.value = files.value.filter(({ state }) => !isSettled(state));
    },
  };
}

function isSettled({ kind }: FileState): boolean {
  return kind === 'imported' || kind === 'refused' || kind === 'skipped';
}
