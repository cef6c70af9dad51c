import { type ReadonlySignal, signal } from '@preact/signals';
import type { OpenSessionAnswer, RenewSessionAnswer } from '../../shared/session.ts';
import { ApiError, type ApiErrorCode, isPassing, isSessionCode } from '../api/api-error.ts';
import type { Access } from '../api/request.ts';
import type { OpenedSession } from '../api/session-api.ts';

export type Session = {
  /** Swaps the ticket for a session. Called again only if it failed without an answer. */
  open(): Promise<OpenSessionAnswer>;
  /** Runs `call` with a valid token, renewed before it expires, and again with a new one if the server found it old. */
  authorized<T>(call: (access: Access) => Promise<T>): Promise<T>;
  /** Why the session is over, or `undefined` while it is not. There is no way back but a new document. */
  readonly endedBy: ReadonlySignal<ApiErrorCode | undefined>;
};

type Dependencies = {
  readonly ticket: string;
  readonly openSession: (ticket: string) => Promise<OpenedSession>;
  readonly renewSession: (access: Access) => Promise<RenewSessionAnswer>;
  /** Milliseconds of the wall clock: unlike `performance.now()` it also counts the time a laptop slept. */
  readonly now: () => number;
  readonly schedule: (run: () => void, milliseconds: number) => void;
};

/** A token this close to its end is renewed first. */
const LEAST_REMAINING_MS = 30_000;
/** A timer renews after this part of a token's life, so that a panel left open stays usable. */
const RENEW_AT_FRACTION = 0.8;
const RENEW_AGAIN_MS = 15_000;

/** Keeps one session in memory, and nowhere else. */
export function createSession({ ticket, openSession, renewSession, now, schedule }: Dependencies): Session {
  const endedBy = signal<ApiErrorCode | undefined>(undefined);
  let opening: Promise<OpenSessionAnswer> | undefined;
  let renewal: Promise<Access> | undefined;
  let access: Access | undefined;
  let expiresAt = 0;

  function keep(answer: RenewSessionAnswer, verifier: Access['verifier']): Access {
    access = { token: answer.token, verifier };
    expiresAt = now() + answer.expiresInSeconds * 1000;
    scheduleRenewal(answer.expiresInSeconds * 1000 * RENEW_AT_FRACTION);
    return access;
  }

  function scheduleRenewal(milliseconds: number): void {
    const current = access;
    schedule(() => {
      if (endedBy.value !== undefined || access !== current) return;
      renew().catch((error) => {
        if (isPassing(error)) scheduleRenewal(RENEW_AGAIN_MS);
      });
    }, milliseconds);
  }

  function end(error: unknown): never {
    if (error instanceof ApiError && (isSessionCode(error.code) || TAKEN_AWAY.includes(error.code))) {
      endedBy.value = error.code;
    }
    throw error;
  }

  function renew(): Promise<Access> {
    if (access === undefined) return Promise.reject(new ApiError('SESSION_MISSING'));
    const { verifier } = access;
    renewal ??= renewSession(access)
      .then((answer) => keep(answer, verifier), end)
      .finally(() => {
        renewal = undefined;
      });
    return renewal;
  }

  async function authorized<T>(call: (access: Access) => Promise<T>): Promise<T> {
    await opening;
    const valid = access !== undefined && expiresAt - now() > LEAST_REMAINING_MS ? access : await renew();
    try {
      return await call(valid);
    } catch (error) {
      // Clocks differ: the server's opinion counts, and one more token settles it.
      if (!(error instanceof ApiError) || error.code !== 'SESSION_EXPIRED') return end(error);
      return call(await renew()).catch(end);
    }
  }

  return {
    endedBy,
    authorized,
    open() {
      opening = openSession(ticket).then(({ answer, verifier }) => {
        keep(answer, verifier);
        return answer;
      }, end);
      return opening;
    },
  };
}

/** The widget itself was taken away: no new document will help either. */
const TAKEN_AWAY: readonly ApiErrorCode[] = ['KEY_REVOKED', 'ORIGIN_NOT_ALLOWED', 'FEATURE_OFF', 'EMBED_REFUSED'];
