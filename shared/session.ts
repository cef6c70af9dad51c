import * as v from 'valibot';
import { conversationIdSchema } from './ids.ts';

export const SESSION_LIFETIME_SECONDS = 15 * 60;
export const SESSION_LONGEST_SECONDS = 8 * 60 * 60;
export const TICKET_LIFETIME_SECONDS = 60;

/** What a tab remembers of its visitor: 32 bytes in base64url. */
const resumeSchema = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));

/** `POST /session` */
export const openSessionRequestSchema = v.strictObject({
  ticket: v.pipe(v.string(), v.minLength(1), v.maxLength(2_000)),
  /** What an earlier answer in this tab gave to `resume`. */
  resume: v.optional(resumeSchema),
  /** For a preview ticket: the nonce in the fragment of the document's own address. */
  proof: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/))),
});

const sessionFields = {
  /** Sent as `Authorization: Bearer`; kept in memory only. */
  token: v.pipe(v.string(), v.minLength(1), v.maxLength(2_000)),
  expiresInSeconds: v.pipe(v.number(), v.integer(), v.minValue(1)),
};

export const openSessionAnswerSchema = v.strictObject({
  ...sessionFields,
  /** Signs every answer within the session (`shared/signature.ts`): 32 bytes in base64url, handed over this once. */
  signingKey: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)),
  signingKeyId: v.pipe(v.string(), v.regex(/^[\w.-]{1,64}$/)),
  /** The visitor's latest conversation on this site, if there is one. */
  conversationId: v.nullable(conversationIdSchema),
  /** Present if the visitor is to be found again in this tab only: the tab sends it with its next ticket. */
  resume: v.optional(resumeSchema),
});

/** `POST /session/renew` */
export const renewSessionAnswerSchema = v.strictObject(sessionFields);

/** `POST /session/identify`: what the company's backend has signed with the identity key (RFC 7519, HS256). */
export const identifyRequestSchema = v.strictObject({ jwt: v.pipe(v.string(), v.minLength(1), v.maxLength(4_096)) });

/** The answer of `POST /session/identify`. */
export const identifyAnswerSchema = v.strictObject({
  /** The latest conversation of whom the visitor turned out to be, on this site. */
  conversationId: v.nullable(conversationIdSchema),
});

export type IdentifyAnswer = v.InferOutput<typeof identifyAnswerSchema>;
export type OpenSessionRequest = v.InferInput<typeof openSessionRequestSchema>;
export type OpenSessionAnswer = v.InferOutput<typeof openSessionAnswerSchema>;
export type RenewSessionAnswer = v.InferOutput<typeof renewSessionAnswerSchema>;
