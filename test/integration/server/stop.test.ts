import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openVisitor } from '../../support/frame-visitor.ts';
import { rawRequest } from '../../support/raw-http.ts';
import { startCasement } from '../../support/start-casement.ts';
import { textOfEvents } from '../chat/chat-client.ts';
import { type ChatServer, newMessage, SHOP, startChatServer } from '../chat/chat-setup.ts';

/** So long that a test which waits for it fails. */
const ENDLESS_MS = 3_600_000;

let server: ChatServer;

async function startWithGrace(shutdownGraceMs: number): Promise<void> {
  server = await startChatServer({ config: { shutdownGraceMs } });
}
afterEach(() => server.stop());

/** A visitor who has read the first words of a reply that goes on. */
async function readFirstWords() {
  const visitor = await server.visitor();
  const stream = await server.send(visitor, newMessage());
  const call = await server.fake.call(0);
  call.say('The tide ');
  await stream.event(1);
  return { visitor, stream, call };
}

/** Asks for a reply as JSON over a connection of `agent`, and answers the status when the body is whole. */
function askForWholeReply({ casement: { port, host, origin } }: ChatServer, token: string, agent: Agent) {
  return new Promise((resolve, reject) => {
    const headers = { host, origin, accept: 'application/json', 'content-type': 'application/json' };
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        method: 'POST',
        path: '/api/v1/widget/chat',
        headers: { ...headers, authorization: `Bearer ${token}` },
        agent,
      },
      (answer) => answer.resume().on('end', () => resolve(answer.statusCode)),
    );
    sent.on('error', reject).end(JSON.stringify(newMessage()));
  });
}

describe('with a grace', () => {
  beforeEach(() => startWithGrace(ENDLESS_MS));

  test('a connection that is open and idle does not hold the server', async () => {
    const agent = new Agent({ keepAlive: true });
    const { port, host } = server.casement;
    await new Promise((resolve) => {
      request({ host: '127.0.0.1', port, path: '/healthz', headers: { host }, agent }, (answer) => {
        answer.resume().on('end', resolve);
      }).end();
    });
    await server.casement.server.stop();
    agent.destroy();
  });

  test('a connection that was opened in advance, as browsers do, does not hold the server', async () => {
    const socket = connect(server.casement.port, '127.0.0.1');
    await once(socket, 'connect');
    const ended = once(socket.resume(), 'close');
    await server.casement.server.stop();
    await ended;
  });

  test('a connection that was busy is not kept for its next request', async () => {
    const agent = new Agent({ keepAlive: true });
    const { token } = await server.visitor();
    const answered = askForWholeReply(server, token, agent);
    const call = await server.fake.call(0);
    const stopped = server.casement.server.stop();
    call.say('At six.');
    call.finish();
    expect(await answered).toBe(200);
    await stopped;
    agent.destroy();
  });

  test('a reply under way is read to its end, while nobody new gets in', async () => {
    const { stream, call } = await readFirstWords();
    const { port, host } = server.casement;
    const stopped = server.casement.server.stop();
    await expect(rawRequest({ port, path: '/healthz', headers: { host } })).rejects.toThrow('ECONNREFUSED');
    call.say('turns at six.');
    call.finish();
    const events = await stream.all();
    expect(textOfEvents(events)).toBe('The tide turns at six.');
    expect(events.at(-1)).toMatchObject({ name: 'reply-ended', fields: { status: 'complete' } });
    await stopped;
  });

  test('a second call to stop waits for the first', async () => {
    await Promise.all([server.casement.server.stop(), server.casement.server.stop()]);
  });
});

describe('without a grace', () => {
  beforeEach(() => startWithGrace(0));

  test('a reply under way ends as interrupted, and nothing a visitor has read is lost', async () => {
    const { visitor, stream } = await readFirstWords();
    await server.casement.server.stop();
    const events = await stream.all();
    expect(events.at(-1)).toMatchObject({ name: 'reply-failed', fields: { code: 'INTERRUPTED' } });
    const [started] = events;

    const next = await startCasement({ dataDirectory: server.casement.dataDirectory });
    try {
      const again = await openVisitor(next, { publicKey: server.publicKey, origin: SHOP }, visitor.cookie);
      expect(again.conversationId).toBe(started?.fields.conversationId);
      const { messages } = JSON.parse((await again.ask({ path: `/conversations/${again.conversationId}` })).body);
      expect(messages.at(-1)).toMatchObject({ role: 'assistant', status: 'interrupted', text: textOfEvents(events) });
    } finally {
      await next.stop();
    }
  });
});
