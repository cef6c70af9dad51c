import type { ChatRequest, ReplyEvent } from '../../shared/chat.ts';
import {
  type Conversation,
  type ConversationList,
  conversationListSchema,
  conversationSchema,
} from '../../shared/conversation.ts';
import type { FeedbackRating } from '../../shared/feedback.ts';
import type { ConversationId, ReplyId } from '../../shared/ids.ts';
import { readReplyEvents } from './reply-events.ts';
import { type Access, type ApiRequest, request, requestJson } from './request.ts';

export type ReplyEvents = AsyncIterable<readonly ReplyEvent[]>;

/** The visitor's calls of the HTTP contract. Each throws an `ApiError` if it does not succeed. */
export type ChatApi = {
  /** Sends a message and listens to its reply. The same `messageId` again finds the same reply. */
  sendMessage(message: Omit<ChatRequest, 'context'>, signal: AbortSignal): Promise<ReplyEvents>;
  /** Listens to what is missing of a reply after `position` (`shared/reply-position.ts`). */
  resumeReply(replyId: ReplyId, position: string, signal: AbortSignal): Promise<ReplyEvents>;
  stopReply(replyId: ReplyId): Promise<void>;
  rateReply(replyId: ReplyId, rating: FeedbackRating): Promise<void>;
  /** Says once that the panel was shown, for the company's count. */
  tellOpened(): Promise<void>;
  listConversations(before?: string): Promise<ConversationList>;
  getConversation(id: ConversationId, before?: string): Promise<Conversation>;
};

/** Runs a call with a token that is valid now. */
export type Authorized = <T>(call: (access: Access) => Promise<T>) => Promise<T>;

/** `readContext` answers what the host page says about the visit at the time. */
export function createChatApi(authorized: Authorized, readContext: () => readonly string[]): ChatApi {
  async function listen(call: ApiRequest & { readonly access: Access }): Promise<ReplyEvents> {
    const response = await request({ ...call, accept: 'text/event-stream' });
    return readReplyEvents(response, call.access.verifier?.followStream(call.method, call.path));
  }

  return {
    sendMessage: (message, signal) =>
      authorized((access) => {
        const context = readContext();
        const body = context.length === 0 ? message : { ...message, context };
        return listen({ method: 'POST', path: '/chat', body, access, signal });
      }),
    resumeReply: (replyId, position, signal) =>
      authorized((access) => listen({ method: 'GET', path: `/chat/${replyId}?after=${position}`, access, signal })),
    stopReply: (replyId) =>
      authorized(async (access) => {
        await request({ method: 'POST', path: `/chat/${replyId}/stop`, access });
      }),
    rateReply: (replyId, rating) =>
      authorized(async (access) => {
        await request({ method: 'POST', path: `/messages/${replyId}/feedback`, body: { rating }, access });
      }),
    tellOpened: () =>
      authorized(async (access) => {
        await request({ method: 'POST', path: '/session/opened', access });
      }),
    listConversations: (before) =>
      authorized((access) =>
        requestJson({ method: 'GET', path: `/conversations${pageQuery(before)}`, access }, conversationListSchema),
      ),
    getConversation: (id, before) =>
      authorized((access) =>
        requestJson({ method: 'GET', path: `/conversations/${id}${pageQuery(before)}`, access }, conversationSchema),
      ),
  };
}

function pageQuery(before: string | undefined): string {
  return before === undefined ? '' : `?before=${encodeURIComponent(before)}`;
}
