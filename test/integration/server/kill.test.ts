import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltServer, buildServer } from '../../support/built-server.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../../support/fake-openai.ts';
import { openVisitor } from '../../support/frame-visitor.ts';
import { findFreePort } from '../../support/free-port.ts';
import { rawRequest } from '../../support/raw-http.ts';
import { openStream, textOfEvents } from '../chat/chat-client.ts';
import { newMessage } from '../chat/chat-setup.ts';

let built: BuiltServer;
let fake: FakeOpenAi;
let dataDirectory: string;
let ports: { readonly widget: number; readonly shop: number };

beforeAll(async () => {
  [built, fake] = await Promise.all([buildServer(), startFakeOpenAi()]);
  dataDirectory = await mkdtemp(join(tmpdir(), 'casement-kill-'));
  ports = { widget: await findFreePort(), shop: await findFreePort() };
});
afterAll(async () => {
  await built.remove();
  await fake.stop();
  await rm(dataDirectory, { recursive: true, force: true });
});

/** Starts the server as `npm start` does, with the demo shop, and answers how to reach it. */
async function start() {
  const process = built.start({
    PORT: String(ports.widget),
    DEMO_PORT: String(ports.shop),
    DEMO_DASHBOARD: 'off',
    DATA_DIR: dataDirectory,
    AI_BASE_URL: fake.baseUrl,
    AI_MODEL: 'fake',
  });
  await process.ready;
  const host = `widget.localhost:${ports.widget}`;
  const address = { port: ports.widget, host, origin: `http://${host}` };
  const shop = `shop.localhost:${ports.shop}`;
  const page = await rawRequest({ port: ports.shop, path: '/', headers: { host: shop } });
  const [, publicKey = ''] = /data-key="(PUB_\w+)"/.exec(page.body) ?? [];
  return { process, address, site: { publicKey, origin: `http://${shop}` } };
}

test('what a visitor has read before a kill -9 is there after the next start, marked as interrupted', async () => {
  const first = await start();
  const visitor = await openVisitor(first.address, first.site);
  const stream = await openStream(first.address, visitor, { method: 'POST', path: '/chat', body: newMessage('Ahoy') });
  const call = await fake.call(0);
  for (const words of ['The tide ', 'turns ', 'at six']) call.say(words);
  await expect.poll(() => textOfEvents(stream.events)).toBe('The tide turns at six');
  first.process.child.kill('SIGKILL');
  await first.process.exited;

  const second = await start();
  expect(second.site).toEqual(first.site);
  const again = await openVisitor(second.address, second.site, visitor.cookie);
  const answer = await again.ask({ path: `/conversations/${again.conversationId}` });
  const [question, reply] = JSON.parse(answer.body).messages;
  expect(question).toMatchObject({ role: 'visitor', text: 'Ahoy' });
  expect(reply).toMatchObject({ status: 'interrupted', failure: { code: 'INTERRUPTED' } });
  expect(reply.text.startsWith('The tide turns at six')).toBe(true);
  expect(fake.calls).toHaveLength(1);
});
