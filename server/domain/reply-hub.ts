import type { Logger } from 'pino';
import type { ReplyId } from '../../shared/ids.ts';
import type { Clock } from '../gateways/clock.ts';
import type { MessageDocument } from '../store/messages.ts';
import type { ChatStore } from './chat-store.ts';
import { checkDeadlines } from './reply-deadlines.ts';
import { LiveReply } from './reply-live.ts';
import { RemoteReply } from './reply-remote.ts';
import { endedReply, hasEnded, INTERRUPTED, type ReplySource } from './reply-state.ts';

const CHECK_MS = 1_000;

export type HubParts = {
  readonly store: ChatStore;
  readonly clock: Clock;
  /** Names this run of this process in the store; never used again. */
  readonly ownerId: string;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
};

/** The replies this process produces, and those of other processes that somebody reads here. */
export class ReplyHub {
  readonly #parts: HubParts;
  readonly #live = new Map<ReplyId, LiveReply>();
  readonly #remote = new Map<ReplyId, RemoteReply>();
  #checks: NodeJS.Timeout | undefined;

  constructor(parts: HubParts) {
    this.#parts = parts;
  }

  /** The reply, if this process produces it. */
  find(replyId: ReplyId): LiveReply | undefined {
    return this.#live.get(replyId);
  }

  /** Begins a reply whose message this process has just inserted. */
  start(replyId: ReplyId): LiveReply {
    const { log } = this.#parts;
    const onStoreFailure = (err: unknown) => log.error({ err, replyId }, 'A reply could not be stored');
    const reply = new LiveReply({ ...this.#parts, replyId, onStoreFailure });
    this.#live.set(replyId, reply);
    this.#checks ??= setInterval(() => this.check(), CHECK_MS);
    void reply.settled.then(() => this.#forget(replyId));
    return reply;
  }

  /** The reply of a stored message, to be followed from here whoever produces it. */
  follow({ _id: replyId, reply: state }: MessageDocument): ReplySource {
    const live = this.#live.get(replyId);
    if (live !== undefined) return live;
    if (hasEnded(state)) return endedReply(state);
    const known = this.#remote.get(replyId);
    if (known !== undefined) return known;
    const remote = new RemoteReply({ ...this.#parts, replyId, state, onIdle: () => this.#remote.delete(replyId) });
    this.#remote.set(replyId, remote);
    return remote;
  }

  /** Applies the deadlines to every reply this process produces. */
  check(): void {
    const { log } = this.#parts;
    for (const reply of this.#live.values()) {
      checkDeadlines(reply, this.#parts).catch((err) => log.warn({ err }, 'A reply could not be checked'));
    }
  }

  /** Waits for the replies under way, and interrupts those that are not done after `graceMs`. Resolves when all are stored. */
  async close(graceMs: number): Promise<void> {
    const all = Promise.all([...this.#live.values()].map((reply) => reply.settled));
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs);
    });
    await Promise.race([all, grace]);
    clearTimeout(timer);
    for (const reply of this.#live.values()) reply.end(INTERRUPTED);
    await all;
  }

  #forget(replyId: ReplyId): void {
    this.#live.delete(replyId);
    if (this.#live.size > 0) return;
    clearInterval(this.#checks);
    this.#checks = undefined;
  }
}
