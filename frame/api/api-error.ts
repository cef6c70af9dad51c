import type { ErrorCode } from '../../shared/error-code.ts';

/** The server's codes, and three of our own for when no answer, none that the contract knows, or a forged one came. */
export type ApiErrorCode = ErrorCode | 'UNREACHABLE' | 'UNREADABLE_ANSWER' | 'SIGNATURE_INVALID';

type Details = { readonly status?: number; readonly retryAfterSeconds?: number; readonly cause?: unknown };

/** A call of the API that did not succeed. Told apart by `code`, never by its message. */
export class ApiError extends Error {
  readonly code: ApiErrorCode;
  /** The HTTP status; 0 if there was no answer. */
  readonly status: number;
  readonly retryAfterSeconds: number;

  constructor(code: ApiErrorCode, { status = 0, retryAfterSeconds = 0, cause }: Details = {}) {
    super(`The API answered ${code}`, { cause });
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Nobody waits in front of a panel for longer than this. */
const LONGEST_WAIT_SECONDS = 90;

/** Whether the same call may succeed a little later without anybody doing anything. */
export function isPassing(error: unknown): error is ApiError {
  if (!(error instanceof ApiError) || error.retryAfterSeconds > LONGEST_WAIT_SECONDS) return false;
  return error.code === 'UNREACHABLE' || error.status === 429 || error.status >= 500;
}

const SESSION_CODES: readonly ApiErrorCode[] = [
  'TICKET_INVALID',
  'TICKET_EXPIRED',
  'TICKET_USED',
  'SESSION_MISSING',
  'SESSION_INVALID',
  'SESSION_EXPIRED',
  'SESSION_ENDED',
];

/** Whether `code` says that the session is over, so that only a new document, with a new ticket, can go on. */
export function isSessionCode(code: ApiErrorCode): boolean {
  return SESSION_CODES.includes(code);
}
