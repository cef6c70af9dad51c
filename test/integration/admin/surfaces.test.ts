import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseOrigin } from '../../../shared/origin.ts';
import { askAdmin } from '../../support/admin-api.ts';
import { signAdminToken } from '../../support/admin-token.ts';
import { openVisitor, type Site } from '../../support/frame-visitor.ts';
import { type RawAnswer, rawRequest } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const SHOP = 'https://shop.example';
const DASHBOARD = 'http://dashboard.localhost:4402';
const OWNER = { company: randomUUID() };
const BASE = '/api/v1/widget';

let casement: Casement;
let site: Site;

beforeAll(async () => {
  casement = await startCasement();
  site = { publicKey: (await casement.createWidget({ allowlist: [SHOP] })).publicKey, origin: SHOP };
});
afterAll(() => casement.stop());

const settingsHost = () => casement.settingsOrigin.replace('http://', '');
const codeOf = ({ body }: RawAnswer) => JSON.parse(body).error.code;
const corsHeaders = ({ headers }: RawAnswer) =>
  Object.entries(headers).filter(([name]) => name.startsWith('access-control-'));

type Asked = { method?: string; path: string; host?: string; headers?: Record<string, string> };
const ask = ({ method = 'GET', path, host = settingsHost(), headers = {} }: Asked) =>
  rawRequest({ port: casement.port, method, path, headers: { host, ...headers } });

/** Every route of the kind, with its parameters filled in. */
const routesOf = (isWanted: (guard: string) => boolean) =>
  casement.server.app.routes
    .filter(({ guard }) => isWanted(guard))
    .map(({ method, path }) => ({ method, path: path.replace(/:\w+/g, '1') }));
const adminRoutes = () => routesOf((guard) => guard === 'admin');

/** What a route is answered where it does not live: it is not there, unless the path is there for somebody else. */
const strangerStatuses = (path: string, others: readonly { path: string }[]) =>
  others.some((route) => route.path === path) ? [401, 405] : [404];

describe('the settings origin', () => {
  test('has none of the routes of visitors and embedders', async () => {
    const { token } = await openVisitor(casement, site);
    const routes = routesOf((guard) => !['admin', 'claimed-dashboard', 'public'].includes(guard));
    expect(routes.length).toBeGreaterThan(5);
    for (const { method, path } of routes) {
      const headers = { authorization: `Bearer ${token}`, origin: casement.settingsOrigin };
      const answer = await ask({ method, path, headers });
      expect(answer.status, `${method} ${path}`).toBeOneOf(strangerStatuses(path, adminRoutes()));
    }
  });

  test('has what is public', async () => {
    for (const path of ['/healthz', '/readyz', '/loader.js']) expect((await ask({ path })).status).toBe(200);
  });
});

describe('the widget origin', () => {
  test('case 60: has none of the routes of admins, not even for an owner', async () => {
    const token = await signAdminToken(OWNER);
    const routes = adminRoutes();
    expect(routes.length).toBeGreaterThan(7);
    for (const { method, path } of routes) {
      const headers = { authorization: `Bearer ${token}`, origin: casement.origin };
      const { status } = await ask({ method, path, host: casement.host, headers });
      const others = routesOf((guard) => guard !== 'admin');
      expect(status, `${method} ${path}`).toBeOneOf(strangerStatuses(path, others));
    }
  });
});

describe('another host', () => {
  test.each(['evil.example', '127.0.0.1', 'settings.localhost', 'settings.localhost.', 'widget.localhost:80'])(
    '%s is not an origin of ours: it gets what is public and nothing else',
    async (host) => {
      expect((await ask({ path: '/healthz', host })).status).toBe(200);
      for (const path of [
        `${BASE}/settings`,
        `${BASE}/config?key=${site.publicKey}`,
        `/frame/${site.publicKey}`,
        '/x',
      ]) {
        const answer = await ask({ path, host, headers: { origin: SHOP } });
        expect({ status: answer.status, code: codeOf(answer) }).toEqual({ status: 421, code: 'MISDIRECTED_REQUEST' });
        expect(corsHeaders(answer)).toEqual([]);
      }
    },
  );

  test('may be the own one in capitals', async () => {
    expect((await ask({ path: '/frame/x', host: casement.host.toUpperCase() })).status).toBe(403);
  });
});

