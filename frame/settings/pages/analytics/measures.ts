import type { Counts } from '../../../../shared/analytics-api.ts';

export type Measure = {
  readonly value: string;
  readonly label: string;
  readonly of: (counts: Counts) => number;
};

/** What can be counted over time and per site, in the order of the tables. */
export const MEASURES: readonly Measure[] = [
  { value: 'messages', label: 'Messages', of: ({ messages }) => messages },
  { value: 'conversations', label: 'Conversations', of: ({ conversations }) => conversations },
  { value: 'replies', label: 'Replies', of: ({ replies }) => replies },
  { value: 'failed', label: 'Failed replies', of: failedReplies },
  { value: 'opened', label: 'Opened', of: ({ opened }) => opened },
  { value: 'configurations', label: 'Configuration served', of: ({ configurations }) => configurations },
  { value: 'helpful', label: 'Helpful', of: ({ helpful }) => helpful },
  { value: 'notHelpful', label: 'Not helpful', of: ({ notHelpful }) => notHelpful },
  { value: 'limitsReached', label: 'Limits hit', of: ({ limitsReached }) => limitsReached },
  { value: 'embedsRefused', label: 'Refused embeds', of: ({ embedsRefused }) => embedsRefused },
];

export function failedReplies({ failures }: Counts): number {
  return Object.values(failures).reduce((sum, count) => sum + count, 0);
}

/** Whether anything at all happened. */
export function isEmpty(counts: Counts): boolean {
  return MEASURES.every(({ of }) => of(counts) === 0);
}

/** A part of a whole, or `undefined` if there is no whole. */
export function shareOf(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}
