import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textOfEvents } from './chat-client.ts';
import { type ChatServer, newMessage, startChatServer } from './chat-setup.ts';

let server: ChatServer;

beforeAll(async () => {
  server = await startChatServer();
});
afterAll(() => server.stop());

describe('the stream of a reply', () => {
  it('has exactly the headers that keep proxies from holding it back', async () => {
    const visitor = await server.visitor();
    const stream = await server.send(visitor, newMessage());
    expect(stream.status).toBe(200);
    expect(stream.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
    expect(Object.keys(stream.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    stream.leave();
  });

  it('begins before the model says anything, and tells each piece as it comes', async () => {
    const visitor = await server.visitor();
    const message = newMessage();
    const number = server.fake.calls.length;
    const stream = await server.send(visitor, message);
    expect(await stream.event(0)).toMatchObject({
      id: '0.0',
      name: 'reply-started',
      fields: { messageId: message.messageId },
    });
    const call = await server.fake.call(number);
    call.say('Fine, ');
    expect(await stream.event(1)).toEqual({ id: '6.0', name: 'reply-delta', fields: { text: 'Fine, ' } });
    call.say('thanks.');
    expect(await stream.event(2)).toEqual({ id: '13.0', name: 'reply-delta', fields: { text: 'thanks.' } });
    call.finish();
    const events = await stream.all();
    expect(events.at(-1)).toEqual({ id: '13.0.end', name: 'reply-ended', fields: { status: 'complete' } });
    expect(textOfEvents(events)).toBe('Fine, thanks.');
  });

  it('is in the transcript afterwards, and the conversation in the list', async () => {
    const visitor = await server.visitor();
    const message = newMessage('What do you sell?');
    const number = server.fake.calls.length;
    const stream = await server.send(visitor, message);
    const call = await server.fake.call(number);
    call.say('Boats.');
    call.finish();
    const [started] = await stream.all();
    const { conversationId, replyId } = started?.fields ?? {};
    const list = JSON.parse((await visitor.ask({ path: '/conversations' })).body);
    expect(list).toMatchObject({
      conversations: [{ id: conversationId, title: 'What do you sell?' }],
      nextBefore: null,
    });
    const transcript = JSON.parse((await visitor.ask({ path: `/conversations/${conversationId}` })).body);
    expect(transcript).toMatchObject({
      id: conversationId,
      messages: [
        { role: 'visitor', id: message.messageId, text: 'What do you sell?' },
        {
          role: 'assistant',
          id: replyId,
          replyTo: message.messageId,
          status: 'complete',
          text: 'Boats.',
          citations: [],
        },
      ],
      nextBefore: null,
    });
  });
});
