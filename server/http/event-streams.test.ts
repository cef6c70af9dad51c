import { get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RevokedEvent } from '../../shared/chat.ts';
import { REPLY_START } from '../../shared/reply-position.ts';
import { createVisitor } from '../../test/support/chat-fixtures.ts';
import { createListeners } from '../domain/reply-listeners.ts';
import type { ReplySource, ReplyState } from '../domain/reply-state.ts';
import type { VisitorCaller } from '../domain/widget.ts';
import { systemClock } from '../gateways/clock.ts';
import { EventStreams, type EventStreamTimes } from './event-streams.ts';
import type { RequestState } from './request-state.ts';

type SpokenReply = ReplySource & { say(text: string): void; end(): void; readonly isHeard: boolean };

function createReply(): SpokenReply {
  const listeners = createListeners(systemClock);
  let state: ReplyState = { status: 'streaming', text: '', citations: [] };
  return {
    current: () => state,
    subscribe: listeners.subscribe,
    say(text) {
      state = { ...state, text: state.text + text };
      listeners.changed();
    },
    end() {
      state = { ...state, status: 'complete' };
      listeners.changed();
    },
    get isHeard() {
      return listeners.unheardSince() === undefined;
    },
  };
}

let reply: SpokenReply;
let streams: EventStreams;
let server: Server;
let waiting: (() => void)[];
const visitor = createVisitor();
const revoked = new Map<VisitorCaller, RevokedEvent['code']>();

/** What is in the process for a reader, not yet taken by the system. */
let buffered: () => number;

async function start(times: Partial<EventStreamTimes> = {}): Promise<void> {
  reply = createReply();
  waiting = [];
  revoked.clear();
  streams = new EventStreams({
    signingKeyOf: () => ({ id: 'k', secret: Buffer.alloc(32) }),
    findRevoked: async () => revoked,
    onFailure: (error) => expect.fail(String(error)),
    times,
  });
  const koa = new Koa<RequestState>();
  koa.use((ctx) => {
    buffered = () => ctx.res.writableLength;
    streams.open(ctx, visitor).start(ctx, reply, REPLY_START);
    for (const wake of waiting.splice(0)) wake();
  });
  server = koa.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
}

/** Asks for the stream; what is read of it is in `text`. */
async function read() {
  const { port } = server.address() as AddressInfo;
  const response = await new Promise<IncomingMessage>((resolve) =>
    get({ port, host: '127.0.0.1', agent: false }, resolve),
  );
  let text = '';
  response.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  response.on('error', () => {});
  const ended = new Promise<void>((resolve) => response.once('close', () => resolve()));
  return { response, ended, text: () => text };
}

beforeEach(() => start());
afterEach(async () => {
  streams.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('a stream', () => {
  it('on which nothing happens carries a comment now and then', async () => {
    await server.close();
    await start({ heartbeatMs: 5, longestMs: 60_000 });
    const { text } = await read();
    await vi.waitFor(() => expect(text().match(/^:$/gm)?.length).toBeGreaterThan(4));
    expect(text().replaceAll(':\n\n', '')).toBe('');
  });

  it('ends at its longest life, though the reply does not', async () => {
    await server.close();
    await start({ heartbeatMs: 5, longestMs: 40 });
    const { ended, text } = await read();
    reply.say('Not done');
    await ended;
    expect(text()).toContain('Not done');
    expect(text()).not.toContain('reply-ended');
    expect(reply.isHeard).toBe(false);
  });

  it('says why, and ends, when the visitor has lost the right to listen', async () => {
    await server.close();
    await start({ revocationMs: 5 });
    const { ended, text } = await read();
    reply.say('Once');
    revoked.set(visitor, 'KEY_REVOKED');
    await ended;
    expect(text()).toMatch(/Once[\s\S]+\nevent: revoked\ndata: {"code":"KEY_REVOKED"}\n\n$/);
    expect(reply.isHeard).toBe(false);
  });

  it('lets go of the reply when the visitor leaves', async () => {
    const { response } = await read();
    expect(reply.isHeard).toBe(true);
    response.destroy();
    await vi.waitFor(() => expect(reply.isHeard).toBe(false));
  });

  it('case 67: holds no more for a reader who does not read than one reader could take, and sends the rest at once later', async () => {
    const { response, ended, text } = await read();
    response.pause();
    const part = 'x'.repeat(10_000);
    // Far more than sockets and this process would buffer together.
    for (let said = 0; said < 2_000; said++) reply.say(part);
    expect(buffered()).toBeLessThan(200_000);
    reply.end();
    response.resume();
    await ended;
    const said = [...text().matchAll(/^data: (.*)$/gm)].map(([, data = '{}']) => JSON.parse(data).text ?? '');
    expect(said.join('').length).toBe(20_000_000);
    expect(said.length).toBeLessThan(1_000);
    expect(text()).toContain('event: reply-ended');
  });

  it('is ended with all others', async () => {
    const readers = [await read(), await read()];
    streams.close();
    await Promise.all(readers.map(({ ended }) => ended));
    expect(reply.isHeard).toBe(false);
  });
});
