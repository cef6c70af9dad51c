import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Draft } from './draft.ts';

/** The copy of the draft that the server keeps, so that a reload loses nothing. */
export type KeptDraft = {
  /** Grows each time the server has taken a copy; the preview answers from it. */
  readonly copies: ReadonlySignal<number>;
  /** Whether the last copy could not be made; it is tried again. */
  readonly hasFailed: ReadonlySignal<boolean>;
  /** Makes a copy now, if there is anything new. Throws what the server says. */
  flush(): Promise<void>;
  /** Begins to keep; until then an older copy may wait for the admin's decision. `hasCopy` if there still is one. */
  begin(hasCopy: boolean): void;
};

type Options = {
  readonly draft: Draft;
  readonly put: (draft: { baseVersion: number; settings: Draft['settings']['value'] }) => Promise<void>;
  readonly remove: () => Promise<void>;
};

/** Edits are kept this long after the last key, and tried again this long after a failure. */
const PAUSE_MS = 800;
const RETRY_MS = 8_000;

/** Keeps what is edited, one call at a time. */
export function keepDraft({ draft, put, remove }: Options): KeptDraft {
  const copies = signal(0);
  const hasFailed = signal(false);
  let kept: unknown;
  let hasBegun = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;

  function isNew(): boolean {
    return hasBegun && kept !== wanted();
  }

  /** The settings to be kept; without a change there is nothing to keep, whatever the base. */
  function wanted(): unknown {
    return draft.changes.peek().length > 0 ? draft.settings.peek() : draft.base.peek();
  }

  async function keep(): Promise<void> {
    const target = wanted();
    const settings = draft.settings.peek();
    if (draft.changes.peek().length === 0) await remove();
    else await put({ baseVersion: draft.baseVersion.peek(), settings });
    kept = target;
    copies.value++;
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    await running?.catch(() => {});
    if (!isNew()) return;
    running = keep();
    try {
      await running;
      hasFailed.value = false;
    } catch (error) {
      hasFailed.value = true;
      schedule(RETRY_MS);
      throw error;
    } finally {
      running = undefined;
    }
    if (isNew()) schedule(PAUSE_MS);
  }

  function schedule(milliseconds: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void flush().catch(() => {}), milliseconds);
  }

  effect(() => {
    draft.settings.value;
    draft.base.value;
    if (isNew()) schedule(PAUSE_MS);
  });

  return {
    copies,
    hasFailed,
    flush,
    begin(hasCopy) {
      hasBegun = true;
      kept = hasCopy ? undefined : draft.base.peek();
      if (isNew()) schedule(PAUSE_MS);
    },
  };
}
