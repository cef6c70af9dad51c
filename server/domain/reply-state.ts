import type { Citation, Reply } from '../../shared/chat.ts';
import type { ReplyFailureCode } from '../../shared/error-code.ts';
import type { AppError } from '../errors.ts';

export type ReplyStatus = Reply['status'];

/** A reply as the store has it. What a visitor is sent is always a prefix of this. */
export type ReplyState = {
  readonly status: ReplyStatus;
  readonly text: string;
  readonly citations: readonly Citation[];
  /** Present exactly when the status is `failed` or `interrupted`. */
  readonly failure?: ReplyFailureCode;
};

/** How a reply ended, beside what was said until then. */
export type ReplyOutcome =
  | { readonly status: 'complete' | 'stopped' }
  | { readonly status: 'failed' | 'interrupted'; readonly failure: ReplyFailureCode };

export type ReplyListener = {
  /** The state is another one than before. */
  changed(): void;
  /** The state can no longer be followed here; nothing more will come. */
  lost(error: AppError): void;
};

/** A reply that can be followed, whoever produces it. */
export type ReplySource = {
  current(): ReplyState;
  /** Calls the listener until the answered function is called. It says nothing about the state at the time of the call. */
  subscribe(listener: ReplyListener): () => void;
};

export function hasEnded(state: ReplyState): boolean {
  return state.status !== 'streaming';
}

/** A reply that will not change any more. */
export function endedReply(state: ReplyState): ReplySource {
  return { current: () => state, subscribe: () => () => {} };
}

export const INTERRUPTED = { status: 'interrupted', failure: 'INTERRUPTED' } as const satisfies ReplyOutcome;
