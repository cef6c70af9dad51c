import type { SigningKey } from '../domain/answer-signer.ts';
import { createStreamSeal } from '../domain/stream-seal.ts';
import { AppError } from '../errors.ts';
import { EventStream } from './event-stream.ts';
import type { RequestContext } from './request-state.ts';

const STREAMS_PER_SESSION = 2;

export type EventStreamTimes = {
  readonly heartbeatMs: number;
  /** After so long a stream ends, at the latest. */
  readonly longestMs: number;
};

const TIMES: EventStreamTimes = { heartbeatMs: 15_000, longestMs: 120_000 };

type EventStreamsParts = {
  /** What the streams of a session are authenticated with. */
  readonly signingKeyOf: (sessionId: string) => SigningKey;
  readonly times?: EventStreamTimes;
};

/** All open streams. They share one timer, so that a stream on which nothing happens costs next to nothing. */
export class EventStreams {
  readonly #signingKeyOf: EventStreamsParts['signingKeyOf'];
  readonly #times: EventStreamTimes;
  readonly #bySession = new Map<string, Set<EventStream>>();
  #heartbeat: NodeJS.Timeout | undefined;

  constructor({ signingKeyOf, times = TIMES }: EventStreamsParts) {
    this.#signingKeyOf = signingKeyOf;
    this.#times = times;
  }

  /**
   * A stream for this request, counted from now on. To be called before the first `await` of its handler, so that a
   * visitor who leaves meanwhile is noticed. Throws AppError `TOO_MANY_STREAMS`.
   */
  open(ctx: RequestContext, sessionId: string): EventStream {
    const streams = this.#bySession.get(sessionId) ?? new Set();
    if (streams.size >= STREAMS_PER_SESSION) throw new AppError('TOO_MANY_STREAMS', { retryAfterSeconds: 1 });
    this.#bySession.set(sessionId, streams);
    const request = { method: ctx.method, target: ctx.req.url ?? '' };
    const seal = createStreamSeal(this.#signingKeyOf(sessionId), request);
    const stream: EventStream = new EventStream(ctx, seal, () => this.#forget(sessionId, stream));
    streams.add(stream);
    if (ctx.res.closed) stream.leave();
    if (this.#bySession.size > 0) this.#heartbeat ??= setInterval(() => this.#beat(), this.#times.heartbeatMs);
    return stream;
  }

  /** Ends the streams of a session that is over. */
  endSession(sessionId: string): void {
    for (const stream of this.#bySession.get(sessionId) ?? []) stream.end();
  }

  /** Ends all streams; visitors resume theirs elsewhere. */
  close(): void {
    for (const sessionId of this.#bySession.keys()) this.endSession(sessionId);
  }

  #beat(): void {
    // The next heartbeat would be too late for a stream that reaches its longest life before it.
    const oldestMs = performance.now() - this.#times.longestMs + this.#times.heartbeatMs;
    for (const streams of this.#bySession.values()) {
      for (const stream of streams) {
        stream.beat();
        if (stream.openedAtMs <= oldestMs) stream.end();
      }
    }
  }

  #forget(sessionId: string, stream: EventStream): void {
    const streams = this.#bySession.get(sessionId);
    streams?.delete(stream);
    if (streams?.size === 0) this.#bySession.delete(sessionId);
    if (this.#bySession.size > 0) return;
    clearInterval(this.#heartbeat);
    this.#heartbeat = undefined;
  }
}
