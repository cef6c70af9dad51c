import type { SigningKey } from '../domain/answer-signer.ts';
import type { FindRevoked } from '../domain/revocation.ts';
import { createStreamSeal } from '../domain/stream-seal.ts';
import type { VisitorCaller } from '../domain/widget.ts';
import { AppError } from '../errors.ts';
import { EventStream } from './event-stream.ts';
import { peerNetwork } from './peer-network.ts';
import type { RequestContext } from './request-state.ts';
import { StreamTally } from './stream-tally.ts';

export type EventStreamTimes = {
  readonly heartbeatMs: number;
  /** After so long a stream ends, at the latest. */
  readonly longestMs: number;
  /** How often it is looked whether those who listen still may. With the look itself well below five seconds. */
  readonly revocationMs: number;
};

export const STREAM_TIMES: EventStreamTimes = { heartbeatMs: 15_000, longestMs: 120_000, revocationMs: 2_000 };

type EventStreamsParts = {
  /** What the streams of a session are authenticated with. */
  readonly signingKeyOf: (sessionId: string) => SigningKey;
  readonly findRevoked: FindRevoked;
  /** Told when it could not be known who has lost the right to listen; it is looked again. */
  readonly onFailure: (error: unknown) => void;
  readonly times?: Partial<EventStreamTimes>;
};

/** All open streams. They share their timers, so that a stream on which nothing happens costs next to nothing. */
export class EventStreams {
  readonly #parts: EventStreamsParts;
  readonly #times: EventStreamTimes;
  readonly #callers = new Map<EventStream, VisitorCaller>();
  readonly #tally = new StreamTally();
  #timers: readonly NodeJS.Timeout[] = [];
  #isLooking = false;

  constructor(parts: EventStreamsParts) {
    this.#parts = parts;
    this.#times = { ...STREAM_TIMES, ...parts.times };
  }

  /**
   * A stream for this request, counted from now on. To be called before the first `await` of its handler, so that a
   * visitor who leaves meanwhile is noticed. Throws AppError `TOO_MANY_STREAMS`.
   */
  open(ctx: RequestContext, caller: VisitorCaller): EventStream {
    const { sessionId, widget } = caller;
    const leaveTally = this.#tally.enter({ session: sessionId, address: peerNetwork(ctx), widget: widget.id });
    if (leaveTally === undefined) throw new AppError('TOO_MANY_STREAMS', { retryAfterSeconds: 1 });
    const request = { method: ctx.method, target: ctx.req.url ?? '' };
    const seal = createStreamSeal(this.#parts.signingKeyOf(sessionId), request);
    const stream: EventStream = new EventStream(ctx, seal, () => {
      leaveTally();
      this.#forget(stream);
    });
    this.#callers.set(stream, caller);
    if (ctx.res.closed) stream.leave();
    if (this.#callers.size > 0 && this.#timers.length === 0) this.#startTimers();
    return stream;
  }

  /** Ends the streams of a browser in which somebody has logged out. */
  endBrowser(browserId: string): void {
    for (const [stream, caller] of this.#callers) if (caller.browserId === browserId) stream.end();
  }

  /** Ends all streams; visitors resume theirs elsewhere. */
  close(): void {
    for (const stream of this.#callers.keys()) stream.end();
  }

  #startTimers(): void {
    const { heartbeatMs, revocationMs } = this.#times;
    this.#timers = [setInterval(() => this.#beat(), heartbeatMs), setInterval(() => void this.#look(), revocationMs)];
  }

  #beat(): void {
    // The next heartbeat would be too late for a stream that reaches its longest life before it.
    const oldestMs = performance.now() - this.#times.longestMs + this.#times.heartbeatMs;
    for (const stream of this.#callers.keys()) {
      stream.beat();
      if (stream.openedAtMs <= oldestMs) stream.end();
    }
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const revoked = await this.#parts.findRevoked([...this.#callers.values()]);
      for (const [stream, caller] of this.#callers) {
        const code = revoked.get(caller);
        if (code !== undefined) stream.revoke(code);
      }
    } catch (error) {
      this.#parts.onFailure(error);
    } finally {
      this.#isLooking = false;
    }
  }

  #forget(stream: EventStream): void {
    this.#callers.delete(stream);
    if (this.#callers.size > 0) return;
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
  }
}
