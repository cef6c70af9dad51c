import type { ErrorCode } from '../shared/error-code.ts';

/** How much of a limit is left. */
export type Allowance = {
  /** Which limit, such as `chat-session`. */
  readonly policy: string;
  readonly most: number;
  readonly windowSeconds: number;
  readonly remaining: number;
  readonly resetSeconds: number;
};

export type ErrorDetails = {
  /** For people: what is wrong, with the value in quotes. Never a secret; it is sent to whoever asked. */
  readonly message?: string;
  /** For `INVALID_REQUEST`: where, such as `text` or `starterQuestions.2`. */
  readonly field?: string;
  /** For a refusal that ends by itself: sent as `Retry-After`. */
  readonly retryAfterSeconds?: number;
  /** For a refusal by a limit: sent as `RateLimit` and `RateLimit-Policy`. */
  readonly allowance?: Allowance;
  /** What the answer has beside `error`, in the form the wire has it. */
  readonly more?: Readonly<Record<string, unknown>>;
  /** What led to it; logged, never sent. */
  readonly cause?: unknown;
};

/** The one way any floor of the server refuses. The code decides the HTTP status (`ERROR_STATUS` in `shared/`). */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(details.message ?? SENTENCES[code], details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}

const SENTENCES: Readonly<Record<ErrorCode, string>> = {
  INVALID_REQUEST: 'The request is not valid',
  BODY_TOO_LARGE: 'The body is larger than 64 KiB',
  UNSUPPORTED_MEDIA_TYPE: 'The body must be application/json',
  MISDIRECTED_REQUEST: 'This server does not answer for this host',
  NOT_FOUND: 'There is nothing here',
  METHOD_NOT_ALLOWED: 'This method is not allowed here',
  CROSS_SITE_REQUEST: "Only the widget's own page may ask this",
  EMBED_REFUSED: 'This site may not use this widget',
  FEATURE_OFF: 'This feature is switched off',
  TICKET_INVALID: 'The ticket is not valid',
  TICKET_EXPIRED: 'The ticket has expired',
  TICKET_USED: 'The ticket has been used',
  SESSION_MISSING: 'A session is needed',
  SESSION_INVALID: 'The session is not valid',
  SESSION_EXPIRED: 'The session has expired',
  SESSION_ENDED: 'The session has ended',
  KEY_REVOKED: 'The key has been revoked',
  ORIGIN_NOT_ALLOWED: 'The site is no longer allowed',
  ADMIN_TOKEN_MISSING: 'A token of your login is needed: "Authorization: Bearer <token>"',
  ADMIN_TOKEN_INVALID: 'The token is not valid',
  ADMIN_TOKEN_EXPIRED: 'The token has expired',
  LOGIN_UNAVAILABLE: 'The keys of the login cannot be fetched',
  PERMISSION_DENIED: 'This role may not do this',
  WIDGET_NOT_FOUND: 'There is no such widget',
  SETTINGS_VERSION_NOT_FOUND: 'There is no such version',
  SETTINGS_CONFLICT: 'Somebody else has saved since',
  DRAFT_NOT_FOUND: 'You have no draft of this widget',
  ROTATION_NOT_FOUND: 'There is no such rotation',
  ROTATION_CONFLICT: 'Somebody else is changing the keys; try again',
  TOO_MANY_KEYS: 'Too many keys of this kind work at once',
  IDENTITY_INVALID: 'The token that says who the visitor is is not valid',
  IDENTITY_EXPIRED: 'The token that says who the visitor is has expired',
  IDENTITY_CONFLICT: 'The session belongs to somebody else; log out first',
  CONVERSATION_NOT_FOUND: 'There is no such conversation',
  REPLY_NOT_FOUND: 'There is no such reply',
  MESSAGE_CONFLICT: 'A message with this id and another text exists',
  REPLY_NOT_RETRYABLE: 'The reply to this message cannot be tried again',
  REPLY_NOT_RATEABLE: 'A reply can be rated when it has ended',
  ARTICLE_NOT_FOUND: 'There is no such article',
  ARTICLE_CONFLICT: 'Somebody else has changed the article since',
  KNOWLEDGE_FULL: 'The knowledge of this widget is full',
  TOO_MANY_STREAMS: 'Too many replies are being read at once',
  RATE_LIMITED: 'Too many requests',
  DAILY_LIMIT_REACHED: 'The widget has used up its messages of today',
  LIMITER_UNAVAILABLE: 'Messages cannot be counted right now, so none is taken',
  STORE_UNAVAILABLE: 'The store cannot be reached',
  SHUTTING_DOWN: 'The server is shutting down',
  INTERNAL: 'Something went wrong',
};
