import type { ConversationId } from '../../shared/ids.ts';
import { AppError } from '../errors.ts';
import type { Clock } from '../gateways/clock.ts';
import type { MessageCursor, MessageDocument } from '../store/messages.ts';
import type { ChatStore } from './chat-store.ts';
import { reachOf } from './conversation-reach.ts';
import { type Message, toMessage } from './message.ts';
import { interruptIfExpired } from './reply-expiry.ts';
import type { VisitorCaller } from './widget.ts';

const PAGE_SIZE = 20;

export type TranscriptPage = {
  /** In the order they were written. */
  readonly messages: readonly Message[];
  /** Where the messages before these begin; absent on the last page. */
  readonly before?: MessageCursor;
};

type TranscriptParts = { readonly store: ChatStore; readonly clock: Clock };

/**
 * The last messages of a conversation with their replies, or those before a cursor. Messages that were asked again are
 * left out. Throws AppError `CONVERSATION_NOT_FOUND` unless the conversation is the visitor's.
 */
export async function readTranscript(
  caller: VisitorCaller,
  { conversationId, before }: { readonly conversationId: ConversationId; readonly before?: MessageCursor | undefined },
  parts: TranscriptParts,
): Promise<TranscriptPage> {
  const [isOwn, page] = await Promise.all([
    parts.store.hasConversation(reachOf(caller, parts.clock.now()), conversationId),
    readPage(conversationId, before, parts),
  ]);
  if (!isOwn) throw new AppError('CONVERSATION_NOT_FOUND');
  return page;
}

async function readPage(
  conversationId: ConversationId,
  before: MessageCursor | undefined,
  parts: TranscriptParts,
): Promise<TranscriptPage> {
  const found = await parts.store.findMessages(conversationId, { limit: PAGE_SIZE + 1, before });
  const page = found.slice(0, PAGE_SIZE);
  const oldest = page.at(-1);
  const next = found.length > PAGE_SIZE && oldest !== undefined ? cursorOf(oldest) : undefined;
  const shown = await withoutRetried(conversationId, page, parts.store);
  // A page of nothing but questions that were asked again says nothing; the one before it may.
  if (shown.length === 0 && next !== undefined) return await readPage(conversationId, next, parts);
  const messages = await Promise.all(shown.map((message) => interruptIfExpired(message, parts)));
  return { messages: messages.map(toMessage).reverse(), ...(next !== undefined && { before: next }) };
}

async function withoutRetried(
  conversationId: ConversationId,
  messages: readonly MessageDocument[],
  store: ChatStore,
): Promise<readonly MessageDocument[]> {
  // Only a reply that went wrong can have been asked for again.
  const candidates = messages.filter(({ reply }) => reply.status !== 'complete').map(({ messageId }) => messageId);
  if (candidates.length === 0) return messages;
  const retried = await store.findRetried(conversationId, candidates);
  return messages.filter(({ messageId }) => !retried.has(messageId));
}

function cursorOf({ createdAt, _id: replyId }: MessageDocument): MessageCursor {
  return { createdAt, replyId };
}
