import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deriveSigningKeys } from '../../../server/domain/secret-keys.ts';
import { issueSessionToken } from '../../../server/domain/session-token.ts';
import { parseOrigin } from '../../../shared/origin.ts';
import { parsePublicKey } from '../../../shared/public-key.ts';
import { askFrame, openVisitor, readBoot, type Site } from '../../support/frame-visitor.ts';
import { type RawAnswer, rawRequest } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const SHOP = 'https://shop.example';
const SECRET = 'the secret of the server under test.';

/** Everything that can be asked without a session, and why. A new route belongs here only with a reason of its own. */
const OPEN_ROUTES = new Set([
  'GET /loader.js', // the same bytes for everyone
  'GET /loader/:file',
  'GET /settings.js', // the loader of the settings view, the same bytes for everyone
  'GET /settings-loader/:file',
  'GET /assets/:file',
  'GET /healthz',
  'GET /readyz',
  'GET /.well-known/widget-isolation.json', // what is published about this server
  'GET /.well-known/security.txt', // whom to tell about a weakness
  'GET /api/v1/openapi.json', // how to call this server
  'GET /frame/:key', // claim and enforce
  'POST /frame/:key', // always refused
  'GET /preview/:widget', // claim and enforce
  'POST /preview/:widget', // always refused
  'GET /api/v1/widget/config', // by Origin
  'POST /api/v1/widget/session', // by ticket
  'POST /api/v1/widget/reports', // what browsers report, sampled and bounded
]);

let casement: Casement;
let site: Site;
let routes: { readonly name: string; readonly method: string; readonly path: string }[];

beforeAll(async () => {
  const config = { sessionSecret: SECRET };
  casement = await startCasement({ config });
  site = { publicKey: (await casement.createWidget({ allowlist: [SHOP] })).publicKey, origin: SHOP };
  routes = casement.server.app.router.stack.flatMap(({ path, methods }) =>
    methods
      .filter((method) => method !== 'HEAD')
      .map((method) => ({ name: `${method} ${path}`, method, path: String(path) })),
  );
});
afterAll(() => casement.stop());

const pathOf = (path: string) => path.replace(':file', 'x.js').replace(/:\w+/g, () => randomUUID());

type Asked = { readonly method: string; readonly path: string };

function ask({ method, path }: Asked, headers: Record<string, string>): Promise<RawAnswer> {
  return rawRequest({ port: casement.port, method, path: pathOf(path), headers: { host: casement.host, ...headers } });
}

const isRefused = ({ status }: RawAnswer) => status === 401 || status === 403;
const codeOf = ({ body }: RawAnswer) => JSON.parse(body).error.code;

async function tokenOf(secret: string, now: Date): Promise<string> {
  const claims = {
    sessionId: randomUUID(),
    browserId: randomUUID(),
    publicKey: parsePublicKey(site.publicKey) ?? expect.fail('no key'),
    origin: parseOrigin(SHOP) ?? expect.fail('no origin'),
    startedAt: now,
  };
  return (await issueSessionToken(claims, deriveSigningKeys(secret).session, now)).token;
}

const BAD_TOKENS: [string, () => Promise<string | undefined>, string][] = [
  ['no token', async () => undefined, 'SESSION_MISSING'],
  ['a word', async () => 'word', 'SESSION_INVALID'],
  ['an expired token', () => tokenOf(SECRET, new Date(Date.now() - 3_600_000)), 'SESSION_EXPIRED'],
  ["another server's token", () => tokenOf('the secret of some other server....', new Date()), 'SESSION_INVALID'],
  ['a token of a session that nobody opened', () => tokenOf(SECRET, new Date()), 'SESSION_ENDED'],
  ['a ticket', async () => readBoot((await askFrame(casement, site)).body).ticket, 'SESSION_INVALID'],
];

const FOREIGN: [string, Record<string, string>][] = [
  ["evil's Origin", { origin: 'https://evil.example' }],
  ['Origin null', { origin: 'null' }],
  ["the shop's Origin", { origin: SHOP }],
  ['a foreign site', { 'sec-fetch-site': 'cross-site' }],
  ['a sibling site', { 'sec-fetch-site': 'same-site' }],
  ['a typed address', { 'sec-fetch-site': 'none' }],
];

test('every route that is not on the list of open ones needs a session', () => {
  expect(routes.length).toBeGreaterThan(OPEN_ROUTES.size);
  const names = routes.map(({ name }) => name);
  for (const name of OPEN_ROUTES) expect(names).toContain(name);
});

