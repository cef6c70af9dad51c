import { setTimeout as delay } from 'node:timers/promises';

/** Writes the latest state, again and again, as long as there is a later one. */
export type Committer = {
  /** There is something new. It is written as soon as the write before it is done. */
  update(): void;
  /** The same for the last time: nothing is waited for any more but the store. */
  finish(): void;
};

type CommitterParts<S> = {
  /** The state to write now. */
  snapshot(): S;
  /** Throws if the store does not answer; answers `false` if the state is no longer ours to write. */
  write(state: S): Promise<boolean>;
  committed(state: S): void;
  /** The last call there is: the state is not ours (no `cause`), or the store did not answer for long. */
  gaveUp(cause?: unknown): void;
};

/** Two writes begin at least so far apart: below what an eye can tell, yet few for a fast model and a long reply. */
const SPACING_MS = 16;
/** Together below the lease of a reply: after it somebody else may have called the reply interrupted. */
const RETRY_DELAYS_MS = [50, 100, 250, 500, 1_000, 2_000, 2_000, 2_000];

/**
 * Group commit: what comes while a write is on its way waits and goes with the next one, so a fast producer costs no
 * more writes than the store can do, and a slow one has each piece written at once.
 */
export function createCommitter<S>({ snapshot, write, committed, gaveUp }: CommitterParts<S>): Committer {
  const spacing = createSpacing();
  let isDirty = false;
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    while (isDirty) {
      await spacing.nextStart();
      if (!(await commit())) return; // isRunning stays true: nothing is ever written again.
    }
    isRunning = false;
  }

  async function commit(): Promise<boolean> {
    for (let attempt = 0; ; attempt++) {
      isDirty = false;
      const state = snapshot();
      try {
        const isOurs = await write(state);
        if (isOurs) committed(state);
        else gaveUp();
        return isOurs;
      } catch (cause) {
        const delayMs = RETRY_DELAYS_MS[attempt];
        if (delayMs === undefined) {
          gaveUp(cause);
          return false;
        }
        await delay(delayMs);
      }
    }
  }

  function update(): void {
    isDirty = true;
    if (!isRunning) void run();
  }

  return {
    update,
    finish() {
      spacing.end();
      update();
    },
  };
}

type Spacing = {
  /** Resolves when the next write may begin: at once if the one before it began long enough ago. */
  nextStart(): Promise<void>;
  /** Nothing waits any more, now and later. */
  end(): void;
};

function createSpacing(): Spacing {
  let nextStartMs = 0;
  let hasEnded = false;
  let wake: () => void = () => {};
  return {
    async nextStart() {
      const waitMs = nextStartMs - performance.now();
      if (waitMs > 0 && !hasEnded) {
        const { promise, end } = createPause(waitMs);
        wake = end;
        await promise;
      }
      nextStartMs = performance.now() + SPACING_MS;
    },
    end() {
      hasEnded = true;
      wake();
    },
  };
}

function createPause(milliseconds: number): { readonly promise: Promise<void>; end(): void } {
  let end: () => void = () => {};
  const promise = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    end = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  return { promise, end };
}
