import type { Citation } from '../../shared/chat.ts';
import type { ReplyId } from '../../shared/ids.ts';
import { AppError } from '../errors.ts';
import type { Clock } from '../gateways/clock.ts';
import type { ChatStore } from './chat-store.ts';
import { type Committer, createCommitter } from './reply-committer.ts';
import { createListeners, type Listeners } from './reply-listeners.ts';
import { hasEnded, type ReplyListener, type ReplyOutcome, type ReplySource, type ReplyState } from './reply-state.ts';
import { createReplyText } from './reply-text.ts';

/** How long an owner counts as alive after its last write. The clocks of processes have to differ by less. */
export const LEASE_MS = 10_000;
const MOST_CITATIONS = 50;

type LiveReplyParts = {
  readonly replyId: ReplyId;
  readonly ownerId: string;
  readonly store: Pick<ChatStore, 'writeReply' | 'findMessage'>;
  readonly clock: Clock;
  /** Told when the store did not answer for so long that the reply was given up. */
  readonly onStoreFailure: (cause: unknown) => void;
};

/** A reply that this process produces. What its listeners see has been stored before. */
export class LiveReply implements ReplySource {
  readonly replyId: ReplyId;
  readonly startedAt: Date;
  /** Resolved when the end is stored, or when this process can do no more about it. */
  readonly settled: Promise<void>;

  readonly #parts: LiveReplyParts;
  readonly #listeners: Listeners;
  readonly #committer: Committer;
  readonly #abortion = new AbortController();
  readonly #produced = createReplyText();
  #citations: readonly Citation[] = [];
  #outcome: ReplyOutcome | undefined;
  #isDecided = false;
  #committed: ReplyState = { status: 'streaming', text: '', citations: [] };
  #lastWriteAt: Date;
  #settle: () => void = () => {};

  constructor(parts: LiveReplyParts) {
    this.#parts = parts;
    this.replyId = parts.replyId;
    this.startedAt = parts.clock.now();
    this.#lastWriteAt = this.startedAt;
    this.#listeners = createListeners(parts.clock);
    this.settled = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#committer = createCommitter<ReplyState>({
      snapshot: () => ({
        status: 'streaming',
        ...this.#outcome,
        text: this.#produced.text,
        citations: this.#citations,
      }),
      write: (reply) => this.#write(reply),
      committed: (reply) => this.#show(reply),
      gaveUp: (cause) => void this.#giveUp(cause),
    });
  }

  current(): ReplyState {
    return this.#committed;
  }

  subscribe(listener: ReplyListener): () => void {
    return this.#listeners.subscribe(listener);
  }

  /** Aborted when the reply ends before the model does. */
  get signal(): AbortSignal {
    return this.#abortion.signal;
  }

  /** Whether it is decided how the reply ends; what the model says after it is not listened to. */
  get isDecided(): boolean {
    return this.#isDecided;
  }

  /** Whether the model has said anything. */
  get hasBegun(): boolean {
    return this.#produced.text !== '';
  }

  /** Since when nobody has been listening; `undefined` while somebody is. */
  get unheardSince(): Date | undefined {
    return this.#listeners.unheardSince();
  }

  get lastWriteAt(): Date {
    return this.#lastWriteAt;
  }

  append(piece: string): void {
    if (this.#isDecided || piece === '') return;
    if (this.#produced.append(piece)) this.#committer.update();
    else this.end({ status: 'failed', failure: 'REPLY_TOO_LONG' });
  }

  cite(citation: Citation): void {
    if (this.#isDecided || this.#citations.length >= MOST_CITATIONS) return;
    this.#citations = [...this.#citations, citation];
    this.#committer.update();
  }

  /** Decides how the reply ends; only the first call counts. */
  end(outcome: ReplyOutcome): void {
    if (this.#isDecided) return;
    this.#isDecided = true;
    this.#outcome = outcome;
    if (outcome.status !== 'complete') this.#abortion.abort();
    this.#committer.finish();
  }

  /** Writes the reply as it is, only to say that its owner lives. */
  renewLease(): void {
    if (!this.#isDecided) this.#committer.update();
  }

  #write(reply: ReplyState): Promise<boolean> {
    const { store, replyId, ownerId, clock } = this.#parts;
    const now = clock.now();
    this.#lastWriteAt = now;
    return store.writeReply({ replyId, ownerId, reply, now, leaseUntil: new Date(now.getTime() + LEASE_MS) });
  }

  #show(reply: ReplyState): void {
    const before = this.#committed;
    this.#committed = reply;
    const isNews = hasEnded(reply) || reply.text !== before.text || reply.citations !== before.citations;
    if (isNews) this.#listeners.changed();
    if (hasEnded(reply)) this.#settle();
  }

  async #giveUp(cause: unknown): Promise<void> {
    this.#isDecided = true;
    this.#abortion.abort();
    try {
      if (cause !== undefined) throw new AppError('STORE_UNAVAILABLE', { cause });
      // Somebody else has ended the reply: a visitor stopped it on another process, or the lease ran out.
      const message = await this.#parts.store.findMessage(this.replyId);
      if (message === undefined) throw new AppError('REPLY_NOT_FOUND');
      this.#show(message.reply);
    } catch (error) {
      this.#parts.onStoreFailure(cause ?? error);
      this.#listeners.lost(error instanceof AppError ? error : new AppError('STORE_UNAVAILABLE', { cause: error }));
    }
    this.#settle();
  }
}