describe('case 42: of every route that needs a session', () => {
  const guarded = () => routes.filter(({ name }) => !OPEN_ROUTES.has(name));
  const own = () => ({ origin: casement.origin, 'sec-fetch-site': 'same-origin' });
  const bearer = (token: string | undefined) => (token === undefined ? {} : { authorization: `Bearer ${token}` });

  test.each(BAD_TOKENS)('%s is refused from the own document', async (_what, makeToken, code) => {
    for (const route of guarded()) {
      const answer = await ask(route, { ...own(), ...bearer(await makeToken()) });
      expect(answer.status, route.name).toBe(401);
      expect(codeOf(answer), route.name).toBe(code);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    }
  });

  test.each(FOREIGN)('%s is refused even with a valid session', async (_what, headers) => {
    const { token } = await openVisitor(casement, site);
    for (const route of guarded()) {
      const answer = await ask(route, { ...own(), ...bearer(token), ...headers });
      expect(answer.status, route.name).toBe(403);
      expect(codeOf(answer), route.name).toBe('CROSS_SITE_REQUEST');
    }
  });

  test('a request that changes something is refused without an Origin', async () => {
    const { token } = await openVisitor(casement, site);
    for (const route of guarded().filter(({ method }) => method !== 'GET')) {
      expect((await ask(route, bearer(token))).status, route.name).toBe(403);
      expect((await ask(route, { ...bearer(token), 'sec-fetch-site': 'same-origin' })).status, route.name).toBe(403);
    }
  });

  test('the own document with a valid session gets in', async () => {
    for (const route of guarded()) {
      const { token } = await openVisitor(casement, site);
      expect(isRefused(await ask(route, { ...own(), ...bearer(token) })), route.name).toBe(false);
    }
  });

  test('a revoked key and a site that left the allowlist are refused with their own codes', async () => {
    const { widget, publicKey } = await casement.createWidget({ allowlist: [SHOP] });
    const { token } = await openVisitor(casement, { publicKey, origin: SHOP });
    const nowhere: string[] = [];
    for (const [code, change] of [
      ['ORIGIN_NOT_ALLOWED', { settings: { ...widget.settings, allowlist: nowhere } }],
      ['KEY_REVOKED', { keys: [{ publicKey, state: 'revoked' as const }] }],
    ] as const) {
      await casement.saveWidget({ ...widget, ...change });
      for (const route of guarded()) expect(codeOf(await ask(route, { ...own(), ...bearer(token) }))).toBe(code);
    }
  });
});

test('opening a session is refused to every document but the own one', async () => {
  const route = { method: 'POST', path: '/api/v1/widget/session' };
  for (const [what, headers] of FOREIGN) {
    expect((await ask(route, { origin: casement.origin, ...headers })).status, what).toBe(403);
  }
  expect((await ask(route, {})).status).toBe(403);
});

test('case 51: OPTIONS is answered 405 on every route, without any CORS header', async () => {
  for (const { name, path } of routes) {
    for (const origin of ['https://evil.example', SHOP, casement.origin]) {
      const headers = {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      };
      const answer = await ask({ method: 'OPTIONS', path }, headers);
      expect(answer.status, name).toBe(405);
      expect(answer.headers.allow, name).not.toContain('OPTIONS');
      expect(Object.keys(answer.headers).join(), name).not.toContain('access-control');
    }
  }
});

test('no answer of any route allows another origin to read it, but the public files and the configuration', async () => {
  for (const route of routes.filter(({ path }) => !/^\/(loader|settings\.js|settings-loader|assets)/.test(path))) {
    const answer = await ask(route, { origin: 'https://evil.example' });
    expect(Object.keys(answer.headers).join(), route.name).not.toContain('access-control');
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
  }
});

describe('case 48: the own origin is the configured one, whatever a request says', () => {
  test.each([
    ['X-Forwarded-Host', { 'x-forwarded-host': 'evil.example' }],
    ['Forwarded', { forwarded: 'host=evil.example;proto=https' }],
    ['X-Forwarded-Proto', { 'x-forwarded-proto': 'https' }],
  ])('%s changes nothing in the frame document', async (_what, headers: Record<string, string>) => {
    const honest = { referer: `${SHOP}/`, 'sec-fetch-dest': 'iframe' };
    const path = `/frame/${site.publicKey}?o=${SHOP}`;
    const { status, body } = await rawRequest({
      port: casement.port,
      path,
      headers: { host: casement.host, ...honest, ...headers },
    });
    expect(status).toBe(200);
    expect(body).not.toContain('evil.example');
    expect(body).toContain(`src="${casement.origin}/assets/`);
  });

  test('under another Host there is no frame document', async () => {
    const headers = { host: 'evil.example', referer: `${SHOP}/`, 'sec-fetch-dest': 'iframe' };
    const answer = await rawRequest({ port: casement.port, path: `/frame/${site.publicKey}?o=${SHOP}`, headers });
    expect({ status: answer.status, code: codeOf(answer) }).toEqual({ status: 421, code: 'MISDIRECTED_REQUEST' });
  });

  test.each([
    ['as Host', { host: 'evil.example' }, 'MISDIRECTED_REQUEST'],
    ['as X-Forwarded-Host', { 'x-forwarded-host': 'evil.example' }, 'CROSS_SITE_REQUEST'],
  ])('a session is not opened for a document of evil that is named %s', async (_how, headers, code) => {
    const answer = await ask(
      { method: 'POST', path: '/api/v1/widget/session' },
      { origin: 'http://evil.example', ...headers },
    );
    expect(codeOf(answer)).toBe(code);
  });
});
