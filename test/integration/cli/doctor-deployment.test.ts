import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { checkDeployment } from '../../../server/cli/doctor/check-deployment.ts';
import { readSites } from '../../../server/cli/doctor/read-sites.ts';
import type { Config } from '../../../server/config.ts';
import { parseOrigin } from '../../../shared/origin.ts';
import { buildEmbeddedDbEntry } from '../../support/embedded-db.ts';
import { type HostileProxy, startHostileProxy } from '../../support/hostile-proxy.ts';
import { type Casement, type StartOptions, startCasement } from '../../support/start-casement.ts';

let proxy: HostileProxy;
let casement: Casement | undefined;

beforeAll(async () => {
  proxy = await startHostileProxy();
});
afterAll(async () => {
  await casement?.stop();
  await proxy.stop();
});
beforeEach(async () => {
  proxy.reset();
  await casement?.stop();
  casement = undefined;
});

/** As proxies do: writes whom it was asked by behind what is there already. */
const appendAddress = () =>
  proxy.rewriteRequests((headers) => {
    const before = headers['x-forwarded-for'];
    return { ...headers, 'x-forwarded-for': before === undefined ? '127.0.0.1' : `${before}, 127.0.0.1` };
  });

/** The running server behind the proxy, and what is found when it is asked. */
async function start(config: Partial<Config> = {}, limits?: StartOptions['limits']): Promise<Casement> {
  const widgetOrigin = parseOrigin(proxy.widgetOrigin);
  if (widgetOrigin === undefined) throw new TypeError('The proxy has no origin');
  const options = { config: { widgetOrigin, settingsOrigin: undefined, ...config }, ...(limits && { limits }) };
  const started = await startCasement(options);
  casement = started;
  proxy.forwardTo(started.port);
  return started;
}

const find = async ({ server: { config } }: Casement) =>
  (await checkDeployment({ config })).map(({ severity, code, message }) => `${severity} ${code}: ${message}`);

test('a server behind the proxies it counts is nothing to find', async () => {
  const started = await start({ trustProxyHops: 1 }, true);
  appendAddress();
  expect(await find(started)).toEqual([]);
});

test('a server without proxies that trusts none is nothing to find', async () => {
  expect(await find(await start())).toEqual([]);
});

test.each([
  [1, 'no proxy that adds to the header'],
  [2, 'one proxy less'],
])('finds that made-up addresses are believed: %i trusted, and %s', async (trustProxyHops) => {
  const started = await start({ trustProxyHops });
  if (trustProxyHops === 2) appendAddress();
  const [line, ...others] = await find(started);
  expect(line).toBe(
    `error PROXY_HOPS_TOO_MANY: TRUST_PROXY_HOPS is "${trustProxyHops}", and "${proxy.widgetOrigin}" believes an address ` +
      'that whoever asks has made up in "X-Forwarded-For"',
  );
  expect(others).toEqual([]);
});

test('finds a proxy that does not hand on the host', async () => {
  const started = await start();
  proxy.rewriteRequests((headers) => ({ ...headers, host: 'backend.internal' }));
  expect(await find(started)).toEqual([
    `error PROXY_CHANGES_HOST: PUBLIC_URL "${proxy.widgetOrigin}" does not arrive as the host of a request: "config" has ` +
      'the status "421"',
  ]);
});

test('finds headers that a proxy adds', async () => {
  const started = await start();
  proxy.rewriteAnswers((headers) => ({ ...headers, 'x-frame-options': 'SAMEORIGIN' }));
  expect(await find(started)).toEqual([
    `warning PROXY_ADDS_HEADERS: The proxy of "${proxy.widgetOrigin}" adds "x-frame-options: SAMEORIGIN", which the server ` +
      'does not send',
  ]);
});

test('finds that nobody answers, or somebody else', async () => {
  const started = await start();
  const nobody = parseOrigin('http://widget.localhost:9');
  if (nobody === undefined) throw new TypeError('not an origin');
  const { config } = started.server;
  const settings = { ...config, widgetOrigin: nobody, settingsOrigin: config.widgetOrigin };
  const lines = await checkDeployment({ config: settings });
  expect(lines[0]).toMatchObject({
    code: 'UNREACHABLE',
    severity: 'warning',
    message: 'PUBLIC_URL "http://widget.localhost:9" cannot be asked from here: "ECONNREFUSED"',
  });
  // What answers there has no routes for admins.
  expect(lines[1]).toMatchObject({ code: 'PROXY_CHANGES_HOST', variable: 'SETTINGS_URL' });

  const ask = async () => ({ status: 200, headers: {}, body: '<h1>Welcome to nginx</h1>' });
  expect(await checkDeployment({ config }, ask)).toMatchObject([{ code: 'NOT_CASEMENT', severity: 'error' }]);
});

test('leaves a store alone that a running server has', async () => {
  const { dataDirectory } = await start();
  const read = await readSites({ mongodbUri: undefined, dataDirectory }, await buildEmbeddedDbEntry());
  expect(read).toEqual({ why: expect.stringContaining('in use'), cure: expect.stringContaining('Stop the server') });
});
