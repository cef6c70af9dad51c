import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FakeOpenAi, startFakeOpenAi } from '../../support/fake-openai.ts';
import { askFrame, type FrameVisitor, openVisitor } from '../../support/frame-visitor.ts';
import { rawRequest } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';
import { BLOG, createWatched, SHOP, type Watched } from './analytics-setup.ts';

let fake: FakeOpenAi;
let casement: Casement;
let watched: Watched;

beforeAll(async () => {
  fake = await startFakeOpenAi();
  const model = { baseUrl: fake.baseUrl, apiKey: 'sk-test', name: 'fake' };
  casement = await startCasement({ config: { model } });
});
afterAll(async () => {
  await casement.stop();
  await fake.stop();
});
beforeEach(async () => {
  watched = await createWatched(casement);
});

const visit = (origin = SHOP) => openVisitor(casement, { publicKey: watched.publicKey, origin });

/** Sends a message and answers it, and resolves with the whole reply. */
async function talk(by: FrameVisitor, fields: { conversationId?: string } = {}) {
  const number = fake.calls.length;
  const body = { ...fields, messageId: crypto.randomUUID(), text: 'Hello' };
  const answer = by.ask({ method: 'POST', path: '/chat', headers: { accept: 'application/json' }, body });
  const call = await fake.call(number);
  return { call, answer: answer.then(({ body: text }) => JSON.parse(text)) };
}

async function answered(by: FrameVisitor, fields: { conversationId?: string } = {}) {
  const { call, answer } = await talk(by, fields);
  call.say('Fine.');
  call.finish();
  return await answer;
}

describe('counted is', () => {
  test('what a site fetches, and what a visitor opens', async () => {
    const { port, host } = casement;
    const path = `/api/v1/widget/config?key=${watched.publicKey}`;
    const first = await rawRequest({ port, path, headers: { host, origin: SHOP } });
    await rawRequest({ port, path, headers: { host, origin: SHOP, 'if-none-match': first.headers.etag } });
    await askFrame(casement, { publicKey: watched.publicKey, origin: SHOP });
    const visitor = await visit();
    expect((await visitor.ask({ method: 'POST', path: '/session/opened' })).status).toBe(204);
    expect((await watched.analytics()).totals).toMatchObject({ configurations: 2, frames: 2, opened: 1, messages: 0 });
  });

  test('every message with its reply, once however often it is sent, and how long the first word took', async () => {
    const visitor = await visit();
    const { conversationId } = await answered(visitor);
    await answered(visitor, { conversationId });
    const body = { messageId: crypto.randomUUID(), text: 'Hello' };
    const send = () => visitor.ask({ method: 'POST', path: '/chat', headers: { accept: 'application/json' }, body });
    const number = fake.calls.length;
    const both = [send(), send()];
    const call = await fake.call(number);
    call.say('Fine.');
    call.finish();
    await Promise.all(both);
    const { totals } = await watched.analytics();
    expect(totals).toMatchObject({ conversations: 2, messages: 3, replies: 3, failures: {} });
    expect(totals.firstTokenMs?.median).toBeGreaterThan(0);
    expect(totals.firstTokenMs?.p95).toBeGreaterThanOrEqual(totals.firstTokenMs?.median ?? 0);
  });

  test('how a reply failed, by code, and that it was stopped', async () => {
    const visitor = await visit();
    const failed = await talk(visitor);
    failed.call.refuse(500);
    const { conversationId } = await failed.answer;
    const stopped = await talk(visitor, { conversationId });
    stopped.call.say('Well');
    const { messages } = JSON.parse((await visitor.ask({ path: `/conversations/${conversationId}` })).body);
    await visitor.ask({ method: 'POST', path: `/chat/${messages.at(-1).id}/stop` });
    await stopped.answer;
    const { totals } = await watched.analytics();
    const failures = Object.values(totals.failures).reduce((sum, times) => sum + times, 0);
    expect([failures, totals.stopped, totals.replies]).toEqual([1, 1, 0]);
    expect(Object.keys(totals.failures)).toEqual(['MODEL_ERROR']);
  });

  test('what visitors think, by site', async () => {
    const [shopper, reader] = [await visit(SHOP), await visit(BLOG)];
    const rate = (by: FrameVisitor, id: string, rating: string) =>
      by.ask({ method: 'POST', path: `/messages/${id}/feedback`, body: { rating } });
    const { reply: one } = await answered(shopper);
    const { reply: other } = await answered(reader);
    await rate(shopper, one.id, 'helpful');
    await rate(shopper, one.id, 'helpful');
    await rate(reader, other.id, 'not-helpful');
    const { totals, origins } = await watched.analytics();
    expect(totals).toMatchObject({ helpful: 1, notHelpful: 1 });
    expect(origins.map(({ origin, counts }) => [origin, counts.helpful, counts.notHelpful])).toEqual([
      [BLOG, 0, 1],
      [SHOP, 1, 0],
    ]);
  });

  test('a limit that was reached', async () => {
    watched = await createWatched(casement, { settings: { limits: { messagesPerMinute: 1, messagesPerDay: 100 } } });
    const visitor = await visit();
    await answered(visitor);
    const body = { messageId: crypto.randomUUID(), text: 'Again' };
    expect((await visitor.ask({ method: 'POST', path: '/chat', body })).status).toBe(429);
    expect((await watched.analytics()).totals).toMatchObject({ limitsReached: 1, messages: 1 });
  });

  test('an embed that was refused, under no site of the list', async () => {
    await askFrame(casement, { publicKey: watched.publicKey, origin: 'https://evil.example' });
    const { totals, origins } = await watched.analytics();
    expect(totals).toMatchObject({ embedsRefused: 1, frames: 0 });
    expect(origins.map(({ origin }) => origin)).toEqual(['']);
  });

  test('nothing of another widget', async () => {
    const other = await createWatched(casement);
    await visit();
    expect((await other.analytics()).totals.frames).toBe(0);
  });
});

test('a stop loses nothing that was counted', async () => {
  const { dataDirectory } = casement;
  const visitor = await visit();
  await visitor.ask({ method: 'POST', path: '/session/opened' });
  await casement.server.stop();
  const again = await startCasement({ dataDirectory });
  const sum = await again.store.collection('widget_analytics').findOne({ widgetId: watched.id, origin: SHOP });
  await again.stop();
  expect(sum?.counts).toMatchObject({ frames: 1, opened: 1 });
});
