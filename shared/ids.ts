import * as v from 'valibot';

/** UUIDs (RFC 9562) everywhere; the message's is made by the frame, so that a retry can name the same message. */
export const conversationIdSchema = v.pipe(v.string(), v.uuid(), v.brand('ConversationId'));
export const messageIdSchema = v.pipe(v.string(), v.uuid(), v.brand('MessageId'));
export const replyIdSchema = v.pipe(v.string(), v.uuid(), v.brand('ReplyId'));

export type ConversationId = v.InferOutput<typeof conversationIdSchema>;
export type MessageId = v.InferOutput<typeof messageIdSchema>;
export type ReplyId = v.InferOutput<typeof replyIdSchema>;
