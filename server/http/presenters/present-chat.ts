import type { ChatAnswer, Reply, ReplyEvent } from '../../../shared/chat.ts';
import { formatReplyPosition, REPLY_START } from '../../../shared/reply-position.ts';
import type { Message } from '../../domain/message.ts';
import { replyFailure } from '../../domain/reply-failures.ts';
import type { ReplyState } from '../../domain/reply-state.ts';

/** The first event of the stream that answers a message. */
export function presentReplyStarted({ conversationId, messageId, replyId, createdAt }: Message): ReplyEvent {
  return {
    name: 'reply-started',
    id: formatReplyPosition(REPLY_START),
    fields: { conversationId, messageId, replyId, createdAt: createdAt.toISOString() },
  };
}

/** The reply to `message` in the state it is in now. */
export function presentReply(message: Message, { status, text, citations, failure }: ReplyState): Reply {
  return {
    role: 'assistant',
    id: message.replyId,
    replyTo: message.messageId,
    status,
    text,
    citations: [...citations],
    ...(failure !== undefined && { failure: replyFailure(failure) }),
    ...(message.feedback !== undefined && { feedback: message.feedback }),
    createdAt: message.createdAt.toISOString(),
  };
}

export function presentChatAnswer(message: Message, state: ReplyState): ChatAnswer {
  return { conversationId: message.conversationId, reply: presentReply(message, state) };
}
