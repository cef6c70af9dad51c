import { type Signal, signal } from '@preact/signals';
import type { Citation, Reply } from '../../shared/chat.ts';
import type { ReplyFailureCode } from '../../shared/error-code.ts';
import type { FeedbackRating } from '../../shared/feedback.ts';
import type { MessageId, ReplyId } from '../../shared/ids.ts';

/**
 * Where a reply stands. Beside the contract's: `sending` until the server confirmed the message, `unsent` if it never
 * did, `lost` if the connection gave out in the middle and the rest is still on the server.
 */
export type ReplyStatus = Reply['status'] | 'sending' | 'unsent' | 'lost';

export type ReplyState = {
  /** Known from the first event on. */
  readonly id?: ReplyId;
  readonly status: ReplyStatus;
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly failureCode?: ReplyFailureCode;
  /** What the visitor thinks of it. */
  readonly feedback?: FeedbackRating;
  /** The connection is away and is being tried again. */
  readonly isReconnecting?: boolean;
  /** The visitor asked for it to stop. */
  readonly isStopping?: boolean;
};

/** One message of the visitor and the reply to it. */
export type Exchange = Question & {
  readonly createdAt: string;
  readonly reply: Signal<ReplyState>;
};

type Question = {
  readonly messageId: MessageId;
  readonly text: string;
  /** The message this one asks again; that one's pair leaves the transcript. */
  readonly retryOf?: MessageId;
};

export function createExchange(question: Question, createdAt: string): Exchange {
  return { ...question, createdAt, reply: signal({ status: 'sending', text: '', citations: [] }) };
}

/** Whether the reply is still coming, so that *stop* has a meaning. */
export function isRunning({ status }: ReplyState): boolean {
  return status === 'sending' || status === 'streaming';
}
