import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textOfEvents } from './chat-client.ts';
import { type ChatServer, newMessage, startChatServer } from './chat-setup.ts';

let server: ChatServer;

beforeAll(async () => {
  server = await startChatServer();
});
afterAll(() => server.stop());

describe('the streams of one session', () => {
  it('are two at most; a third is refused before anything is stored', async () => {
    const visitor = await server.visitor();
    const open = [await server.send(visitor, newMessage()), await server.send(visitor, newMessage())];
    const message = newMessage('The third');
    const refused = await visitor.ask({ method: 'POST', path: '/chat', body: message });
    expect(refused.status).toBe(429);
    expect(JSON.parse(refused.body)).toMatchObject({ error: { code: 'TOO_MANY_STREAMS' } });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(await server.casement.store.collection('widget_messages').countDocuments({ text: 'The third' })).toBe(0);
    for (const stream of open) stream.leave();
  });

  it('make room for another as soon as one has ended', async () => {
    const visitor = await server.visitor();
    server.fake.answerWith((call) => {
      call.say('Yes.');
      call.finish();
    });
    for (let round = 0; round < 5; round++) {
      const streams = await Promise.all([newMessage(), newMessage()].map((message) => server.send(visitor, message)));
      for (const stream of streams) expect(textOfEvents(await stream.all())).toBe('Yes.');
    }
    server.fake.answerWith(() => {});
  });

  it('make room for another when a request was refused', async () => {
    const visitor = await server.visitor();
    for (let round = 0; round < 5; round++) {
      expect((await visitor.ask({ method: 'POST', path: '/chat', body: {} })).status).toBe(400);
      expect((await visitor.ask({ path: `/chat/${randomUUID()}` })).status).toBe(404);
    }
  });

  it('end with the session', async () => {
    const visitor = await server.visitor();
    const stream = await server.send(visitor, newMessage());
    await stream.event(0);
    await visitor.ask({ method: 'DELETE', path: '/session' });
    expect((await stream.all()).map(({ name }) => name)).toEqual(['reply-started']);
  });
});

describe('a reader who does not read', () => {
  it('gets everything later, and costs no copy of it meanwhile', async () => {
    const visitor = await server.visitor();
    const number = server.fake.calls.length;
    const stream = await server.send(visitor, newMessage());
    await stream.event(0);
    stream.response.pause();
    const call = await server.fake.call(number);
    const word = 'x'.repeat(100);
    for (let words = 0; words < 600; words++) call.say(word);
    call.finish();
    const { replyId } = (await stream.event(0)).fields;
    const whole = await (await server.resume(visitor, String(replyId))).all();
    expect(textOfEvents(whole)).toBe(word.repeat(600));
    stream.response.resume();
    expect(textOfEvents(await stream.all())).toBe(word.repeat(600));
  });
});

describe('a whole reply as JSON', () => {
  const json = { method: 'POST', path: '/chat', headers: { accept: 'application/json' } } as const;

  it('is answered when it has ended', async () => {
    const visitor = await server.visitor();
    const number = server.fake.calls.length;
    const message = newMessage();
    const answer = visitor.ask({ ...json, body: message });
    const call = await server.fake.call(number);
    call.say('Every');
    call.say('thing.');
    call.finish();
    const { status, headers, body } = await answer;
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(body)).toEqual({
      conversationId: expect.any(String),
      reply: {
        role: 'assistant',
        id: expect.any(String),
        replyTo: message.messageId,
        status: 'complete',
        text: 'Everything.',
        citations: [],
        createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    });
  });

  it.each([
    ['application/json', 'application/json'],
    ['text/event-stream', 'text/event-stream'],
    ['*/*', 'text/event-stream'],
    ['application/json;q=0.5, text/event-stream', 'text/event-stream'],
  ])('is what "Accept: %s" asks for, or not', async (accept, type) => {
    const visitor = await server.visitor();
    server.fake.answerWith((call) => {
      call.say('Hi');
      call.finish();
    });
    const { headers } = await visitor.ask({ ...json, headers: { accept }, body: newMessage() });
    expect(headers['content-type']).toContain(type);
    server.fake.answerWith(() => {});
  });
});