describe('a page of a dashboard', () => {
  const asPage = async (origin: string) => ({ origin, authorization: `Bearer ${await signAdminToken(OWNER)}` });

  test('may read the answers of every admin route, errors too, without credentials', async () => {
    for (const { method, path } of adminRoutes()) {
      const answer = await ask({ method, path, headers: await asPage(DASHBOARD) });
      const name = `${method} ${path}`;
      expect(answer.headers['access-control-allow-origin'], name).toBe(DASHBOARD);
      expect(answer.headers.vary, name).toContain('Origin');
      expect(answer.headers['access-control-allow-credentials'], name).toBeUndefined();
      expect(answer.status, name).not.toBe(403);
    }
    const refused = await ask({ path: `${BASE}/settings`, headers: { origin: DASHBOARD } });
    expect(refused).toMatchObject({ status: 401, headers: { 'access-control-allow-origin': DASHBOARD } });
  });

  test('is told by a preflight what it may send', async () => {
    const answer = await ask({
      method: 'OPTIONS',
      path: `${BASE}/settings?widget=main`,
      headers: {
        origin: DASHBOARD,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(answer).toMatchObject({ status: 204, body: '' });
    expect(Object.fromEntries(corsHeaders(answer))).toEqual({
      'access-control-allow-origin': DASHBOARD,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-expose-headers': expect.stringContaining('retry-after'),
      'access-control-max-age': '600',
    });
    expect(answer.headers.vary).toBe('Origin');
  });

  test('gets no preflight for a method that is not there', async () => {
    const headers = { origin: DASHBOARD, 'access-control-request-method': 'TRACE' };
    expect(await ask({ method: 'OPTIONS', path: `${BASE}/settings`, headers })).toMatchObject({ status: 405 });
  });

  test('has no say on the widget origin', async () => {
    const headers = { origin: DASHBOARD, 'access-control-request-method': 'GET' };
    for (const path of [`${BASE}/settings`, `${BASE}/conversations`, `${BASE}/config?key=${site.publicKey}`]) {
      const answer = await ask({ method: 'OPTIONS', path, host: casement.host, headers });
      expect(corsHeaders(answer), path).toEqual([]);
    }
  });
});

describe('every other page', () => {
  test.each([
    ['evil', () => 'https://evil.example'],
    ['a sandboxed page', () => 'null'],
    ['a listed site of the widget', () => SHOP],
    ['the widget origin', () => casement.origin],
    ['the dashboard over https', () => 'https://dashboard.localhost:4402'],
    ['the dashboard on another port', () => 'http://dashboard.localhost'],
    ['a page that begins like the dashboard', () => `${DASHBOARD}.evil.example`],
    ['a page below the dashboard', () => 'http://x.dashboard.localhost:4402'],
    ['the dashboard with a slash', () => `${DASHBOARD}/`],
    ['two origins', () => `${DASHBOARD}, https://evil.example`],
  ])('%s gets no CORS header on any admin route, whatever it sends', async (_what, originOf) => {
    const origin = originOf();
    const token = await signAdminToken(OWNER);
    for (const { method, path } of adminRoutes()) {
      const preflight = {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': 'authorization',
      };
      const asked = await ask({ method: 'OPTIONS', path, headers: preflight });
      expect({ status: asked.status, cors: corsHeaders(asked) }, path).toEqual({ status: 405, cors: [] });
      const answer = await ask({ method, path, headers: { origin, authorization: `Bearer ${token}` } });
      expect({ status: answer.status, cors: corsHeaders(answer) }, path).toEqual({ status: 403, cors: [] });
      expect(codeOf(answer)).toBe('CROSS_SITE_REQUEST');
    }
  });

  test('the settings origin’s own page needs no CORS header and gets none', async () => {
    const answer = await ask({
      path: `${BASE}/settings`,
      headers: { origin: casement.settingsOrigin, authorization: `Bearer ${await signAdminToken(OWNER)}` },
    });
    expect({ status: answer.status, cors: corsHeaders(answer) }).toEqual({ status: 200, cors: [] });
  });
});

test('every admin route needs a token, and every one has a permission', async () => {
  for (const { guard, permission, path } of casement.server.app.routes) {
    if (guard === 'admin') expect(permission, path).toBeDefined();
  }
  for (const { method, path } of adminRoutes()) {
    const answer = await ask({ method, path });
    expect({ status: answer.status, code: codeOf(answer) }).toEqual({ status: 401, code: 'ADMIN_TOKEN_MISSING' });
  }
});

test('a service reads the configuration of its own company’s widget without an Origin, and of no other', async () => {
  const { widget, publicKey } = await casement.createWidget({ allowlist: [] });
  const asService = async (company: string, role: 'service' | 'viewer' = 'service', key: string = publicKey) =>
    askAdmin(casement, { company, role }, { path: `/config?key=${key}`, headers: { host: casement.host } });
  const { status, json, headers } = await asService(widget.companyId);
  expect({ status, version: json.configuration.version }).toEqual({ status: 200, version: widget.version });
  expect(headers['cache-control']).toMatch(/^private/);
  expect((await asService(randomUUID())).json.error.code).toBe('EMBED_REFUSED');
  expect((await asService(widget.companyId, 'service', site.publicKey)).json.error.code).toBe('EMBED_REFUSED');
});

describe('one origin for both', () => {
  let weak: Casement;

  beforeAll(async () => {
    const settingsOrigin = parseOrigin('http://widget.localhost:0');
    await casement.stop();
    weak = await startCasement({ config: { settingsOrigin } });
  });
  afterAll(async () => {
    await weak.stop();
    casement = await startCasement();
  });

  test('answers admins and visitors, each by their own proof', async () => {
    expect(weak.settingsOrigin).toBe(weak.origin);
    const { publicKey } = await weak.createWidget({ allowlist: [SHOP] });
    const { token } = await openVisitor(weak, { publicKey, origin: SHOP });
    expect((await askAdmin(weak, OWNER, { path: '/settings' })).status).toBe(200);
    expect((await askAdmin(weak, OWNER, { path: '/settings', token })).json.error.code).toBe('ADMIN_TOKEN_INVALID');
  });
});
