import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { MOST_STREAMS } from '../../../server/http/stream-tally.ts';
import type { FrameVisitor } from '../../support/frame-visitor.ts';
import { openSocket, sendBytes } from '../../support/raw-socket.ts';
import type { ReplyStream } from '../chat/chat-client.ts';
import { type ChatServer, newMessage, startChatServer } from '../chat/chat-setup.ts';

let server: ChatServer;
const open: ReplyStream[] = [];

beforeAll(async () => {
  server = await startChatServer();
});
afterAll(() => server.stop());
afterEach(async () => {
  leaveAll();
  // Whoever asks next has room again.
  const visitor = await server.visitor();
  await untilStatus(200, () => send(visitor));
  leaveAll();
});

/** Streams share their timers, which are there only while somebody listens, and each holds a listener of its response. */
const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

function leaveAll(): void {
  for (const stream of open.splice(0)) stream.leave();
}

async function untilStatus(status: number, ask: () => Promise<number>): Promise<void> {
  while ((await ask()) !== status) await tick();
}

async function send(visitor: FrameVisitor, message = newMessage()): Promise<number> {
  const stream = await server.send(visitor, message);
  if (stream.status === 200) open.push(stream);
  return stream.status;
}

describe('case 67: of 500 streams that', () => {
  test('one session asks for at once, two are given, and of the others nothing is stored', async () => {
    const visitor = await server.visitor();
    const messages = server.casement.store.collection('widget_messages');
    const statuses = await Promise.all(Array.from({ length: 500 }, () => send(visitor, newMessage('A flood'))));
    expect(statuses.filter((status) => status === 200)).toHaveLength(MOST_STREAMS.session);
    expect(statuses.filter((status) => status === 429)).toHaveLength(500 - MOST_STREAMS.session);
    expect(await messages.countDocuments({ text: 'A flood' })).toBe(MOST_STREAMS.session);
  });

  test('one address asks for in 250 sessions, as many are given as an address may have', async () => {
    const visitors: FrameVisitor[] = [];
    for (let number = 0; number < 250; number++) visitors.push(await server.visitor());
    const statuses: number[] = [];
    for (const visitor of visitors) statuses.push(...(await Promise.all([send(visitor), send(visitor)])));
    expect(statuses.filter((status) => status === 200)).toHaveLength(MOST_STREAMS.address);
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
  });
});

describe('case 67: nothing is left behind', () => {
  test('when 100 streams have ended: no timer, and no call to the model', async () => {
    const [before, firstCall] = [timers(), server.fake.calls.length];
    for (let number = 0; number < 50; number++) {
      const visitor = await server.visitor();
      await Promise.all([send(visitor), send(visitor)]);
    }
    expect(open).toHaveLength(100);
    expect(timers()).toBeGreaterThan(before);
    leaveAll();
    // A reply that nobody hears goes on for half a minute, in case they come back.
    const calls = server.fake.calls.slice(firstCall);
    for (const call of calls) call.finish();
    await Promise.all(calls.map(({ closed }) => closed));
    while (timers() > before) await tick();
  });

  test('when connections are broken before the server has come to them', async () => {
    const visitor = await server.visitor();
    const body = JSON.stringify(newMessage());
    const bytes = [
      'POST /api/v1/widget/chat HTTP/1.1',
      `Host: ${server.casement.host}`,
      `Origin: ${server.casement.origin}`,
      `Authorization: Bearer ${visitor.token}`,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      '',
      body,
    ].join('\r\n');
    for (let number = 0; number < 200; number++) {
      const { socket, closed } = await openSocket(server.casement.port);
      socket.write(bytes.slice(0, number % 2 === 0 ? bytes.length : bytes.length - 5));
      await tick();
      socket.resetAndDestroy();
      await closed;
    }
    await untilStatus(200, () => send(visitor));
  });

  test('when connections are closed on one side only', async () => {
    const visitor = await server.visitor();
    const request = (path: string) =>
      `GET ${path} HTTP/1.1\r\nHost: ${server.casement.host}\r\nAuthorization: Bearer ${visitor.token}\r\n\r\n`;
    for (let number = 0; number < 50; number++) {
      const { socket, closed } = await openSocket(server.casement.port);
      socket.end(request(`/api/v1/widget/chat/${randomUUID()}`));
      await closed;
    }
    expect(
      (await sendBytes(server.casement.port, `${request('/healthz').trim()}\r\nConnection: close\r\n\r\n`)).statuses,
    ).toEqual([200]);
  });
});
