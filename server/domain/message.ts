import type { FeedbackRating } from '../../shared/feedback.ts';
import type { ConversationId, MessageId, ReplyId } from '../../shared/ids.ts';
import type { MessageDocument } from '../store/messages.ts';
import type { ReplyState } from './reply-state.ts';

/** What a visitor wrote, and the reply to it as the store had it. */
export type Message = {
  readonly messageId: MessageId;
  readonly conversationId: ConversationId;
  readonly text: string;
  readonly createdAt: Date;
  readonly replyId: ReplyId;
  readonly reply: ReplyState;
  /** What the visitor thinks of the reply. */
  readonly feedback?: FeedbackRating;
};

export function toMessage({ _id: replyId, feedback, ...message }: MessageDocument): Message {
  const { messageId, conversationId, text, createdAt, reply } = message;
  return { messageId, conversationId, text, createdAt, replyId, reply, ...(feedback && { feedback: feedback.rating }) };
}
