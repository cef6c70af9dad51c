import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Widget } from '../../../server/domain/widget.ts';
import { systemClock } from '../../../server/gateways/clock.ts';
import { startTestServer, type TestServer } from '../../support/embedded-db.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../../support/fake-openai.ts';
import { askApi, type FrameVisitor, openVisitor, type Site } from '../../support/frame-visitor.ts';
import { rawRequest } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';
import { newMessage } from '../chat/chat-setup.ts';
import { type BuiltServer, buildServer, freePort, type ServerProcess } from '../chat/server-process.ts';
import { keysOf, SHOP } from './keys-setup.ts';
import { openRawStream } from './raw-stream.ts';

const SECRET = 'one secret that both processes are given, long enough';
const SECRETS_KEY = `v2:${'n'.repeat(40)},v1:${'o'.repeat(40)}`;

let store: TestServer;
let fake: FakeOpenAi;
let here: Casement;
let built: BuiltServer;
let there: ServerProcess;
let widget: Widget;
let site: Site;
let keys: ReturnType<typeof keysOf>;

beforeAll(async () => {
  [store, built, fake] = await Promise.all([startTestServer(), buildServer(), startFakeOpenAi()]);
  const uri = new URL(store.uri);
  uri.pathname = `/${store.databaseName}`;
  here = await startCasement({
    config: {
      mongodbUri: uri.href,
      sessionSecret: SECRET,
      secretsKeys: [{ version: 1, secret: 'o'.repeat(40) }],
      model: { baseUrl: fake.baseUrl, apiKey: undefined, name: 'fake' },
    },
  });
  there = await built.start({
    PORT: await freePort(),
    MONGODB_URI: uri.href,
    SESSION_SECRET: SECRET,
    SECRETS_KEY,
    AI_BASE_URL: fake.baseUrl,
    AI_MODEL: 'fake',
  });
});
afterAll(async () => {
  await built.remove();
  await here.stop();
  await fake.stop();
  await store.stop();
});

beforeEach(async () => {
  const created = await here.createWidget({ allowlist: [SHOP] });
  widget = created.widget;
  site = { publicKey: created.publicKey, origin: SHOP };
  keys = keysOf({ casement: here, clock: systemClock }, { company: widget.companyId });
});

/** A reply that is read on the other process, in the middle of it. */
async function readThere(visitor: FrameVisitor) {
  const number = fake.calls.length;
  const stream = await openRawStream(there, visitor, newMessage());
  (await fake.call(number)).say('Once upon a time');
  await stream.until('Once upon');
  return stream;
}

describe('a key that is revoked on one process', () => {
  test('case 41: ends the streams of another one, which say why, and its sessions', async () => {
    const visitor = await openVisitor(there, site);
    const stream = await readThere(visitor);
    await keys.rotate('public', { overlapSeconds: 0 });
    await stream.ended;
    expect(stream.text()).toMatch(/event: revoked\ndata: {"code":"KEY_REVOKED"}\n\n$/);
    const answer = await askApi(there, { path: '/conversations', token: visitor.token });
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([401, 'KEY_REVOKED']);
  });

  test('leaves the streams of other keys and other widgets alone', async () => {
    const { rotation, key } = await keys.rotate('public');
    const other = await here.createWidget({ allowlist: [SHOP] });
    const sites = [
      { ...site, publicKey: key.id },
      { ...site, publicKey: other.publicKey },
    ];
    const ofRevoked = await readThere(await openVisitor(there, site));
    const ofOthers = [];
    for (const one of sites) ofOthers.push(await readThere(await openVisitor(there, one)));
    await keys.revoke(rotation.id);
    await ofRevoked.ended;
    expect(ofOthers.map(({ hasEnded }) => hasEnded())).toEqual([false, false]);
    for (const stream of ofOthers) stream.leave();
  });
});

test('case 41: a site that leaves the allowlist loses its streams on every process', async () => {
  const stream = await readThere(await openVisitor(there, site));
  const { json } = await keys.ask({ path: '/settings' });
  const settings = { ...json.settings, allowlist: ['https://other.example'] };
  const saved = await keys.ask({
    method: 'POST',
    path: '/settings',
    body: { expectedVersion: json.version, settings },
  });
  expect(saved.status).toBe(200);
  await stream.ended;
  expect(stream.text()).toContain('{"code":"ORIGIN_NOT_ALLOWED"}');
});

test('case 41: a visitor who logs out on one process is logged out on every other, streams included', async () => {
  const visitor = await openVisitor(there, site);
  const stream = await readThere(visitor);
  expect((await askApi(here, { method: 'DELETE', path: '/session', token: visitor.token })).status).toBe(204);
  await stream.ended;
  expect(stream.text()).toContain('{"code":"SESSION_ENDED"}');
});

test('what one process encrypts with the old key another opens that has a new one in front', async () => {
  const { key } = await keys.rotate('signing', { overlapSeconds: 0 });
  const config = await rawRequest({
    port: there.port,
    path: `/api/v1/widget/config?key=${site.publicKey}`,
    headers: { host: there.host, origin: SHOP },
  });
  expect(config.status).toBe(200);
  expect(config.headers['casement-signature']).toContain(`kid=${key.id}`);
});
