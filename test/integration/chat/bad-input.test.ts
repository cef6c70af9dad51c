import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FrameVisitor } from '../../support/frame-visitor.ts';
import { type ChatServer, newMessage, startChatServer } from './chat-setup.ts';

let server: ChatServer;
let visitor: FrameVisitor;

beforeAll(async () => {
  server = await startChatServer();
  visitor = await server.visitor();
});
afterAll(() => server.stop());

const uuid = randomUUID();

async function refusal(answer: Promise<{ status: number; body: string }>) {
  const { status, body } = await answer;
  const { code, field } = JSON.parse(body).error;
  return field === undefined ? { status, code } : { status, code, field };
}

describe('a message that is not as it should be', () => {
  it.each([
    ['no text', { messageId: uuid }, 'text'],
    ['an empty text', { messageId: uuid, text: '' }, 'text'],
    ['a text of nothing but space', { messageId: uuid, text: ' \n\t ' }, 'text'],
    ['a text over 4,000 characters', { messageId: uuid, text: 'x'.repeat(4_001) }, 'text'],
    ['a text that is a number', { messageId: uuid, text: 7 }, 'text'],
    ['a text that is an operator', { messageId: uuid, text: { $ne: '' } }, 'text'],
    ['no message id', { text: 'Hi' }, 'messageId'],
    ['a message id that is none', { messageId: 'x', text: 'Hi' }, 'messageId'],
    ['a message id that is an operator', { messageId: { $gt: '' }, text: 'Hi' }, 'messageId'],
    ['a conversation id that is none', { messageId: uuid, text: 'Hi', conversationId: '1' }, 'conversationId'],
    ['a conversation id that is null', { messageId: uuid, text: 'Hi', conversationId: null }, 'conversationId'],
    ['an earlier message that is none', { messageId: uuid, text: 'Hi', conversationId: uuid, retryOf: [] }, 'retryOf'],
    ['an earlier message in no conversation', { messageId: uuid, text: 'Hi', retryOf: uuid }, 'conversationId'],
    ['a context that is text', { messageId: uuid, text: 'Hi', context: 'x' }, 'context'],
    ['a context with a number', { messageId: uuid, text: 'Hi', context: ['x', 7] }, 'context.1'],
    ['a context of 11 strings', { messageId: uuid, text: 'Hi', context: Array(11).fill('x') }, 'context'],
    [
      'a context over 2,048 characters',
      { messageId: uuid, text: 'Hi', context: Array(3).fill('x'.repeat(683)) },
      'context',
    ],
    ['an unknown field', { messageId: uuid, text: 'Hi', model: 'gpt' }, 'model'],
    ['a field called __proto__', JSON.parse(`{"messageId":"${uuid}","text":"Hi","__proto__":{}}`), '__proto__'],
  ])('is refused for %s', async (_case, body, field) => {
    expect(await refusal(visitor.ask({ method: 'POST', path: '/chat', body }))).toEqual({
      status: 400,
      code: 'INVALID_REQUEST',
      field,
    });
  });

  it.each([
    ['a conversation nobody has', { conversationId: uuid }, 404, 'CONVERSATION_NOT_FOUND'],
    ['an earlier message nobody sent', { conversationId: uuid, retryOf: uuid }, 404, 'CONVERSATION_NOT_FOUND'],
  ])('is refused for %s', async (_case, fields, status, code) => {
    const answer = visitor.ask({ method: 'POST', path: '/chat', body: { ...newMessage(), ...fields } });
    expect(await refusal(answer)).toMatchObject({ status, code });
  });

  it('is refused as a list, as text, and over 64 KiB', async () => {
    const send = (body: unknown, headers = {}) =>
      refusal(visitor.ask({ method: 'POST', path: '/chat', body, headers }));
    expect(await send([newMessage()])).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
    expect(await send(newMessage(), { 'content-type': 'text/plain' })).toMatchObject({ status: 415 });
    expect(await send(newMessage('x'.repeat(65_536)))).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' });
  });

  it('is told what is wrong in words', async () => {
    const words = async (body: unknown) =>
      JSON.parse((await visitor.ask({ method: 'POST', path: '/chat', body })).body).error.message;
    expect(await words({ text: 'Hi' })).toBe('"messageId" is missing');
    expect(await words({ ...newMessage(), model: 'gpt' })).toBe('"model" is not a known field');
    expect(await words({ ...newMessage(), text: 7 })).toBe('"text": "7" is a number, not a text');
    for (const body of [[], null, 'Hi']) expect(await words(body)).toBe('The body is not a JSON object');
  });

  it('leaves nothing behind and asks no model', async () => {
    expect(await server.casement.store.collection('widget_messages').countDocuments()).toBe(0);
    expect(await server.casement.store.collection('widget_conversations').countDocuments()).toBe(0);
    expect(server.fake.calls).toHaveLength(0);
  });
});

describe('a question about what was said that is not as it should be', () => {
  it.each([
    ['/conversations?before=x', 400, 'INVALID_REQUEST', 'before'],
    ['/conversations?before=', 400, 'INVALID_REQUEST', 'before'],
    ['/conversations?before=a&before=b', 400, 'INVALID_REQUEST', 'before'],
    ['/conversations?limit=1000', 400, 'INVALID_REQUEST', 'limit'],
    [`/conversations/${uuid}?before=MQ`, 400, 'INVALID_REQUEST', 'before'],
    [`/conversations/${uuid}?before[$gt]=`, 400, 'INVALID_REQUEST', 'before[$gt]'],
    [`/conversations/${uuid}`, 404, 'CONVERSATION_NOT_FOUND', undefined],
    ['/conversations/x', 404, 'CONVERSATION_NOT_FOUND', undefined],
    [`/chat/${uuid}`, 404, 'REPLY_NOT_FOUND', undefined],
    [`/chat/${uuid}?after=0.0&after=1.0`, 400, 'INVALID_REQUEST', 'after'],
    [`/chat/${uuid}?before=0.0`, 400, 'INVALID_REQUEST', 'before'],
  ])('is refused: %s', async (path, status, code, field) => {
    expect(await refusal(visitor.ask({ path }))).toEqual({ status, code, ...(field && { field }) });
  });

  it.each([
    [`/chat/${uuid}/stop`, {}, 404, 'REPLY_NOT_FOUND'],
    [`/chat/${uuid}/stop`, { now: true }, 400, 'INVALID_REQUEST'],
    [`/chat/x/stop`, {}, 404, 'REPLY_NOT_FOUND'],
  ])('cannot stop what is not there: %s %j', async (path, body, status, code) => {
    expect(await refusal(visitor.ask({ method: 'POST', path, body }))).toMatchObject({ status, code });
  });
});
