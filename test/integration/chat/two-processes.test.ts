import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/embedded-db.ts';
import { askApi, type FrameVisitor } from '../../support/frame-visitor.ts';
import { openStream, textOfEvents } from './chat-client.ts';
import { type ChatServer, newMessage, startChatServer } from './chat-setup.ts';
import { type BuiltServer, buildServer, freePort, type ServerProcess } from './server-process.ts';

const SECRET = 'one secret that both processes are given, long enough';

let store: TestServer;
let here: ChatServer;
let built: BuiltServer;
let there: ServerProcess;
let visitor: FrameVisitor;

beforeAll(async () => {
  [store, built] = await Promise.all([startTestServer(), buildServer()]);
  const uri = new URL(store.uri);
  uri.pathname = `/${store.databaseName}`;
  here = await startChatServer({ config: { mongodbUri: uri.href, sessionSecret: SECRET } });
  there = await startThere();
  visitor = await here.visitor();

  async function startThere() {
    return await built.start({
      PORT: await freePort(),
      MONGODB_URI: uri.href,
      SESSION_SECRET: SECRET,
      AI_BASE_URL: here.fake.baseUrl,
      AI_MODEL: 'fake',
    });
  }
});
afterAll(async () => {
  await built.remove();
  await here.stop();
  await store.stop();
});

/** The reply is produced by this process unless said otherwise. */
async function startReply(address: ServerProcess | ChatServer['casement'] = here.casement) {
  const message = newMessage();
  const number = here.fake.calls.length;
  const stream = await openStream(address, visitor, { method: 'POST', path: '/chat', body: message });
  const { fields } = await stream.event(0);
  return { message, stream, call: await here.fake.call(number), replyId: String(fields.replyId) };
}

const resumeThere = (replyId: string, after: string) =>
  openStream(there, visitor, { method: 'GET', path: `/chat/${replyId}?after=${after}` });

describe('two processes on one store', () => {
  it('let a stream that broke on one resume on the other, to the identical text', async () => {
    const { stream, call, replyId } = await startReply();
    call.say('From one ');
    const { id } = await stream.event(1);
    stream.leave();
    const resumed = await resumeThere(replyId, id);
    call.say('to the other.');
    expect(await resumed.event(0)).toMatchObject({ name: 'reply-delta', fields: { text: 'to the other.' } });
    call.finish();
    expect((await resumed.all()).at(-1)).toMatchObject({ id: '22.0.end', name: 'reply-ended' });
  });

  it('ask the model once for one message that reaches both', async () => {
    const message = newMessage('Which of you?');
    const number = here.fake.calls.length;
    const streams = await Promise.all(
      [here.casement, there].map((address) =>
        openStream(address, visitor, { method: 'POST', path: '/chat', body: message }),
      ),
    );
    const call = await here.fake.call(number);
    call.say('Only one of us.');
    call.finish();
    for (const stream of streams) expect(textOfEvents(await stream.all())).toBe('Only one of us.');
    expect(here.fake.calls.filter(({ request }) => request.messages.at(-1)?.content === message.text)).toHaveLength(1);
  });

  it('stop a reply of one through the other', async () => {
    const { stream, call, replyId } = await startReply();
    call.say('Enough');
    await stream.event(1);
    const path = `/chat/${replyId}/stop`;
    expect((await askApi(there, { method: 'POST', path, token: visitor.token })).status).toBe(204);
    await call.closed;
    const events = await stream.all();
    expect(textOfEvents(events)).toBe('Enough');
    expect(events.at(-1)).toMatchObject({ name: 'reply-ended', fields: { status: 'stopped' } });
  });

  it('find a reply of the other interrupted when that was killed, with every word that was seen', async () => {
    const { stream, call, replyId } = await startReply(there);
    call.say('Famous last ');
    const { id } = await stream.event(1);
    await there.kill();
    const resumed = await here.resume(visitor, replyId, id);
    expect((await resumed.all()).map(({ name, fields }) => [name, fields.code])).toEqual([
      ['reply-failed', 'INTERRUPTED'],
    ]);
    const whole = await (await here.resume(visitor, replyId)).all();
    expect(textOfEvents(whole)).toBe('Famous last ');
  }, 30_000);
});
