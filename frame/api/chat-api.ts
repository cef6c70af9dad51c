import type { ChatRequest, ReplyEvent } from '../../shared/chat.ts';
import {
  type Conversation,
  type ConversationList,
  conversationListSchema,
  conversationSchema,
} from '../../shared/conversation.ts';
import type { ConversationId, ReplyId } from '../../shared/ids.ts';
import { readReplyEvents } from './reply-events.ts';
import { request, requestJson } from './request.ts';

export type ReplyEvents = AsyncIterable<readonly ReplyEvent[]>;

/** The visitor's calls of the HTTP contract. Each throws an `ApiError` if it does not succeed. */
export type ChatApi = {
  /** Sends a message and listens to its reply. The same `messageId` again finds the same reply. */
  sendMessage(message: ChatRequest, signal: AbortSignal): Promise<ReplyEvents>;
  /** Listens to what is missing of a reply after `position` (`shared/reply-position.ts`). */
  resumeReply(replyId: ReplyId, position: string, signal: AbortSignal): Promise<ReplyEvents>;
  stopReply(replyId: ReplyId): Promise<void>;
  listConversations(before?: string): Promise<ConversationList>;
  getConversation(id: ConversationId, before?: string): Promise<Conversation>;
};

/** `authorized` runs a call with a token that is valid now. */
export type Authorized = <T>(call: (token: string) => Promise<T>) => Promise<T>;

const EVENT_STREAM = 'text/event-stream';

export function createChatApi(authorized: Authorized): ChatApi {
  return {
    sendMessage: (body, signal) =>
      authorized(async (token) =>
        readReplyEvents(await request({ method: 'POST', path: '/chat', body, token, signal, accept: EVENT_STREAM })),
      ),
    resumeReply: (replyId, position, signal) =>
      authorized(async (token) => {
        const path = `/chat/${replyId}?after=${position}`;
        return readReplyEvents(await request({ method: 'GET', path, token, signal, accept: EVENT_STREAM }));
      }),
    stopReply: (replyId) =>
      authorized(async (token) => {
        await request({ method: 'POST', path: `/chat/${replyId}/stop`, token });
      }),
    listConversations: (before) =>
      authorized((token) =>
        requestJson({ method: 'GET', path: `/conversations${pageQuery(before)}`, token }, conversationListSchema),
      ),
    getConversation: (id, before) =>
      authorized((token) =>
        requestJson({ method: 'GET', path: `/conversations/${id}${pageQuery(before)}`, token }, conversationSchema),
      ),
  };
}

function pageQuery(before: string | undefined): string {
  return before === undefined ? '' : `?before=${encodeURIComponent(before)}`;
}
