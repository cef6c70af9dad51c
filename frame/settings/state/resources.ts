import { type ReadonlySignal, signal } from '@preact/signals';

/** Something of the server that a page shows: the last answer, whether one is on its way, and what went wrong. */
export type Resource<T> = {
  readonly answer: T | undefined;
  readonly isLoading: boolean;
  readonly error: unknown;
};

export type Resources = {
  /**
   * What is known under `name`; asks for it when nothing is, or when it is older than ten seconds, and shows what was
   * known meanwhile, so that a page that was open before is there at once. A failure stands for as long: drawing it
   * must not ask again.
   */
  use<T>(name: string, load: () => Promise<T>): ReadonlySignal<Resource<T>>;
  /** Asks again, as after a change; answers when it has come. */
  reload(name: string): Promise<void>;
  /** Puts an answer that is known without asking. */
  put<T>(name: string, answer: T): void;
};

const FRESH_MS = 10_000;

type Entry = {
  readonly state: ReturnType<typeof signal<Resource<unknown>>>;
  load: () => Promise<unknown>;
  /** When the last answer or failure came. */
  settledAt: number;
  isAsking: boolean;
};

export function createResources(now: () => number): Resources {
  const entries = new Map<string, Entry>();

  function entryOf(name: string, load: () => Promise<unknown>): Entry {
    const known = entries.get(name);
    if (known !== undefined) return known;
    const state = signal<Resource<unknown>>({ answer: undefined, isLoading: true, error: undefined });
    const entry = { state, load, settledAt: Number.NEGATIVE_INFINITY, isAsking: false };
    entries.set(name, entry);
    return entry;
  }

  async function ask(entry: Entry): Promise<void> {
    entry.isAsking = true;
    const { answer } = entry.state.peek() ?? {};
    entry.state.value = { answer, isLoading: true, error: undefined };
    try {
      const fresh = await entry.load();
      entry.settledAt = now();
      entry.state.value = { answer: fresh, isLoading: false, error: undefined };
    } catch (error) {
      entry.settledAt = now();
      entry.state.value = { answer, isLoading: false, error };
    } finally {
      entry.isAsking = false;
    }
  }

  return {
    use<T>(name: string, load: () => Promise<T>) {
      const entry = entryOf(name, load);
      entry.load = load;
      const isStale = now() - entry.settledAt > FRESH_MS;
      // Asked after the page is drawn: a state must not change in the midst of that.
      if (isStale && !entry.isAsking) {
        entry.isAsking = true;
        queueMicrotask(() => void ask(entry));
      }
      return entry.state as ReadonlySignal<Resource<T>>;
    },
    async reload(name) {
      const entry = entries.get(name);
      if (entry !== undefined) await ask(entry);
    },
    put(name, answer) {
      const entry = entryOf(name, () => Promise.resolve(answer));
      entry.settledAt = now();
      entry.state.value = { answer, isLoading: false, error: undefined };
    },
  };
}
