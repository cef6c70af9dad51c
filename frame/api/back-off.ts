import type { ReadonlySignal } from '@preact/signals';

/** Waits before another try. Attempts count from 1. Resolves early when `signal` aborts. */
export type BackOff = (attempt: number, options?: { leastMs?: number; signal?: AbortSignal }) => Promise<void>;

type Surroundings = {
  readonly isOnline: ReadonlySignal<boolean>;
  /** From 0 to 1, so that the frames of one site do not all come back at once. */
  readonly random: () => number;
};

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 8_000;

/** How long to wait before another try: doubling from 0.4 to 8 seconds, half of it left to chance. */
export function waitAfter(attempt: number, random: number): number {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
  return (longest * (1 + random)) / 2;
}

/** While the browser says it is offline nothing is tried; the moment it is back, it is tried at once. */
export function createBackOff({ isOnline, random }: Surroundings): BackOff {
  return (attempt, { leastMs = 0, signal } = {}) =>
    new Promise((resolve) => {
      const wasOnline = isOnline.value;
      const wait = Math.max(leastMs, waitAfter(attempt, random()));
      const timer = wasOnline ? setTimeout(finish, wait) : undefined;
      const unsubscribe = isOnline.subscribe((isBack) => {
        if (isBack && !wasOnline) finish();
      });
      signal?.addEventListener('abort', finish);

      function finish(): void {
        clearTimeout(timer);
        signal?.removeEventListener('abort', finish);
        // The first call of a subscriber is synchronous; it never finishes, because nothing has changed yet.
        unsubscribe();
        resolve();
      }
    });
}
