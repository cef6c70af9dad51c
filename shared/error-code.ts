/**
 * Every code an API answer may carry, with its HTTP status. A code is a contract: it is never renamed and never
 * reused for something else; the sentence beside it is for people and may change.
 */
export const ERROR_STATUS = {
  INVALID_REQUEST: 400,
  BODY_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  MISDIRECTED_REQUEST: 421,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CROSS_SITE_REQUEST: 403,
  EMBED_REFUSED: 403,
  FEATURE_OFF: 403,
  TICKET_INVALID: 401,
  TICKET_EXPIRED: 401,
  TICKET_USED: 401,
  SESSION_MISSING: 401,
  SESSION_INVALID: 401,
  SESSION_EXPIRED: 401,
  SESSION_ENDED: 401,
  KEY_REVOKED: 401,
  ORIGIN_NOT_ALLOWED: 401,
  ADMIN_TOKEN_MISSING: 401,
  ADMIN_TOKEN_INVALID: 401,
  ADMIN_TOKEN_EXPIRED: 401,
  LOGIN_UNAVAILABLE: 503,
  PERMISSION_DENIED: 403,
  WIDGET_NOT_FOUND: 404,
  SETTINGS_VERSION_NOT_FOUND: 404,
  SETTINGS_CONFLICT: 409,
  ROTATION_NOT_FOUND: 404,
  ROTATION_CONFLICT: 409,
  TOO_MANY_KEYS: 409,
  IDENTITY_INVALID: 403,
  IDENTITY_EXPIRED: 403,
  IDENTITY_CONFLICT: 409,
  CONVERSATION_NOT_FOUND: 404,
  REPLY_NOT_FOUND: 404,
  MESSAGE_CONFLICT: 409,
  REPLY_NOT_RETRYABLE: 409,
  TOO_MANY_STREAMS: 429,
  STORE_UNAVAILABLE: 503,
  SHUTTING_DOWN: 503,
  INTERNAL: 500,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** Why a reply ended without being complete. Sent as `reply-failed` and stored with the reply. */
export const REPLY_FAILURE_CODES = [
  'MODEL_UNAVAILABLE',
  'MODEL_TIMEOUT',
  'MODEL_REFUSED',
  'MODEL_BUSY',
  'MODEL_NOT_AUTHORIZED',
  'MODEL_ERROR',
  'REPLY_TOO_LONG',
  'INTERRUPTED',
] as const;

export type ReplyFailureCode = (typeof REPLY_FAILURE_CODES)[number];

/** What the loader reports to the embedder, by the `error` event and in one console line. */
export type LoaderErrorCode =
  | 'FRAME_REFUSED'
  | 'BLOCKED_BY_CSP'
  | 'ORIGIN_NOT_ALLOWED'
  | 'UNKNOWN_KEY'
  | 'TIMEOUT'
  | 'OFFLINE';
