import type { ReplyFailure } from '../../shared/chat.ts';
import type { ReplyFailureCode } from '../../shared/error-code.ts';

const SENTENCES: Readonly<Record<ReplyFailureCode, string>> = {
  MODEL_UNAVAILABLE: 'The assistant cannot be reached right now. Please try again in a moment.',
  MODEL_TIMEOUT: 'The assistant took too long to answer. Please try again.',
  MODEL_REFUSED: 'The assistant cannot answer this question. Try asking it differently.',
  MODEL_BUSY: 'The assistant has too much to do right now. Please try again in a minute.',
  MODEL_NOT_AUTHORIZED: 'The assistant is not set up correctly, so it cannot answer. We have been told about it.',
  MODEL_ERROR: 'Something went wrong while the assistant was answering. Please try again.',
  REPLY_TOO_LONG: 'The answer was too long, so it ends here.',
  INTERRUPTED: 'The answer was interrupted. Please try again.',
};

/** The code with a sentence that a visitor understands. */
export function replyFailure(code: ReplyFailureCode): ReplyFailure {
  return { code, message: SENTENCES[code] };
}
