import type { ChatRequest } from '../../shared/chat.ts';
import type { ConversationId } from '../../shared/ids.ts';
import { AppError } from '../errors.ts';
import type { Clock } from '../gateways/clock.ts';
import type { ConversationDocument } from '../store/conversations.ts';
import type { MessageDocument } from '../store/messages.ts';
import type { ChatStore } from './chat-store.ts';
import { reachOf } from './conversation-reach.ts';
import { titleOf } from './conversation-title.ts';
import { HISTORY_LIMIT } from './message-history.ts';
import { conversationIdOf, replyIdOf } from './message-ids.ts';
import { readRetriedText } from './message-retry.ts';
import { LEASE_MS } from './reply-live.ts';
import type { VisitorCaller } from './widget.ts';

/** What is about to be stored, and what the model is to be told of before. */
export type MessageDraft = {
  readonly message: MessageDocument;
  /** Where the conversation begins, if it does with this message. */
  readonly browserId: string;
  /** The messages before it, newest first. */
  readonly history: readonly MessageDocument[];
};

/** A message as it is in the store, and whether this call put it there: only then the model is to be called. */
export type StoredMessage = {
  readonly message: MessageDocument;
  readonly isNew: boolean;
  /** Resolved when the conversation is stored as well. Nothing is to be acknowledged before. */
  readonly conversationStored: Promise<void>;
};

type StoreMessageParts = { readonly store: ChatStore; readonly clock: Clock; readonly ownerId: string };

/** The conversation that the request names or begins; the same for every retry of the request. */
export function conversationOf({ browserId }: VisitorCaller, request: ChatRequest): ConversationId {
  return request.conversationId ?? conversationIdOf(browserId, request.messageId);
}

/**
 * Throws AppError: `CONVERSATION_NOT_FOUND` for a conversation that is not the visitor's; `INVALID_REQUEST`,
 * `REPLY_NOT_FOUND` or `REPLY_NOT_RETRYABLE` for a `retryOf` that cannot be.
 */
export async function draftMessage(
  caller: VisitorCaller,
  request: ChatRequest,
  parts: StoreMessageParts,
): Promise<MessageDraft> {
  const isFirst = request.conversationId === undefined;
  const history = isFirst ? [] : await readOwnHistory(caller, conversationOf(caller, request), parts);
  const text = await readText(caller, request, parts);
  const message = composeMessage(caller, request, { ...parts, text, previous: history[0] });
  return { message, history, browserId: caller.browserId };
}

/**
 * Stores the visitor's message, once however often it is sent. Throws AppError `REPLY_NOT_RETRYABLE` if the message whose
 * text it repeats has been asked again already.
 */
export async function storeMessage(
  { message, history, browserId }: MessageDraft,
  store: ChatStore,
): Promise<StoredMessage> {
  const insertion = store.insertMessage(message);
  // It follows from the message, so the model need not wait for it; a crash in between is healed by the visitor's retry.
  const conversationStored = store.recordConversation({
    ...composeConversation(history.at(-1) ?? message, message),
    browserId,
  });
  conversationStored.catch(() => {}); // Whoever acknowledges the message looks at it.
  const isNew = await insertion;
  if (isNew) return { message, isNew, conversationStored };
  const known = await store.findMessage(message._id);
  // There is no message of this id, and yet one was in the way: another retry of the same earlier message.
  if (known === undefined) throw new AppError('REPLY_NOT_RETRYABLE');
  return { message: known, isNew, conversationStored };
}

/** Throws AppError `MESSAGE_CONFLICT` unless `message` is what `request` wants to send. A retry's text is not its own. */
export function requireSameMessage(message: MessageDocument, request: ChatRequest): void {
  const isSame =
    message.retryOf === request.retryOf && (request.retryOf !== undefined || message.text === request.text);
  if (!isSame) throw new AppError('MESSAGE_CONFLICT', { field: 'messageId' });
}

/** Whether the message belongs to a conversation that this visitor may find. */
export async function isOwnMessage(
  caller: VisitorCaller,
  { visitorId, conversationId, createdAt }: MessageDocument,
  { store, clock }: Pick<StoreMessageParts, 'store' | 'clock'>,
): Promise<boolean> {
  const reach = reachOf(caller, clock.now());
  const isPlain = caller.visitorId === caller.browserId || reach.browserId === undefined;
  const isRecent = reach.since === undefined || createdAt >= reach.since;
  // The message alone tells most of the time, also when a crash has lost its conversation.
  if (isPlain && isRecent && reach.visitorIds.includes(visitorId)) return true;
  return await store.hasConversation(reach, conversationId);
}

async function readOwnHistory(
  caller: VisitorCaller,
  conversationId: ConversationId,
  parts: StoreMessageParts,
): Promise<readonly MessageDocument[]> {
  const history = await parts.store.findMessages(conversationId, { limit: HISTORY_LIMIT });
  // A conversation begins with its first message, so none is without.
  const [newest] = history;
  if (newest !== undefined && (await isOwnMessage(caller, newest, parts))) return history;
  throw new AppError('CONVERSATION_NOT_FOUND', { field: 'conversationId' });
}

async function readText(caller: VisitorCaller, request: ChatRequest, parts: StoreMessageParts): Promise<string> {
  if (request.retryOf === undefined) return request.text;
  if (request.conversationId === undefined) {
    throw new AppError('INVALID_REQUEST', { field: 'conversationId', message: 'A retry names its conversation' });
  }
  return await readRetriedText(conversationOf(caller, request), request.retryOf, parts);
}

type Draft = StoreMessageParts & { readonly text: string; readonly previous: MessageDocument | undefined };

function composeMessage(caller: VisitorCaller, request: ChatRequest, draft: Draft): MessageDocument {
  const conversationId = conversationOf(caller, request);
  const now = draft.clock.now();
  // The order of a conversation is that of its times; the clock of another process may be behind this one's.
  const previousMs = draft.previous?.createdAt.getTime() ?? 0;
  return {
    _id: replyIdOf(conversationId, request.messageId),
    conversationId,
    messageId: request.messageId,
    widgetId: caller.widget.id,
    visitorId: caller.visitorId,
    text: draft.text,
    createdAt: new Date(Math.max(now.getTime(), previousMs + 1)),
    ...(request.retryOf !== undefined && { retryOf: request.retryOf }),
    reply: { status: 'streaming', text: '', citations: [] },
    ownerId: draft.ownerId,
    leaseUntil: new Date(now.getTime() + LEASE_MS),
  };
}

function composeConversation(
  { conversationId, widgetId, text, createdAt }: MessageDocument,
  { visitorId, createdAt: updatedAt }: MessageDocument,
): Omit<ConversationDocument, 'browserId'> {
  return { _id: conversationId, widgetId, visitorId, title: titleOf(text), createdAt, updatedAt };
}
