import type { ServerResponse } from 'node:http';
import { REVOKED_EVENT, type ReplyEvent, type RevokedEvent } from '../../shared/chat.ts';
import type { ReplyPosition } from '../../shared/reply-position.ts';
import { nextReplyStep } from '../domain/reply-events.ts';
import type { ReplyListener, ReplySource, ReplyState } from '../domain/reply-state.ts';
import type { StreamSeal } from '../domain/stream-seal.ts';
import type { RequestContext } from './request-state.ts';

/** A comment (https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream); says nothing. */
const COMMENT = ':\n\n';
const STUCK_MS = 5_000;

/** No proxy may hold it back, and none may change it: it is authenticated as it was sent. */
export const STREAM_HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
} as const;

/**
 * One visitor who reads one reply. Nothing is queued for them: whenever their connection takes more, they are sent what
 * the reply has beyond their position. Someone slow costs no more memory than someone fast.
 */
export class EventStream implements ReplyListener {
  readonly openedAtMs = performance.now();
  readonly #response: ServerResponse;
  readonly #seal: StreamSeal;
  readonly #onEnd: () => void;
  #source: ReplySource | undefined;
  #position: ReplyPosition | undefined;
  #unsubscribe: (() => void) | undefined;
  #isFull = false;
  #hasEnded = false;

  /** Listens for the visitor leaving from now on; `onEnd` is called once, whoever ends the stream. */
  constructor(ctx: RequestContext, seal: StreamSeal, onEnd: () => void) {
    this.#response = ctx.res;
    this.#seal = seal;
    this.#onEnd = onEnd;
    ctx.res.once('close', () => this.leave());
    ctx.res.on('drain', () => this.#resume());
  }

  /** Answers the request with the stream of a reply from `position` on, after `first` if it is given. */
  start(ctx: RequestContext, source: ReplySource, position: ReplyPosition, first?: ReplyEvent): void {
    if (this.#hasEnded) return;
    setStreamHeaders(ctx);
    if (ctx.method === 'HEAD') {
      this.end();
      return;
    }
    this.#write(first === undefined ? COMMENT : this.#format(first, source.current()));
    this.#source = source;
    this.#position = position;
    this.#unsubscribe = source.subscribe(this);
    this.changed();
  }

  /** Sends what there is beyond the visitor's position, as far as the connection takes it. */
  changed(): void {
    if (this.#source === undefined || this.#position === undefined) return;
    while (!this.#isFull && !this.#hasEnded) {
      const state = this.#source.current();
      const step = nextReplyStep(state, this.#position);
      if (step === undefined) break;
      this.#position = step.position;
      this.#write(this.#format(step.event, state));
    }
    if (this.#position.hasEnd) this.end();
  }

  lost(): void {
    this.end();
  }

  /** Keeps the connection from looking dead. Someone who does not read does not need it. */
  beat(): void {
    if (!this.#isFull && !this.#hasEnded && this.#source !== undefined) this.#write(COMMENT);
  }

  /** Says why the visitor may not listen any more, and ends the answer. One that has not begun is left to its request. */
  revoke(code: RevokedEvent['code']): void {
    if (this.#hasEnded || this.#source === undefined) return;
    const event: RevokedEvent = { code };
    if (!this.#isFull) this.#write(`event: ${REVOKED_EVENT}\ndata: ${JSON.stringify(event)}\n\n`);
    this.end();
  }

  /** Ends the answer; the visitor can resume from their position. */
  end(): void {
    if (this.#hasEnded) return;
    this.leave();
    // Someone who does not read at all could else keep the connection open for as long as they like.
    if (this.#isFull) this.#response.setTimeout(STUCK_MS, () => this.#response.destroy());
    this.#response.end();
  }

  /** Lets go of the reply. */
  leave(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#unsubscribe?.();
    this.#source = undefined;
    this.#onEnd();
  }

  #resume(): void {
    this.#isFull = false;
    this.changed();
  }

  #format(event: ReplyEvent, state: ReplyState): string {
    return `id: ${event.id}\nevent: ${event.name}\ndata: ${this.#seal.next(event, state)}\n\n`;
  }

  #write(text: string): void {
    this.#isFull = !this.#response.write(text);
  }
}

function setStreamHeaders(ctx: RequestContext): void {
  ctx.respond = false;
  ctx.status = 200;
  ctx.set(STREAM_HEADERS);
}
