import type { ReplyId } from '../../shared/ids.ts';
import { AppError } from '../errors.ts';
import type { Clock } from '../gateways/clock.ts';
import type { ChatStore } from './chat-store.ts';
import { createListeners, type Listeners } from './reply-listeners.ts';
import { hasEnded, type ReplyListener, type ReplySource, type ReplyState } from './reply-state.ts';

const POLL_MS = 250;
/** How often the owner is told that somebody reads here; well below the time after which it gives up. */
const WATCH_MS = 5_000;
/** How long the store may fail to answer before the readers are sent away. */
const PATIENCE_MS = 10_000;

type RemoteReplyParts = {
  readonly replyId: ReplyId;
  readonly state: ReplyState;
  readonly store: Pick<ChatStore, 'findMessage' | 'markInterrupted' | 'markWatched'>;
  readonly clock: Clock;
  /** Told when nobody follows the reply here any more, or nothing more can be seen of it. */
  readonly onIdle: () => void;
};

/**
 * A reply that another process produces, or one that died did. Looks into the store as long as somebody listens, and
 * calls the reply interrupted when its owner's lease has run out.
 */
export class RemoteReply implements ReplySource {
  readonly #parts: RemoteReplyParts;
  readonly #listeners: Listeners;
  #state: ReplyState;
  #timer: NodeJS.Timeout | undefined;
  #watchedAtMs = Number.NEGATIVE_INFINITY;
  #answeredAtMs: number;

  constructor(parts: RemoteReplyParts) {
    this.#parts = parts;
    this.#state = parts.state;
    this.#listeners = createListeners(parts.clock);
    this.#answeredAtMs = this.#nowMs();
  }

  current(): ReplyState {
    return this.#state;
  }

  subscribe(listener: ReplyListener): () => void {
    const unsubscribe = this.#listeners.subscribe(listener);
    if (this.#timer === undefined) this.#lookLater();
    return () => {
      unsubscribe();
      if (this.#listeners.unheardSince() !== undefined) this.#rest();
    };
  }

  #lookLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), POLL_MS);
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#parts.onIdle();
  }

  async #look(): Promise<void> {
    try {
      await this.#read();
    } catch (cause) {
      if (this.#nowMs() - this.#answeredAtMs > PATIENCE_MS) {
        this.#rest();
        this.#listeners.lost(cause instanceof AppError ? cause : new AppError('STORE_UNAVAILABLE', { cause }));
        return;
      }
    }
    if (hasEnded(this.#state)) this.#rest();
    else if (this.#timer !== undefined) this.#lookLater();
  }

  async #read(): Promise<void> {
    const { store, replyId, clock } = this.#parts;
    const now = clock.now();
    if (now.getTime() - this.#watchedAtMs >= WATCH_MS) {
      this.#watchedAtMs = now.getTime();
      await store.markWatched(replyId, now);
    }
    const message = await store.findMessage(replyId);
    if (message === undefined) throw new AppError('REPLY_NOT_FOUND');
    this.#answeredAtMs = this.#nowMs();
    this.#show(message.reply);
    const isExpired = message.leaseUntil !== undefined && message.leaseUntil < now;
    // The next look shows what has become of it: interrupted by us, or ended by its owner just in time.
    if (isExpired) await store.markInterrupted(replyId, now);
  }

  #show(state: ReplyState): void {
    const before = this.#state;
    this.#state = state;
    const isNews = state.status !== before.status || state.text !== before.text;
    if (isNews || state.citations.length !== before.citations.length) this.#listeners.changed();
  }

  #nowMs(): number {
    return this.#parts.clock.now().getTime();
  }
}
