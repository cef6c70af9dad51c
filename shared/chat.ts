import * as v from 'valibot';
import { CONTEXT_MAX_CHARACTERS, CONTEXT_MOST_LINES, MESSAGE_MAX_CHARACTERS } from './chat-limits.ts';
import { REPLY_FAILURE_CODES } from './error-code.ts';
import { FEEDBACK_RATINGS } from './feedback.ts';
import { conversationIdSchema, messageIdSchema, replyIdSchema } from './ids.ts';

// They have a file of their own so that the frame's first code can have them without the schemas.
export { MESSAGE_MAX_CHARACTERS, REPLY_MAX_BYTES } from './chat-limits.ts';

/** What the host page says about the visit: whoever runs a script there can say anything, so nobody believes a word. */
const contextSchema = v.pipe(
  v.array(v.string()),
  v.maxLength(CONTEXT_MOST_LINES),
  v.check(
    (lines) => lines.join('').length <= CONTEXT_MAX_CHARACTERS,
    `longer than ${CONTEXT_MAX_CHARACTERS} characters together`,
  ),
);

/**
 * `POST /chat`. Without `conversationId` a conversation begins; a retry with the same `messageId` finds it again.
 * `retryOf` names an earlier message whose reply failed, was stopped or was interrupted: its text is answered anew and
 * the old pair leaves the transcript. One `messageId` never causes two calls of the model.
 */
export const chatRequestSchema = v.strictObject({
  conversationId: v.optional(conversationIdSchema),
  messageId: messageIdSchema,
  text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MESSAGE_MAX_CHARACTERS)),
  retryOf: v.optional(messageIdSchema),
  /** Told to the model with this message and never stored; the same message with another context is the same message. */
  context: v.optional(contextSchema),
});
export type ChatRequest = v.InferOutput<typeof chatRequestSchema>;

export const citationSchema = v.strictObject({
  /** The number in square brackets that the reply's text refers to it by, from 1. */
  number: v.pipe(v.number(), v.integer(), v.minValue(1)),
  title: v.pipe(v.string(), v.maxLength(200)),
  excerpt: v.pipe(v.string(), v.maxLength(1_000)),
  /** Absent for knowledge that has no public page. */
  url: v.optional(v.pipe(v.string(), v.url(), v.maxLength(2_000))),
});
export type Citation = v.InferOutput<typeof citationSchema>;

const replyFailureSchema = v.strictObject({
  code: v.picklist(REPLY_FAILURE_CODES),
  /** A sentence a visitor understands. */
  message: v.string(),
});
export type ReplyFailure = v.InferOutput<typeof replyFailureSchema>;

const hashSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** What authenticates a stream, on its last event; see `stream-seal.ts`. */
const sealFields = { digest: v.optional(hashSchema), mac: v.optional(hashSchema) };

/** Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html) of a reply, by event name. */
export const replyEventSchemas = {
  'reply-started': v.strictObject({
    conversationId: conversationIdSchema,
    messageId: messageIdSchema,
    replyId: replyIdSchema,
    createdAt: v.pipe(v.string(), v.isoTimestamp()),
  }),
  'reply-delta': v.strictObject({ text: v.string() }),
  citation: citationSchema,
  'reply-ended': v.strictObject({ status: v.picklist(['complete', 'stopped']), ...sealFields }),
  'reply-failed': v.strictObject({ ...replyFailureSchema.entries, ...sealFields }),
} as const;

/**
 * The event `revoked`, after which a stream of any reply ends: whoever listens has lost the right to. It has no id, says
 * nothing about the reply, and is not part of what is authenticated; a request tells whether it is true.
 */
export const REVOKED_EVENT = 'revoked';
export const revokedEventSchema = v.strictObject({
  code: v.picklist(['KEY_REVOKED', 'ORIGIN_NOT_ALLOWED', 'SESSION_ENDED']),
});
export type RevokedEvent = v.InferOutput<typeof revokedEventSchema>;

export type ReplyEventName = keyof typeof replyEventSchemas;
export type ReplyEvent = {
  [N in ReplyEventName]: {
    readonly name: N;
    readonly id: string;
    readonly fields: v.InferOutput<(typeof replyEventSchemas)[N]>;
  };
}[ReplyEventName];

export const REPLY_STATUSES = ['streaming', 'complete', 'stopped', 'interrupted', 'failed'] as const;

/** A reply as a whole: the answer of `POST /chat` with `Accept: application/json`, and a part of the transcript. */
export const replySchema = v.strictObject({
  role: v.literal('assistant'),
  id: replyIdSchema,
  replyTo: messageIdSchema,
  status: v.picklist(REPLY_STATUSES),
  text: v.string(),
  citations: v.array(citationSchema),
  /** Present exactly when the status is `failed` or `interrupted`. */
  failure: v.optional(replyFailureSchema),
  /** What the visitor thinks of it, if they said so. */
  feedback: v.optional(v.picklist(FEEDBACK_RATINGS)),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
});
export type Reply = v.InferOutput<typeof replySchema>;

export const chatAnswerSchema = v.strictObject({ conversationId: conversationIdSchema, reply: replySchema });
export type ChatAnswer = v.InferOutput<typeof chatAnswerSchema>;
