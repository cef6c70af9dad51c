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
};

export function toMessage({ _id, messageId, conversationId, text, createdAt, reply }: MessageDocument): Message {
  return { messageId, conversationId, text, createdAt, replyId: _id, reply };
}
