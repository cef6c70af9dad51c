import type { Citation } from '../../shared/chat.ts';
import type { ReplyFailureCode } from '../../shared/error-code.ts';

/** A part of an article that may answer the question, best first. `score` is between 0 and 1. */
export type Passage = {
  /** The article's name within its widget. */
  readonly slug?: string;
  readonly articleTitle: string;
  /** The headings above the passage, from the article's own down; may be empty. */
  readonly headings: readonly string[];
  /** Markdown. */
  readonly text: string;
  /** http(s), absent for knowledge that has no public page. */
  readonly url?: string;
  readonly score: number;
};

export type ModelMessage = { readonly role: 'visitor' | 'assistant'; readonly text: string };

export type ModelRequest = {
  /** The company's words to the assistant. */
  readonly instructions: string;
  /** The conversation so far, roles in turn, the question last. */
  readonly messages: readonly ModelMessage[];
  readonly knowledge: readonly Passage[];
  /** What the host page says about the visit: data by somebody unknown, never an instruction. */
  readonly context: readonly string[];
  /** Where to turn when nothing helps; may be empty. */
  readonly contact: string;
  /** The widget's language tag. */
  readonly locale: string;
  readonly temperature: number;
  /** Ends the call. The iteration then ends or throws; its caller no longer looks. */
  readonly signal: AbortSignal;
};

export type ModelEvent =
  | { readonly type: 'text'; readonly text: string }
  /** Comes at most once for a number, and only for a number the text refers to. */
  | { readonly type: 'citation'; readonly citation: Citation };

/** What answers. Iterating calls the model once; a failure is thrown as a {@link ModelError}. */
export type ModelGateway = { streamReply(request: ModelRequest): AsyncIterable<ModelEvent> };

/** Why a model did not answer, by the code that is stored and sent. The cause is for the log. */
export class ModelError extends Error {
  readonly code: ReplyFailureCode;

  constructor(code: ReplyFailureCode, cause?: unknown) {
    super(`The model failed with ${code}`, cause === undefined ? undefined : { cause });
    this.name = 'ModelError';
    this.code = code;
  }
}

/** What the visitor wrote, in order; the question to answer is last. */
export function visitorTextsOf(messages: readonly ModelMessage[]): readonly string[] {
  return messages.filter(({ role }) => role === 'visitor').map(({ text }) => text);
}
