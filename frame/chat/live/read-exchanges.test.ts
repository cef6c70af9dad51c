import * as v from 'valibot';
import { expect, test } from 'vitest';
import { conversationSchema } from '../../../shared/conversation.ts';
import { messageId, replyId, WHEN } from '../../../test/browser/frame/builders.ts';
import { readExchanges } from './read-exchanges.ts';

const parse = (messages: unknown[]) => v.parse(conversationSchema.entries.messages, messages);
const asked = (digit: number) => ({
  role: 'visitor',
  id: messageId(digit),
  text: `Question ${digit}`,
  createdAt: WHEN,
});
const answered = (digit: number, more: object = {}) => ({
  role: 'assistant',
  id: replyId(digit),
  replyTo: messageId(digit),
  status: 'complete',
  text: `Answer ${digit}`,
  citations: [],
  createdAt: WHEN,
  ...more,
});
const show = ({ exchanges }: ReturnType<typeof readExchanges>) =>
  exchanges.map(({ text, reply }) => `${text}: ${reply.value.text} (${reply.value.status})`);

test('pairs questions and answers in their order', () => {
  expect(show(readExchanges(parse([asked(1), answered(1), asked(2), answered(2, { status: 'streaming' })])))).toEqual([
    'Question 1: Answer 1 (complete)',
    'Question 2: Answer 2 (streaming)',
  ]);
});

test('keeps why a reply failed', () => {
  const failure = { code: 'MODEL_TIMEOUT', message: 'Too long.' };
  const { exchanges } = readExchanges(parse([asked(1), answered(1, { status: 'failed', failure })]));
  expect(exchanges[0]?.reply.value.failureCode).toBe('MODEL_TIMEOUT');
});

test('takes a message without a reply for one that can be sent again', () => {
  expect(show(readExchanges(parse([asked(1)])))).toEqual(['Question 1:  (unsent)']);
});

test('joins a pair that two pages cut apart', () => {
  const newer = readExchanges(parse([answered(1), asked(2), answered(2)]));
  expect(show(newer)).toEqual(['Question 2: Answer 2 (complete)']);
  const older = readExchanges(parse([asked(1)]), newer.replies);
  expect(show(older)).toEqual(['Question 1: Answer 1 (complete)']);
  expect(older.replies).toEqual([]);
});
