import type { ChatRequest } from '../../shared/chat.ts';
import type { ReplyId } from '../../shared/ids.ts';
import { AppError } from '../errors.ts';
import type { ModelEvent, ModelGateway } from '../gateways/model-gateway.ts';
import type { MessageDocument } from '../store/messages.ts';
import type { Knowledge, KnowledgeSearch } from './knowledge.ts';
import { type Message, toMessage } from './message.ts';
import { historyOf } from './message-history.ts';
import { replyIdOf } from './message-ids.ts';
import { conversationOf, requireSameMessage, type StoredMessage, storeMessage } from './message-store.ts';
import { interruptIfExpired } from './reply-expiry.ts';
import { type HubParts, ReplyHub } from './reply-hub.ts';
import { produceReply } from './reply-production.ts';
import { hasEnded, type ReplySource } from './reply-state.ts';
import type { VisitorCaller } from './widget.ts';

/** A message of the visitor with the reply to it, which may be under way. */
export type OpenReply = { readonly message: Message; readonly source: ReplySource };

type Opened = { readonly message: MessageDocument; readonly source: ReplySource };

export type ChatParts = HubParts & { readonly modelGateway: ModelGateway; readonly knowledge: Knowledge };

/** What a visitor can do with messages and their replies. One for each process; ended by {@link Chat.shutdown}. */
export class Chat {
  readonly #parts: ChatParts;
  readonly #hub: ReplyHub;
  readonly #sending = new Map<string, Promise<Opened>>();
  #isClosing = false;

  constructor(parts: ChatParts) {
    this.#parts = parts;
    this.#hub = new ReplyHub(parts);
  }

  /**
   * Stores the message, then calls the model, both once for one `messageId` however often and wherever it is sent.
   * Resolves when the message is stored. Throws AppError: `FEATURE_OFF`, `SHUTTING_DOWN`, and those of `storeMessage`.
   */
  async sendMessage(caller: VisitorCaller, request: ChatRequest): Promise<OpenReply> {
    if (!caller.widget.configuration.features.chat) throw new AppError('FEATURE_OFF');
    if (this.#isClosing) throw new AppError('SHUTTING_DOWN');
    const { message, source } = await this.#sendOnce(caller, request);
    requireSameMessage(message, request);
    return { message: toMessage(message), source };
  }

  /** The reply, to be read from any position. Throws AppError `REPLY_NOT_FOUND` unless it is a reply to this visitor. */
  async openReply({ visitorId }: VisitorCaller, replyId: ReplyId): Promise<OpenReply> {
    const found = await this.#parts.store.findMessage(replyId);
    if (found?.visitorId !== visitorId) throw new AppError('REPLY_NOT_FOUND');
    const { message, source } = await this.#open(found);
    return { message: toMessage(message), source };
  }

  /**
   * Ends the reply if it is under way, here or on another process, and keeps what was said. Resolves when that is
   * stored. Throws AppError `REPLY_NOT_FOUND` unless it is a reply to this visitor.
   */
  async stopReply(caller: VisitorCaller, replyId: ReplyId): Promise<void> {
    const { source } = await this.openReply(caller, replyId);
    if (hasEnded(source.current())) return;
    const live = this.#hub.find(replyId);
    live?.end({ status: 'stopped' });
    await live?.settled;
    // Another process produces it, or this one has just failed to write its end.
    if (!hasEnded(source.current())) await this.#parts.store.markStopped(replyId, this.#parts.clock.now());
  }

  /**
   * To be called at the start. Marks the replies that died with their process as interrupted, and answers how many:
   * `every` reply under way if no other process uses the store, else those whose lease has `expired`.
   */
  async interruptAbandoned(which: 'every' | 'expired'): Promise<number> {
    return await this.#parts.store.markAllInterrupted(which, this.#parts.clock.now());
  }

  /**
   * Accepts no more messages, gives the replies under way `graceMs` to complete, and interrupts the rest. Resolves when
   * everything that was produced is stored.
   */
  async shutdown(graceMs: number): Promise<void> {
    this.#isClosing = true;
    await Promise.allSettled(this.#sending.values());
    await this.#hub.close(graceMs);
  }

  /** Requests with one message that arrive together share one look into the store. */
  #sendOnce(caller: VisitorCaller, request: ChatRequest): Promise<Opened> {
    const name = `${caller.visitorId} ${replyIdOf(conversationOf(caller, request), request.messageId)}`;
    const known = this.#sending.get(name);
    if (known !== undefined) return known;
    const sent = this.#send(caller, request).finally(() => this.#sending.delete(name));
    this.#sending.set(name, sent);
    return sent;
  }

  async #send(caller: VisitorCaller, request: ChatRequest): Promise<Opened> {
    const search = this.#parts.knowledge.prepare(caller.widget.id);
    search.catch(() => {}); // Looked at when the model is called, if it comes to that.
    const stored = await storeMessage(caller, request, this.#parts);
    if (!stored.isNew) return await this.#open(stored.message);
    const reply = this.#hub.start(stored.message._id);
    void produceReply(reply, this.#answer(caller, stored, { search, signal: reply.signal }), this.#parts.log);
    return { message: stored.message, source: reply };
  }

  async *#answer(
    { widget }: VisitorCaller,
    { message, history }: StoredMessage,
    { search, signal }: { readonly search: Promise<KnowledgeSearch>; readonly signal: AbortSignal },
  ): AsyncIterable<ModelEvent> {
    const messages = historyOf(history, message);
    yield* this.#parts.modelGateway.streamReply({
      ...widget.assistant,
      messages,
      knowledge: (await search)(messages),
      contact: widget.configuration.texts.contact,
      locale: widget.configuration.locale,
      signal,
    });
  }

  async #open(found: MessageDocument): Promise<Opened> {
    const message = this.#hub.find(found._id) === undefined ? await interruptIfExpired(found, this.#parts) : found;
    return { message, source: this.#hub.follow(message) };
  }
}
