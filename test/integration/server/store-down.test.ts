import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../support/embedded-db.ts';
import { askFrame, openVisitor, readBoot, type Site } from '../../support/frame-visitor.ts';
import { rawRequest } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const SHOP = 'https://shop.example';

let store: TestServer;
let line: CuttableLine;
let casement: Casement;
let site: Site;

beforeAll(async () => {
  store = await startTestServer();
  line = await startLine(store.uri);
  casement = await startCasement({
    config: { mongodbUri: `mongodb://127.0.0.1:${line.port}/${store.databaseName}?directConnection=true` },
  });
  site = { publicKey: (await casement.createWidget({ allowlist: [SHOP] })).publicKey, origin: SHOP };
});
afterAll(async () => {
  line.mend();
  await casement.stop();
  line.stop();
  await store.stop();
});

type CuttableLine = { readonly port: number; cut(): void; mend(): void; stop(): void };

/** A way to the store that a test can cut, and mend again. */
async function startLine(uri: string): Promise<CuttableLine> {
  const target = new URL(uri);
  const socketPath = decodeURIComponent(target.hostname);
  const open = new Set<Socket>();
  let isCut = false;
  const server: Server = createServer((socket) => {
    if (isCut) return socket.destroy();
    const onward = socketPath.startsWith('/')
      ? connect(socketPath)
      : connect(Number(target.port || 27_017), target.hostname);
    for (const one of [socket, onward]) {
      open.add(one);
      one
        .on('error', () => {})
        .on('close', () => {
          open.delete(one);
          socket.destroy();
          onward.destroy();
        });
    }
    socket.pipe(onward).pipe(socket);
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const drop = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cut() {
      isCut = true;
      drop();
    },
    mend() {
      isCut = false;
    },
    stop() {
      server.close();
      drop();
    },
  };
}

const ask = (path: string) => rawRequest({ port: casement.port, path, headers: { host: casement.host } });

test('while the store is away, the process lives, is not ready, and says STORE_UNAVAILABLE; then it goes on', async () => {
  const visitor = await openVisitor(casement, site);
  const { ticket } = readBoot((await askFrame(casement, site)).body);
  line.cut();

  expect((await ask('/healthz')).status).toBe(200);
  const refused = await Promise.all([
    ask('/readyz'),
    visitor.ask({ path: '/conversations' }),
    visitor.ask({ method: 'POST', path: '/session', body: { ticket } }),
  ]);
  for (const { status, body } of refused) {
    expect(JSON.parse(body).error).toMatchObject({ code: 'STORE_UNAVAILABLE', message: 'The store cannot be reached' });
    expect(status).toBe(503);
  }

  line.mend();
  await expect.poll(async () => (await ask('/readyz')).status, { timeout: 20_000 }).toBe(200);
  expect((await visitor.ask({ path: '/conversations' })).status).toBe(200);
  expect((await visitor.ask({ method: 'POST', path: '/session', body: { ticket } })).status).toBe(200);
});
