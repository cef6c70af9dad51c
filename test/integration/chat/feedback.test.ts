import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { conversationSchema } from '../../../shared/conversation.ts';
import type { FrameVisitor } from '../../support/frame-visitor.ts';
import { type ChatServer, newMessage, startChatServer } from './chat-setup.ts';

let server: ChatServer;
let visitor: FrameVisitor;
let conversationId: string;
let replyId: string;

beforeAll(async () => {
  server = await startChatServer();
  server.fake.answerWith((call) => {
    call.say('Fine.');
    call.finish();
  });
});
afterAll(() => server.stop());

beforeEach(async () => {
  visitor = await server.visitor();
  const headers = { accept: 'application/json' };
  const { body } = await visitor.ask({ method: 'POST', path: '/chat', headers, body: newMessage() });
  const answer = JSON.parse(body);
  conversationId = answer.conversationId;
  replyId = answer.reply.id;
});

const rate = (rating: unknown, id = replyId, by = visitor) =>
  by.ask({ method: 'POST', path: `/messages/${id}/feedback`, body: { rating } });

async function feedbackInTranscript() {
  const { body } = await visitor.ask({ path: `/conversations/${conversationId}` });
  const { messages } = v.parse(conversationSchema, JSON.parse(body));
  return messages.map((message) => ('feedback' in message ? message.feedback : undefined));
}

describe('what a visitor thinks of a reply', () => {
  test('is kept with it and comes back with the transcript', async () => {
    expect(await feedbackInTranscript()).toEqual([undefined, undefined]);
    expect((await rate('helpful')).status).toBe(204);
    expect(await feedbackInTranscript()).toEqual([undefined, 'helpful']);
  });

  test('can be said again, and otherwise', async () => {
    const statuses = [await rate('helpful'), await rate('helpful'), await rate('not-helpful')].map(
      ({ status }) => status,
    );
    expect(statuses).toEqual([204, 204, 204]);
    expect(await feedbackInTranscript()).toEqual([undefined, 'not-helpful']);
  });
});

describe('nothing is kept', () => {
  test.each([
    ['a rating we do not know', 'great', 400, 'INVALID_REQUEST'],
    ['no rating', undefined, 400, 'INVALID_REQUEST'],
    ['an operator', { $ne: '' }, 400, 'INVALID_REQUEST'],
  ])('for %s', async (_, rating, status, code) => {
    const answer = await rate(rating);
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([status, code]);
    expect(await feedbackInTranscript()).toEqual([undefined, undefined]);
  });

  test.each([['not-an-id'], [crypto.randomUUID()]])('for the reply "%s", which does not exist', async (id) => {
    expect(JSON.parse((await rate('helpful', id)).body).error.code).toBe('REPLY_NOT_FOUND');
  });

  test('for a reply to somebody else', async () => {
    const other = await server.visitor();
    const answer = await rate('helpful', replyId, other);
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([404, 'REPLY_NOT_FOUND']);
    expect(await feedbackInTranscript()).toEqual([undefined, undefined]);
  });
});

test('a reply that is under way cannot be rated yet', async () => {
  const messages = server.casement.store.collection<{ _id: string }>('widget_messages');
  await messages.updateOne({ _id: replyId }, { $set: { 'reply.status': 'streaming' } });
  const answer = await rate('helpful');
  expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([409, 'REPLY_NOT_RATEABLE']);
});
