import { effect, type ReadonlySignal } from '@preact/signals';
import type { Configuration } from '../../../shared/configuration.ts';

type Following = {
  readonly current: ReadonlySignal<Configuration>;
  /** Whether anybody can see the panel. While nobody can, nobody is asked. */
  readonly isShown: ReadonlySignal<boolean>;
  /** What there is instead of the one that is known, or `undefined` if it still is that one. */
  readonly read: (known: Configuration) => Promise<Configuration | undefined>;
  readonly take: (configuration: Configuration) => void;
};

/** What an admin publishes is seen within ten seconds: these, and the five for which a server may remember what was. */
const ASK_EVERY_MS = 4_000;

/**
 * Takes over what an admin publishes while the panel is open. It is asked every few seconds while the panel can be seen,
 * and at once when it can be seen again. A failure is no trouble of the visitor: it is asked again.
 */
export function followConfiguration({ current, isShown, read, take }: Following): void {
  // The document has just brought one along.
  let askedAt = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function ask(): Promise<void> {
    askedAt = performance.now();
    const newer = await read(current.peek()).catch(() => undefined);
    // Another server may not know yet what the last one told.
    if (newer !== undefined && newer.version >= current.peek().version) take(newer);
    plan();
  }

  function plan(): void {
    clearTimeout(timer);
    if (isShown.peek()) timer = setTimeout(ask, Math.max(0, askedAt + ASK_EVERY_MS - performance.now()));
  }

  effect(() => {
    isShown.value;
    plan();
  });
}
