import { REPLY_FAILURE_CODES, type ReplyFailureCode } from '../../shared/error-code.ts';
import { BUCKET_COUNT } from './latency-histogram.ts';

const PLAIN_COUNTERS = [
  'configurations',
  'frames',
  'opened',
  'conversations',
  'messages',
  'replies',
  'sourced',
  'stopped',
  'helpful',
  'notHelpful',
  'limitsReached',
  'embedsRefused',
] as const;

export type PlainCounter = (typeof PLAIN_COUNTERS)[number];

/** Everything that is counted. Each is one field of a stored document, added up on its own. */
export type Counter = PlainCounter | `failure_${ReplyFailureCode}` | `firstToken_${number}`;

/** The counters of failures, with the code each stands for. */
export const FAILURE_COUNTERS = REPLY_FAILURE_CODES.map((code) => [code, `failure_${code}`] as const);

/** The counters of the histogram of first words, shortest wait first. */
export const FIRST_TOKEN_COUNTERS = Array.from({ length: BUCKET_COUNT }, (_, index) => `firstToken_${index}` as const);

export const COUNTERS: readonly Counter[] = [
  ...PLAIN_COUNTERS,
  ...FAILURE_COUNTERS.map(([, counter]) => counter),
  ...FIRST_TOKEN_COUNTERS,
];

/** How often each thing happened; what is absent did not. */
export type Tally = Readonly<Partial<Record<Counter, number>>>;
