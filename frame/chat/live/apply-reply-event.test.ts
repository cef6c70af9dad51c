import { expect, test } from 'vitest';
import type { ReplyEvent } from '../../../shared/chat.ts';
import { citation, delta, ended, failed, replyId, started } from '../../../test/browser/frame/builders.ts';
import type { ReplyState } from '../exchange.ts';
import { applyReplyEvent } from './apply-reply-event.ts';

const AWAITED: ReplyState = { status: 'sending', text: '', citations: [] };
const apply = (...events: ReplyEvent[]) => events.reduce(applyReplyEvent, AWAITED);

test('builds a reply from its events', () => {
  const reply = apply(started(), delta('Yes, ', 5), citation(1, 5), delta('sure.[1]', 13, 1), ended(13, 1));
  expect(reply).toMatchObject({ id: replyId(), status: 'complete', text: 'Yes, sure.[1]' });
  expect(reply.citations).toHaveLength(1);
});

test('shows once what comes twice, also when it is cut in other pieces', () => {
  const once = apply(started(), delta('Yes, ', 5), delta('sure.', 10), citation(1, 10));
  expect(
    apply(started(), delta('Yes, ', 5), delta('sure.', 10), delta('sure.', 10), citation(1, 10), citation(1, 10)),
  ).toEqual(once);
  expect(apply(started(), delta('Yes, ', 5), delta('Yes, sure.', 10), citation(1, 10))).toEqual(once);
});

test.each([
  ['a piece of text', [started(), delta('sure.', 10)]],
  ['a citation', [started(), citation(2, 0)]],
  ['text before the end', [started(), delta('Yes', 3), ended(10)]],
  ['a citation before the end', [started(), delta('Yes', 3), ended(3, 1)]],
])('asks to listen again when %s is missing', (_, events) => {
  expect(() => apply(...events)).toThrow(expect.objectContaining({ code: 'UNREACHABLE' }));
});

test('tells a reply that was cut off from one that failed, and keeps what was said', () => {
  expect(apply(started(), delta('Yes', 3), failed('INTERRUPTED', 3))).toMatchObject({
    status: 'interrupted',
    text: 'Yes',
  });
  expect(apply(started(), failed('MODEL_TIMEOUT'))).toMatchObject({ status: 'failed', failureCode: 'MODEL_TIMEOUT' });
});

test('refuses an event without a position', () => {
  expect(() => apply({ ...started(), id: 'seven' })).toThrow(expect.objectContaining({ code: 'UNREADABLE_ANSWER' }));
});
