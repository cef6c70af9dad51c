import * as v from 'valibot';
import { replySchema } from './chat.ts';
import { conversationIdSchema, messageIdSchema } from './ids.ts';

export const visitorMessageSchema = v.strictObject({
  role: v.literal('visitor'),
  id: messageIdSchema,
  text: v.string(),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
});
export type VisitorMessage = v.InferOutput<typeof visitorMessageSchema>;

const cursorSchema = v.nullable(v.string());

/** `GET /conversations?before=`: newest first. `nextBefore` is the cursor of the next page, `null` on the last. */
export const conversationListSchema = v.strictObject({
  conversations: v.array(
    v.strictObject({
      id: conversationIdSchema,
      /** The beginning of the visitor's first message. */
      title: v.string(),
      createdAt: v.pipe(v.string(), v.isoTimestamp()),
      updatedAt: v.pipe(v.string(), v.isoTimestamp()),
    }),
  ),
  nextBefore: cursorSchema,
});
export type ConversationList = v.InferOutput<typeof conversationListSchema>;

/** `GET /conversations/:id?before=`: the last messages in the order they were written; older ones by the cursor. */
export const conversationSchema = v.strictObject({
  id: conversationIdSchema,
  messages: v.array(v.variant('role', [visitorMessageSchema, replySchema])),
  nextBefore: cursorSchema,
});
export type Conversation = v.InferOutput<typeof conversationSchema>;
export type TranscriptMessage = Conversation['messages'][number];
