import type { ErrorCode } from '../../../shared/error-code.ts';
import type { ArticleConflict } from '../../../shared/knowledge-api.ts';
import type { SettingsConflict, SettingsProblem } from '../../../shared/settings-api.ts';

/** The server's codes, and two of our own for when no answer, or none that the contract knows, came. */
export type AdminApiErrorCode = ErrorCode | 'UNREACHABLE' | 'UNREADABLE_ANSWER';

type Details = {
  readonly status?: number;
  readonly message?: string;
  readonly requestId?: string;
  readonly field?: string;
  readonly problems?: readonly SettingsProblem[];
  readonly conflict?: SettingsConflict;
  readonly articleConflict?: ArticleConflict;
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
};

/** A call of the admin API that did not succeed. Told apart by `code`; its message is a sentence for the admin. */
export class AdminApiError extends Error {
  readonly code: AdminApiErrorCode;
  /** The HTTP status; 0 if there was no answer. */
  readonly status: number;
  readonly requestId: string;
  /** The field that is wrong, if it is only one. */
  readonly field: string | undefined;
  /** Of settings that cannot be saved: everything that is wrong. */
  readonly problems: readonly SettingsProblem[];
  /** Of settings that somebody else saved since. */
  readonly conflict: SettingsConflict | undefined;
  /** Of an article that somebody else saved since. */
  readonly articleConflict: ArticleConflict | undefined;
  readonly retryAfterSeconds: number;

  constructor(code: AdminApiErrorCode, details: Details = {}) {
    super(details.message ?? SENTENCES[code] ?? `The server answered ${code}.`, { cause: details.cause });
    this.name = 'AdminApiError';
    this.code = code;
    this.status = details.status ?? 0;
    this.requestId = details.requestId ?? '';
    this.field = details.field;
    this.problems = details.problems ?? [];
    this.conflict = details.conflict;
    this.articleConflict = details.articleConflict;
    this.retryAfterSeconds = details.retryAfterSeconds ?? 0;
  }
}

const SENTENCES: Partial<Record<AdminApiErrorCode, string>> = {
  UNREACHABLE: 'The server cannot be reached. Check the connection and try again.',
  UNREADABLE_ANSWER: 'The server answered something unexpected. Try again in a moment.',
};

/** What to tell the admin of anything that was thrown. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof AdminApiError)) return 'Something went wrong here. Reload the page to go on.';
  const sentence = /[.?!]$/.test(error.message) ? error.message : `${error.message}.`;
  return error.status >= 500 && error.requestId !== '' ? `${sentence} Request ${error.requestId}.` : sentence;
}
