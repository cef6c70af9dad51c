import { createHash } from 'node:crypto';
import * as v from 'valibot';
import {
  type ConversationId,
  conversationIdSchema,
  type MessageId,
  type ReplyId,
  replyIdSchema,
} from '../../shared/ids.ts';

/** The conversation that a visitor's message without one begins. A retry of the message finds it again. */
export function conversationIdOf(visitorId: string, messageId: MessageId): ConversationId {
  return v.parse(conversationIdSchema, uuidOf('conversation', visitorId, messageId));
}

/** The reply to a message. A retry finds it again, on every process. */
export function replyIdOf(conversationId: ConversationId, messageId: MessageId): ReplyId {
  return v.parse(replyIdSchema, uuidOf('reply', conversationId, messageId));
}

/** A UUID of version 8 (RFC 9562, section 5.8) from the SHA-256 of `parts`. */
function uuidOf(...parts: readonly string[]): string {
  const bytes = createHash('sha256').update(parts.join('|')).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
