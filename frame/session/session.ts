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

/** The widget itself was taken away: no new document will help either. */
const TAKEN_AWAY: readonly ApiErrorCode[] = ['KEY_REVOKED', 'ORIGIN_NOT_ALLOWED', 'FEATURE_OFF', 'EMBED_REFUSED'];

/** Keeps one session in memory, and nowhere else. */
export class MemorySession implements Session {
  readonly endedBy = signal<ApiErrorCode | undefined>(undefined);
  readonly #around: Dependencies;
  #opening: Promise<OpenSessionAnswer> | undefined;
  #renewal: Promise<Access> | undefined;
  #access: Access | undefined;
  #expiresAt = 0;

  constructor(dependencies: Dependencies) {
    this.#around = dependencies;
  }

  open(): Promise<OpenSessionAnswer> {
    this.#opening = this.#around
      .openSession(this.#around.ticket)
      .then(({ answer, verifier }) => {
        this.#keep(answer, verifier);
        return answer;
      })
      .catch((error) => this.#fail(error));
    return this.#opening;
  }

  async authorized<T>(call: (access: Access) => Promise<T>): Promise<T> {
    await this.#opening;
    const valid = this.#validAccess() ?? (await this.#renew());
    try {
      return await call(valid);
    } catch (error) {
      // Clocks differ: the server's opinion counts, and one more token settles it.
      if (!(error instanceof ApiError) || error.code !== 'SESSION_EXPIRED') return this.#fail(error);
      return call(await this.#renew()).catch((again) => this.#fail(again));
    }
  }

  #validAccess(): Access | undefined {
    return this.#expiresAt - this.#around.now() > LEAST_REMAINING_MS ? this.#access : undefined;
  }

  #keep(answer: RenewSessionAnswer, verifier: Access['verifier']): Access {
    this.#access = { token: answer.token, verifier };
    this.#expiresAt = this.#around.now() + answer.expiresInSeconds * 1000;
    this.#scheduleRenewal(answer.expiresInSeconds * 1000 * RENEW_AT_FRACTION);
    return this.#access;
  }

  #scheduleRenewal(milliseconds: number): void {
    const current = this.#access;
    this.#around.schedule(() => {
      if (this.endedBy.value !== undefined || this.#access !== current) return;
      this.#renew().catch((error) => {
        if (isPassing(error)) this.#scheduleRenewal(RENEW_AGAIN_MS);
      });
    }, milliseconds);
  }

  /** One renewal serves everybody who waits for it. */
  #renew(): Promise<Access> {
    const access = this.#access;
    if (access === undefined) return Promise.reject(new ApiError('SESSION_MISSING'));
    this.#renewal ??= this.#around
      .renewSession(access)
      .then((answer) => this.#keep(answer, access.verifier))
      .catch((error) => this.#fail(error))
      .finally(() => {
        this.#renewal = undefined;
      });
    return this.#renewal;
  }

  #fail(error: unknown): never {
    if (error instanceof ApiError && (isSessionCode(error.code) || TAKEN_AWAY.includes(error.code))) {
      this.endedBy.value = error.code;
    }
    throw error;
  }
}
