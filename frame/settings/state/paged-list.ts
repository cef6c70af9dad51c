import { type ReadonlySignal, signal } from '@preact/signals';

/** One part of a list, and where the next one begins; `null` after the last. */
export type Part<R, C> = { readonly rows: readonly R[]; readonly next: C | null };

export type PagedList<R> = {
  readonly rows: ReadonlySignal<readonly R[]>;
  readonly hasMore: ReadonlySignal<boolean>;
  readonly isLoading: ReadonlySignal<boolean>;
  /** Why the last part did not come; what was there before stays. */
  readonly error: ReadonlySignal<unknown>;
  /** Loads the next part, or again the one that failed. Does nothing while one is on its way or none is left. */
  more(): Promise<void>;
};

/** A list that comes in parts, as the API gives it. The first part is asked for by the first `more`. */
export function createPagedList<R, C>(load: (cursor: C | undefined) => Promise<Part<R, C>>): PagedList<R> {
  const rows = signal<readonly R[]>([]);
  const hasMore = signal(true);
  const isLoading = signal(false);
  const error = signal<unknown>(undefined);
  let cursor: C | undefined;

  return {
    rows,
    hasMore,
    isLoading,
    error,
    async more() {
      if (isLoading.value || !hasMore.value) return;
      isLoading.value = true;
      error.value = undefined;
      try {
        const part = await load(cursor);
        rows.value = [...rows.value, ...part.rows];
        cursor = part.next ?? undefined;
        hasMore.value = part.next !== null;
      } catch (reason) {
        error.value = reason;
      } finally {
        isLoading.value = false;
      }
    },
  };
}
