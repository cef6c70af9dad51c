import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatAnswer } from '../../../shared/chat.ts';
import { textOfEvents } from './chat-client.ts';
import { type ChatServer, newMessage, startChatServer } from './chat-setup.ts';

let server: ChatServer;

beforeAll(async () => {
  server = await startChatServer();
  server.fake.answerWith((call) => {
    for (const word of ['One ', 'answer ', 'for ', 'all.']) call.say(word);
    call.finish();
  });
});
afterAll(() => server.stop());

const callsFor = (text: string) =>
  server.fake.calls.filter(({ request }) => request.messages.at(-1)?.content === text).length;

describe('a message that is sent again', () => {
  it('is stored once and asked once, in 50 requests at the same time', async () => {
    const visitor = await server.visitor();
    const message = newMessage('Fifty at once?');
    const ask = () =>
      visitor.ask({ method: 'POST', path: '/chat', headers: { accept: 'application/json' }, body: message });
    const answers = await Promise.all(Array.from({ length: 50 }, ask));
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
    const bodies = answers.map(({ body }) => JSON.parse(body) as ChatAnswer);
    expect(new Set(bodies.map(({ reply }) => reply.id)).size).toBe(1);
    expect(new Set(bodies.map(({ reply }) => reply.text))).toEqual(new Set(['One answer for all.']));
    expect(callsFor(message.text)).toBe(1);
    expect(await server.casement.store.collection('widget_messages').countDocuments({ text: message.text })).toBe(1);
  });

  it('gets the same stream again, whole, when the reply has ended', async () => {
    const visitor = await server.visitor();
    const message = newMessage('Once more?');
    const first = await (await server.send(visitor, message)).all();
    const again = await (await server.send(visitor, message)).all();
    expect(again[0]).toEqual(first[0]);
    expect(textOfEvents(again)).toBe('One answer for all.');
    expect(again.at(-1)).toEqual(first.at(-1));
    expect(callsFor(message.text)).toBe(1);
  });

  it('is the same message for the same visitor in another session, and another one for another visitor', async () => {
    const visitor = await server.visitor();
    const message = newMessage('Whose is it?');
    const [mine] = await (await server.send(visitor, message)).all();
    const [stillMine] = await (await server.send(await server.visitor(visitor.cookie), message)).all();
    const [theirs] = await (await server.send(await server.visitor(), message)).all();
    expect(stillMine?.fields).toEqual(mine?.fields);
    expect(theirs?.fields.replyId).not.toBe(mine?.fields.replyId);
  });

  it('is refused with another text, and nothing is asked', async () => {
    const visitor = await server.visitor();
    const message = newMessage('First words');
    await (await server.send(visitor, message)).all();
    const body = { ...message, text: 'Other words' };
    const { status, body: refusal } = await visitor.ask({ method: 'POST', path: '/chat', body });
    expect(status).toBe(409);
    expect(JSON.parse(refusal)).toMatchObject({ error: { code: 'MESSAGE_CONFLICT', field: 'messageId' } });
    expect(callsFor('Other words')).toBe(0);
  });
});

describe('asking again', () => {
  async function fail() {
    const visitor = await server.visitor();
    const message = newMessage(`Will it fail, ${Math.random()}?`);
    server.fake.answerWith((call) => call.refuse(503));
    const [started] = await (await server.send(visitor, message)).all();
    server.fake.answerWith((call) => {
      call.say('Better now.');
      call.finish();
    });
    return { visitor, message, conversationId: String(started?.fields.conversationId) };
  }

  it('puts a new pair in place of the one that failed', async () => {
    const { visitor, message, conversationId } = await fail();
    const retry = { ...newMessage(message.text), conversationId, retryOf: message.messageId };
    expect(textOfEvents(await (await server.send(visitor, retry)).all())).toBe('Better now.');
    const { messages } = JSON.parse((await visitor.ask({ path: `/conversations/${conversationId}` })).body);
    expect(messages).toMatchObject([
      { role: 'visitor', id: retry.messageId, text: message.text },
      { role: 'assistant', status: 'complete', text: 'Better now.' },
    ]);
    expect(callsFor(message.text)).toBe(2);
  });

  it('happens once, in ten different requests at the same time', async () => {
    const { visitor, message, conversationId } = await fail();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        visitor.ask({
          method: 'POST',
          path: '/chat',
          headers: { accept: 'application/json' },
          body: { ...newMessage(message.text), conversationId, retryOf: message.messageId },
        }),
      ),
    );
    const codes = answers.map(({ status, body }) => (status === 200 ? 'ok' : JSON.parse(body).error.code)).sort();
    expect(codes).toEqual([...Array(9).fill('REPLY_NOT_RETRYABLE'), 'ok']);
    expect(callsFor(message.text)).toBe(2);
  });
});
