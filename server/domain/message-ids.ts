import * as v from 'valibot';
import {
  type ConversationId,
  conversationIdSchema,
  type MessageId,
  type ReplyId,
  replyIdSchema,
} from '../../shared/ids.ts';
import { namedUuid } from './named-uuid.ts';

/**
 * The conversation that a message without one begins. A retry of the message finds it again, also when the visitor has
 * said who they are meanwhile: it follows from the browser, which stays the same.
 */
export function conversationIdOf(browserId: string, messageId: MessageId): ConversationId {
  return v.parse(conversationIdSchema, namedUuid('conversation', browserId, messageId));
}

/** The reply to a message. A retry finds it again, on every process. */
export function replyIdOf(conversationId: ConversationId, messageId: MessageId): ReplyId {
  return v.parse(replyIdSchema, namedUuid('reply', conversationId, messageId));
}
