import type { Counts } from '../../../../shared/analytics-api.ts';
import type { Formats } from '../../state/formats.ts';
import type { Figure } from '../../ui/figures.tsx';
import { failedReplies, shareOf } from './measures.ts';

type Numbers = Pick<Formats, 'number' | 'percent'>;

/** The figures at the head of the page, each beside the period before. */
export function summarise(now: Counts, before: Counts, { number, percent }: Numbers): readonly Figure[] {
  const answered = shareOf(now.sourced, now.replies);
  const answeredBefore = shareOf(before.sourced, before.replies);
  const helpful = shareOf(now.helpful, now.helpful + now.notHelpful);
  const failed = failedReplies(now);
  return [
    {
      label: 'Conversations',
      value: number(now.conversations),
      note: describeChange(now.conversations, before.conversations, percent),
    },
    { label: 'Messages', value: number(now.messages), note: describeChange(now.messages, before.messages, percent) },
    {
      label: 'Answered from a source',
      value: answered === undefined ? '–' : percent(answered),
      note:
        answered !== undefined && answeredBefore !== undefined
          ? `${percent(answeredBefore)} before`
          : 'No reply before',
    },
    {
      label: 'First words, median',
      value: now.firstTokenMs === null ? '–' : seconds(now.firstTokenMs.median),
      note: now.firstTokenMs === null ? 'Nothing measured' : `95th percentile ${seconds(now.firstTokenMs.p95)}`,
    },
    {
      label: 'Helpful',
      value: helpful === undefined ? '–' : percent(helpful),
      note: helpful === undefined ? 'No feedback' : `${number(now.helpful + now.notHelpful)} visitors said`,
    },
    {
      label: 'Failed replies',
      value: number(failed),
      note: `${number(failedReplies(before))} before`,
      tone: failed === 0 ? 'ok' : 'danger',
    },
    { label: 'Limits hit', value: number(now.limitsReached), note: `${number(before.limitsReached)} before` },
    { label: 'Refused embeds', value: number(now.embedsRefused), note: `${number(before.embedsRefused)} before` },
  ];
}

/** "+12 % on the period before"; without a period before there is nothing to compare with. */
export function describeChange(now: number, before: number, percent: (share: number) => string): string {
  if (before === 0) return now === 0 ? 'None before either' : 'None before';
  const change = now / before - 1;
  if (change === 0) return 'As many as before';
  return `${change > 0 ? '+' : ''}${percent(change)} on the period before`;
}

function seconds(milliseconds: number): string {
  return milliseconds < 100 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
