import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeOpenAi, startFakeOpenAi } from '../../support/fake-openai.ts';
import { askApi, type FrameVisitor, openVisitor } from '../../support/frame-visitor.ts';
import { startCasement } from '../../support/start-casement.ts';
import { openStream, textOfEvents } from './chat-client.ts';
import { newMessage, SHOP } from './chat-setup.ts';
import { type BuiltServer, buildServer, freePort, newDirectory, type ServerProcess } from './server-process.ts';

const WORDS = Array.from({ length: 24 }, (_, index) => `word${index} `);

let built: BuiltServer;
let fake: FakeOpenAi;
let dataDirectory: string;
let environment: Record<string, string>;
let server: ServerProcess;
let visitor: FrameVisitor;

beforeAll(async () => {
  [built, fake, dataDirectory] = await Promise.all([buildServer(), startFakeOpenAi(), newDirectory()]);
  const publicKey = await seedWidget();
  environment = { PORT: await freePort(), DATA_DIR: dataDirectory, AI_BASE_URL: fake.baseUrl, AI_MODEL: 'fake' };
  server = await built.start(environment);
  visitor = await openVisitor(server, { publicKey, origin: SHOP });
});
afterAll(async () => {
  await built.remove();
  await fake.stop();
  await rm(dataDirectory, { recursive: true, force: true });
});

/** Starts on the directory once in this process, where a widget can be made, and leaves it to the others. */
async function seedWidget(): Promise<string> {
  const casement = await startCasement({ dataDirectory, config: { mongodbUri: undefined } });
  const { publicKey } = await casement.createWidget({ allowlist: [SHOP] });
  await casement.stop();
  return publicKey;
}

const ask = (path: string) => askApi(server, { path, token: visitor.token });

async function startReply() {
  const number = fake.calls.length;
  const message = newMessage();
  const stream = await openStream(server, visitor, { method: 'POST', path: '/chat', body: message });
  const { fields } = await stream.event(0);
  const { replyId, conversationId } = fields;
  return {
    message,
    stream,
    call: await fake.call(number),
    replyId: String(replyId),
    conversationId: String(conversationId),
  };
}

describe('a server that is killed while it answers', () => {
  it.each([0, 1, 2, 7, 19])('has stored every word that was seen, after %i words and a restart', async (wordsSeen) => {
    const { message, stream, call, replyId, conversationId } = await startReply();
    for (const word of WORDS) {
      call.say(word);
      if (stream.events.length <= wordsSeen) await stream.event(stream.events.length);
    }
    await server.kill();
    const seen = await stream.all();
    expect(seen.length).toBeGreaterThan(wordsSeen);
    expect(seen.at(-1)?.name).not.toBe('reply-ended');
    server = await built.start(environment);

    const after = seen.at(-1)?.id;
    const resumed = await openStream(server, visitor, { method: 'GET', path: `/chat/${replyId}?after=${after}` });
    const rest = await resumed.all();
    const text = textOfEvents(seen) + textOfEvents(rest);
    expect(WORDS.join('').startsWith(text)).toBe(true);
    expect(rest.at(-1)).toMatchObject({ name: 'reply-failed', fields: { code: 'INTERRUPTED' } });

    const transcript = JSON.parse((await ask(`/conversations/${conversationId}`)).body);
    expect(transcript.messages).toMatchObject([
      { role: 'visitor', id: message.messageId, text: message.text },
      { role: 'assistant', id: replyId, status: 'interrupted', text, failure: { code: 'INTERRUPTED' } },
    ]);
  });

  it('answers the question anew when it is asked to', async () => {
    const { message, call, conversationId } = await startReply();
    call.say('Half an ans');
    await server.kill();
    server = await built.start(environment);
    const number = fake.calls.length;
    const body = { ...newMessage(message.text), conversationId, retryOf: message.messageId };
    const stream = await openStream(server, visitor, { method: 'POST', path: '/chat', body });
    const retried = await fake.call(number);
    retried.say('A whole answer.');
    retried.finish();
    expect(textOfEvents(await stream.all())).toBe('A whole answer.');
  });
});

describe('a server that is told to stop while it answers', () => {
  it('lets the reply end, and its reader have it whole', async () => {
    const { stream, call } = await startReply();
    call.say('Almost ');
    await stream.event(1);
    const stopped = server.stop();
    await vanished(server.port);
    call.say('done.');
    call.finish();
    expect(await stopped).toBe(0);
    const events = await stream.all();
    expect(textOfEvents(events)).toBe('Almost done.');
    expect(events.at(-1)?.name).toBe('reply-ended');
    server = await built.start(environment);
  });

  it('interrupts a reply that does not end in time, and says so', async () => {
    await server.stop();
    server = await built.start({ ...environment, SHUTDOWN_GRACE_SECONDS: '0' });
    const { stream, call, replyId } = await startReply();
    call.say('Never ');
    await stream.event(1);
    expect(await server.stop()).toBe(0);
    const events = await stream.all();
    expect(events.at(-1)).toMatchObject({ id: '6.0.end', name: 'reply-failed', fields: { code: 'INTERRUPTED' } });
    server = await built.start(environment);
    const again = await openStream(server, visitor, { method: 'GET', path: `/chat/${replyId}` });
    expect(textOfEvents(await again.all())).toBe('Never ');
  });
});

/** Resolves when nobody accepts a connection on the port any more. */
async function vanished(port: number): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answer === undefined || !answer.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
