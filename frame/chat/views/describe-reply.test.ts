import { expect, test } from 'vitest';
import type { ReplyState } from '../exchange.ts';
import { describeReply, failureOf } from './describe-reply.ts';

const reply = (more: Partial<ReplyState>): ReplyState => ({ status: 'complete', text: '', citations: [], ...more });

test('reads out words without marks, numbers of sources or addresses', () => {
  const text =
    '## Returns\nYes, **within** [60 days](https://a.example).[1]\n\n1. Start\n2. Send\n\n> Dry\n\n| a | b |\n|---|---|\n| 1 | 2 |';
  expect(describeReply(reply({ text }))).toBe('Returns\nYes, within 60 days.\nStart\nSend\nDry\na, b\n1, 2');
});

test('says how a reply ended that was cut off', () => {
  expect(describeReply(reply({ status: 'interrupted', text: 'Yes' }))).toBe(
    'Yes\nThe answer was cut off.\nYour message is safe.',
  );
});

test('finds nothing wrong with a reply that is complete or was stopped', () => {
  expect(failureOf(reply({}), '')).toBeUndefined();
  expect(failureOf(reply({ status: 'stopped' }), '')).toBeUndefined();
});

test('uses the words of the company when no answer came, but not where ours say what to do', () => {
  const own = 'We are away. Write to us.';
  expect(failureOf(reply({ status: 'failed', failureCode: 'MODEL_TIMEOUT' }), own)?.[0]).toBe(own);
  expect(failureOf(reply({ status: 'failed', failureCode: 'REPLY_TOO_LONG' }), own)?.[0]).not.toBe(own);
  expect(failureOf(reply({ status: 'unsent' }), own)?.[0]).not.toBe(own);
});
