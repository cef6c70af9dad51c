import { type ReadonlySignal, signal } from '@preact/signals';
import type { Dashboard } from '../host/dashboard.ts';

/** The admin's sign-in at the dashboard: a token in memory, and nowhere else. */
export type SignIn = {
  /** Whether the dashboard has no token for us, or only such as the server refuses. */
  readonly hasEnded: ReadonlySignal<boolean>;
  /** A token that is valid for a while; waits as long as the sign-in has ended. */
  getToken(): Promise<string>;
  /** Says that the server took a token. */
  accept(): void;
  /** Says that the server refused this token. The second in a row ends the sign-in. */
  refuse(token: string): void;
  /**
   * Says that this token does not permit what was asked: the next call asks the dashboard, in which the role may have
   * changed since.
   */
  forget(token: string): void;
  /** Asks the dashboard again. */
  resume(): void;
};

/** A token is asked for again this long before it ends, so that none ends on its way. */
export const RENEW_AHEAD_MS = 30_000;

const LEAST_LIFE_MS = 2_000;
/** What a timer can wait, https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timers. */
const LONGEST_TIMER_MS = 2 ** 31;

type Options = {
  readonly dashboard: Pick<Dashboard, 'requestToken'>;
  /** Milliseconds of the epoch. */
  readonly now: () => number;
  /** Whether anybody looks at the view. */
  readonly isWatched: () => boolean;
  /** Told once each time the sign-in ends. */
  readonly onEnded: () => void;
};

export function createSignIn({ dashboard, now, isWatched, onEnded }: Options): SignIn {
  const hasEnded = signal(false);
  let current: { readonly token: string; readonly renewAt: number } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsking = false;
  let refusals = 0;
  let waiting: ((token: string) => void)[] = [];

  function end(): void {
    current = undefined;
    if (hasEnded.value) return;
    hasEnded.value = true;
    onEnded();
  }

  async function ask(): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    const token = await dashboard.requestToken().catch(() => null);
    isAsking = false;
    if (token === null) return end();
    hasEnded.value = false;
    // A token with little left to live is used all the same: whether it is valid, the server knows best.
    const life = Math.max(LEAST_LIFE_MS, expiryOf(token) - now());
    const wait = Math.max(life - RENEW_AHEAD_MS, life / 2);
    current = { token, renewAt: now() + wait };
    clearTimeout(timer);
    if (wait < LONGEST_TIMER_MS) timer = setTimeout(renew, wait);
    const answered = waiting;
    waiting = [];
    for (const resolve of answered) resolve(token);
  }

  /** So that an ended sign-in is seen while the admin reads, and not only when they publish. */
  function renew(): void {
    if (isWatched() && !hasEnded.value) void ask();
  }

  return {
    hasEnded,
    getToken() {
      if (current !== undefined && now() < current.renewAt) {
        return Promise.resolve(current.token);
      }
      return new Promise((resolve) => {
        waiting.push(resolve);
        if (!hasEnded.value) void ask();
      });
    },
    accept() {
      refusals = 0;
    },
    refuse(token) {
      if (current?.token !== token) return;
      current = undefined;
      refusals++;
      if (refusals >= 2) end();
    },
    forget(token) {
      if (current?.token === token) current = undefined;
    },
    resume() {
      refusals = 0;
      void ask();
    },
  };
}

/**
 * When a token ends, in milliseconds of the epoch; never, if it does not say. It is only read to ask in time: whether
 * a token is valid is the server's to say.
 */
export function expiryOf(token: string): number {
  try {
    const [, claims = ''] = token.split('.');
    const { exp } = JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/')));
    return typeof exp === 'number' ? exp * 1_000 : Number.POSITIVE_INFINITY;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
