import type { ChatRequest } from '../../shared/chat.ts';
import type { ReplyId } from '../../shared/ids.ts';
import { configurationOf } from '../../shared/settings.ts';
import { AppError } from '../errors.ts';
import type { ModelEvent, ModelGateway, ModelRequest } from '../gateways/model-gateway.ts';
import type { MessageDocument } from '../store/messages.ts';
import type { AnalyticsCounts } from './analytics.ts';
import type { Knowledge } from './knowledge.ts';
import { type Message, toMessage } from './message.ts';
import { historyOf } from './message-history.ts';
import { replyIdOf } from './message-ids.ts';
import type { MessageQuota } from './message-quota.ts';
import {
  conversationOf,
  draftMessage,
  isOwnMessage,
  type MessageDraft,
  requireSameMessage,
  storeMessage,
} from './message-store.ts';
import { articlesOwnerOf } from './preview-widget.ts';
import { createReplyCounts, type ReplyCounts } from './reply-counts.ts';
import { interruptIfExpired } from './reply-expiry.ts';
import { type HubParts, ReplyHub } from './reply-hub.ts';
import { produceReply } from './reply-production.ts';
import { hasEnded, type ReplySource } from './reply-state.ts';
import type { UnansweredQuestions } from './unanswered.ts';
import type { VisitorCaller, Widget } from './widget.ts';

/** A message of the visitor with the reply to it, which may be under way. */
export type OpenReply = { readonly message: Message; readonly source: ReplySource };

type Briefing = Omit<ModelRequest, 'signal'>;
type Opened = { readonly message: MessageDocument; readonly source: ReplySource };

export type ChatParts = HubParts & {
  readonly modelGateway: ModelGateway;
  readonly knowledge: Knowledge;
  readonly quota: MessageQuota;
  readonly analytics: Pick<AnalyticsCounts, 'count'>;
  readonly unanswered: Pick<UnansweredQuestions, 'note'>;
};

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
   * Resolves when the message is stored. Throws AppError: `FEATURE_OFF`, `SHUTTING_DOWN`,
   * `MESSAGE_CONFLICT` if the message exists with another text, and those of `draftMessage`, `storeMessage` and
   * {@link MessageQuota}.
   */
  async sendMessage(caller: VisitorCaller, request: ChatRequest): Promise<OpenReply> {
    if (!caller.widget.settings.features.chat) {
      throw new AppError('FEATURE_OFF', { message: 'The feature "chat" is switched off' });
    }
    if (this.#isClosing) throw new AppError('SHUTTING_DOWN');
    const { message, source } = await this.#sendOnce(caller, request);
    requireSameMessage(message, request);
    return { message: toMessage(message), source };
  }

  /** The reply, to be read from any position. Throws AppError `REPLY_NOT_FOUND` unless it is a reply to this visitor. */
  async openReply(caller: VisitorCaller, replyId: ReplyId): Promise<OpenReply> {
    const found = await this.#parts.store.findMessage(replyId);
    if (found === undefined || !(await isOwnMessage(caller, found, this.#parts))) {
      throw new AppError('REPLY_NOT_FOUND');
    }
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
    const counts = createReplyCounts(caller, this.#parts.analytics);
    const draft = await draftMessage(caller, request, this.#parts);
    const taken = await this.#take(caller, draft);
    if ('known' in taken) return await this.#open(taken.known);
    const storing = storeMessage(draft, this.#parts.store);
    // While the message is on its way to the disk, what the model will be told is looked up.
    const briefing = this.#brief(caller.widget, draft, request.context ?? []);
    briefing.catch(() => {}); // Looked at when the model is called, if it comes to that.
    const { message, isNew, conversationStored } = await storing.catch(async (error: unknown) => {
      await taken.giveBack();
      throw error;
    });
    if (isNew) {
      counts.sent(draft.history.length === 0);
      void this.#noteUnanswered(caller, message, briefing);
    } else await taken.giveBack();
    const opened = isNew ? this.#answer(message, briefing, counts) : await this.#open(message);
    await conversationStored;
    return opened;
  }

  /** Takes the message from the quota. One that is stored already was taken then, and is never refused. */
  async #take(caller: VisitorCaller, { message: { _id } }: MessageDraft) {
    try {
      return { giveBack: await this.#parts.quota.take(caller) };
    } catch (refusal) {
      const known = await this.#parts.store.findMessage(_id);
      if (known === undefined) throw refusal;
      return { known };
    }
  }

  /** A question that is asked again was noted the first time. */
  async #noteUnanswered(caller: VisitorCaller, { text, retryOf }: MessageDocument, briefing: Promise<Briefing>) {
    const found = await briefing.catch(() => undefined);
    if (found?.knowledge.length === 0 && retryOf === undefined) this.#parts.unanswered.note(caller, text);
  }

  async #brief(widget: Widget, { message, history }: MessageDraft, context: readonly string[]): Promise<Briefing> {
    const messages = historyOf(history, message);
    const search = await this.#parts.knowledge.prepare(articlesOwnerOf(widget.id));
    const { settings, version } = widget;
    const { texts, locale } = configurationOf(settings, version, settings.defaultLocale);
    return { ...settings.assistant, messages, knowledge: search(messages), context, contact: texts.contact, locale };
  }

  #answer(message: MessageDocument, briefing: Promise<Briefing>, counts: ReplyCounts): Opened {
    const reply = this.#hub.start(message._id);
    void produceReply(reply, counts.timed(this.#ask(briefing, reply.signal)), this.#parts.log);
    void reply.settled.then(() => counts.ended(reply.current()));
    return { message, source: reply };
  }

  async *#ask(briefing: Promise<Briefing>, signal: AbortSignal): AsyncIterable<ModelEvent> {
    yield* this.#parts.modelGateway.streamReply({ ...(await briefing), signal });
  }

  async #open(found: MessageDocument): Promise<Opened> {
    const message = this.#hub.find(found._id) === undefined ? await interruptIfExpired(found, this.#parts) : found;
    return { message, source: this.#hub.follow(message) };
  }
}
