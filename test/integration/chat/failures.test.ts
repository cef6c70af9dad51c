import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REPLY_MAX_BYTES } from '../../../shared/chat.ts';
import type { FakeCall } from '../../support/fake-openai.ts';
import { createMovingClock } from '../../support/moving-clock.ts';
import { textOfEvents } from './chat-client.ts';
import { type ChatServer, newMessage, startChatServer } from './chat-setup.ts';

const clock = createMovingClock();
const readers = new Set<(line: string) => void>();
let server: ChatServer;

beforeAll(async () => {
  const write = (line: string) => {
    for (const read of readers) read(line);
  };
  server = await startChatServer({ clock, log: { write } });
});
afterAll(() => server.stop());

/** Resolves when the server has logged a line with these words. */
function untilLogged(words: string): Promise<void> {
  return new Promise((resolve) => {
    function read(line: string): void {
      if (!line.includes(words)) return;
      readers.delete(read);
      resolve();
    }
    readers.add(read);
  });
}

async function start() {
  const visitor = await server.visitor();
  const number = server.fake.calls.length;
  const stream = await server.send(visitor, newMessage());
  const { fields } = await stream.event(0);
  return { visitor, stream, call: await server.fake.call(number), replyId: String(fields.replyId) };
}

describe('a model that fails', () => {
  it.each<[string, (call: FakeCall) => void, string]>([
    ['refuses the key', (call) => call.refuse(401), 'MODEL_NOT_AUTHORIZED'],
    ['is busy', (call) => call.refuse(429), 'MODEL_BUSY'],
    ['is down', (call) => call.refuse(503), 'MODEL_UNAVAILABLE'],
    ['breaks off', (call) => call.drop(), 'MODEL_UNAVAILABLE'],
    ['will not answer', (call) => call.finish('content_filter'), 'MODEL_REFUSED'],
    ['sends nonsense', (call) => call.write('data: ]\n\n'), 'MODEL_ERROR'],
  ])('because it %s ends the stream with a code and a sentence for the visitor', async (_case, fail, code) => {
    const { stream, call } = await start();
    fail(call);
    const last = (await stream.all()).at(-1);
    expect(last).toMatchObject({
      name: 'reply-failed',
      fields: { code, message: expect.stringMatching(/^The |^Some/) },
    });
    expect(String(last?.fields.message)).not.toMatch(/[A-Z]{2}|\d|model|http/);
  });

  it('is told to the log with its status, and without a word of the conversation', async () => {
    const logged: string[] = [];
    const record = (line: string) => void logged.push(line);
    readers.add(record);
    const visitor = await server.visitor();
    const number = server.fake.calls.length;
    const stream = await server.send(visitor, newMessage('My secret question'));
    (await server.fake.call(number)).refuse(401, { message: 'Incorrect API key provided', code: 'invalid_api_key' });
    await stream.all();
    readers.delete(record);
    const log = logged.join('');
    for (const words of ['MODEL_NOT_AUTHORIZED', '"status":401', 'Incorrect API key']) expect(log).toContain(words);
    for (const words of ['My secret question', visitor.token, 'sk-test']) expect(log).not.toContain(words);
  });

  it('after the first words keeps them, in the stream and in the transcript', async () => {
    const { visitor, stream, call, replyId } = await start();
    call.say('I was about to');
    await stream.event(1);
    call.drop();
    const events = await stream.all();
    expect(textOfEvents(events)).toBe('I was about to');
    const { conversationId } = events[0]?.fields ?? {};
    const { messages } = JSON.parse((await visitor.ask({ path: `/conversations/${conversationId}` })).body);
    expect(messages[1]).toMatchObject({
      id: replyId,
      status: 'failed',
      text: 'I was about to',
      failure: { code: 'MODEL_UNAVAILABLE' },
    });
  });

  it('answers JSON with the failure inside, because the message was taken', async () => {
    const visitor = await server.visitor();
    const number = server.fake.calls.length;
    const request = { method: 'POST', path: '/chat', headers: { accept: 'application/json' } } as const;
    const answer = visitor.ask({ ...request, body: newMessage() });
    (await server.fake.call(number)).refuse(429);
    const { status, body } = await answer;
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ reply: { status: 'failed', failure: { code: 'MODEL_BUSY' } } });
  });

  it('is cut off at 64 KiB', async () => {
    const { stream, call } = await start();
    for (let sent = 0; sent <= REPLY_MAX_BYTES; sent += 1_000) call.say('é'.repeat(500));
    await call.closed;
    const events = await stream.all();
    expect(Buffer.byteLength(textOfEvents(events))).toBe(REPLY_MAX_BYTES);
    expect(events.at(-1)).toMatchObject({ name: 'reply-failed', fields: { code: 'REPLY_TOO_LONG' } });
  });

  it('stalls before the first word is given up after 30 seconds', async () => {
    const { stream, call } = await start();
    clock.advance(31);
    expect((await stream.all()).at(-1)).toMatchObject({ name: 'reply-failed', fields: { code: 'MODEL_TIMEOUT' } });
    await call.closed;
  });
});

describe('a visitor who leaves', () => {
  it('and does not come back within 30 seconds ends the call of the model; what was said stays', async () => {
    const { visitor, stream, call, replyId } = await start();
    call.say('Anybody there?');
    await stream.event(1);
    const noticed = untilLogged('"isWhole":false');
    stream.leave();
    await noticed;
    clock.advance(31);
    await call.closed;
    const events = await (await server.resume(visitor, replyId)).all();
    expect(textOfEvents(events)).toBe('Anybody there?');
    expect(events.at(-1)).toMatchObject({ name: 'reply-failed', fields: { code: 'INTERRUPTED' } });
  });

  it('and comes back in time hears the rest', async () => {
    const { visitor, stream, call, replyId } = await start();
    call.say('Welcome ');
    const { id } = await stream.event(1);
    stream.leave();
    clock.advance(20);
    const resumed = await server.resume(visitor, replyId, id);
    clock.advance(20);
    call.say('back');
    expect(await resumed.event(0)).toMatchObject({ fields: { text: 'back' } });
    call.finish();
    await resumed.all();
  });
});

describe('stopping', () => {
  it('ends the call of the model and keeps what was said', async () => {
    const { visitor, stream, call, replyId } = await start();
    call.say('This could go on');
    await stream.event(1);
    expect((await visitor.ask({ method: 'POST', path: `/chat/${replyId}/stop` })).status).toBe(204);
    await call.closed;
    const events = await stream.all();
    expect(events.at(-1)).toMatchObject({ name: 'reply-ended', fields: { status: 'stopped' } });
    // As browsers send a POST without a body.
    const empty = { 'content-length': '0' };
    expect((await visitor.ask({ method: 'POST', path: `/chat/${replyId}/stop`, headers: empty })).status).toBe(204);
    const again = await (await server.resume(visitor, replyId)).all();
    expect(textOfEvents(again)).toBe('This could go on');
  });
});
