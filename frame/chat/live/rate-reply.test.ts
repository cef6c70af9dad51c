import { expect, test } from 'vitest';
import type { FeedbackRating } from '../../../shared/feedback.ts';
import type { MessageId, ReplyId } from '../../../shared/ids.ts';
import { createExchange } from '../exchange.ts';
import { rateReply } from './rate-reply.ts';

const ID = '7f8b3c1e-0000-4000-8000-000000000000';

function answered() {
  const exchange = createExchange({ messageId: ID as MessageId, text: 'Hi' }, '2026-01-01T00:00:00.000Z');
  exchange.reply.value = { id: ID as ReplyId, status: 'complete', text: 'Hello.', citations: [] };
  return exchange;
}

function listen(answer: () => Promise<void>) {
  const rated: [string, FeedbackRating][] = [];
  const rate = (id: ReplyId, rating: FeedbackRating) => {
    rated.push([id, rating]);
    return answer();
  };
  return { rated, api: { rateReply: rate } };
}

test('a rating is shown before the server has taken it, and asked for once', async () => {
  const exchange = answered();
  const { api, rated } = listen(() => Promise.resolve());
  const done = rateReply(api, exchange, 'helpful');
  expect(exchange.reply.value.feedback).toBe('helpful');
  await done;
  await rateReply(api, exchange, 'helpful');
  expect(rated).toEqual([[ID, 'helpful']]);
});

test('a rating that the server does not take is taken back', async () => {
  const exchange = answered();
  await rateReply(listen(() => Promise.resolve()).api, exchange, 'helpful');
  await rateReply(listen(() => Promise.reject(new Error('away'))).api, exchange, 'not-helpful');
  expect(exchange.reply.value.feedback).toBe('helpful');
});

test('a reply that has no name yet cannot be rated', async () => {
  const exchange = createExchange({ messageId: ID as MessageId, text: 'Hi' }, '2026-01-01T00:00:00.000Z');
  const { api, rated } = listen(() => Promise.resolve());
  await rateReply(api, exchange, 'helpful');
  expect(rated).toEqual([]);
});
