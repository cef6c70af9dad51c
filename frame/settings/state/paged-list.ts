import { computed, type ReadonlySignal, signal } from '@preact/signals';

/** One part of a list, and where the next one begins; `null` after the last. */
export type Part<R, C> = { readonly rows: readonly R[]; readonly next: C | null };

export type PagedList<R> = {
  /** Of the part that is open. There are never more, however long the list is. */
  readonly rows: ReadonlySignal<readonly R[]>;
  /** How many parts are newer than the open one. */
  readonly newerParts: ReadonlySignal<number>;
  readonly hasOlder: ReadonlySignal<boolean>;
  readonly isLoading: ReadonlySignal<boolean>;
  /** Why the next part did not come; the one that was open stays. */
  readonly error: ReadonlySignal<unknown>;
  /** Opens the next part, or asks again for the one that failed. Does nothing while one is on its way or none is left. */
  older(): Promise<void>;
  /** Opens the part before. */
  newer(): void;
};

/** A list that comes in parts, newest first, as the API gives it. The first part is asked for by the first `older`. */
export function createPagedList<R, C>(load: (cursor: C | undefined) => Promise<Part<R, C>>): PagedList<R> {
  const parts = signal<readonly Part<R, C>[]>([]);
  const open = signal(0);
  const isLoading = signal(false);
  const error = signal<unknown>(undefined);
  const hasOlder = computed(() => open.value + 1 < parts.value.length || parts.value.at(-1)?.next !== null);

  async function loadNext(): Promise<void> {
    isLoading.value = true;
    try {
      const known = parts.value;
      const part = await load(known.at(-1)?.next ?? undefined);
      parts.value = [...known, part];
      open.value = known.length;
    } catch (reason) {
      error.value = reason;
    } finally {
      isLoading.value = false;
    }
  }

  return {
    rows: computed(() => parts.value[open.value]?.rows ?? []),
    newerParts: open,
    hasOlder,
    isLoading,
    error,
    async older() {
      if (isLoading.value || !hasOlder.value) return;
      error.value = undefined;
      if (open.value + 1 < parts.value.length) open.value++;
      else await loadNext();
    },
    newer() {
      error.value = undefined;
      open.value = Math.max(0, open.value - 1);
    },
  };
}
