import { effect } from '@preact/signals';
import type { Draft } from './draft.ts';

/** The copy of the draft that the server keeps, so that a reload loses nothing. */
export type KeptDraft = {
  /**
   * Makes sure that there is a copy, and from now on always one, even of a draft without changes: a preview answers from
   * it. Throws what the server says.
   */
  hold(): Promise<void>;
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
  let kept: unknown;
  let hasBegun = false;
  let isHeld = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;

  function isNew(): boolean {
    return hasBegun && kept !== wanted();
  }

  /** The settings to be kept; without a change they are the base. */
  function wanted(): unknown {
    return draft.changes.peek().length > 0 ? draft.settings.peek() : draft.base.peek();
  }

  async function keep(): Promise<void> {
    const target = wanted();
    const settings = draft.settings.peek();
    if (draft.changes.peek().length === 0 && !isHeld) await remove();
    else await put({ baseVersion: draft.baseVersion.peek(), settings });
    kept = target;
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    await running?.catch(() => {});
    if (!isNew()) return;
    running = keep();
    try {
      await running;
    } catch (error) {
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
    hold() {
      if (!isHeld) kept = undefined;
      isHeld = true;
      return flush();
    },
    begin(hasCopy) {
      hasBegun = true;
      kept = hasCopy || isHeld ? undefined : draft.base.peek();
      if (isNew()) schedule(PAUSE_MS);
    },
  };
}
