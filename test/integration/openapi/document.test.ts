import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDocument } from '../../../server/openapi/create-document.ts';
import { ALL_OPERATIONS } from '../../../server/openapi/operations/all-operations.ts';
import { OPENAPI_PATH } from '../../../shared/api-path.ts';
import { rawRequest } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

let casement: Casement;

beforeAll(async () => {
  casement = await startCasement();
});
afterAll(() => casement.stop());

const ask = (host: string, headers: Record<string, string> = {}) =>
  rawRequest({ port: casement.port, path: OPENAPI_PATH, headers: { host, ...headers } });
const settingsHost = () => new URL(casement.settingsOrigin).host;

describe('the table of operations', () => {
  test('has every route of the server', () => {
    const missing = casement.server.app.routes
      .map(({ method, path }) => `${method} ${path}`)
      .filter((route) => !Object.hasOwn(ALL_OPERATIONS, route));
    const what =
      'Describe each of these routes in server/openapi/operations/<its file>.ts, call it in ' +
      'test/integration/openapi/calls/, and list it in docs/api.md';
    expect(missing, what).toEqual([]);
  });

  test('has no route that the server does not have', () => {
    const routes = casement.server.app.routes.map(({ method, path }) => `${method} ${path}`);
    const leftOver = Object.keys(ALL_OPERATIONS).filter((route) => !routes.includes(route));
    expect(leftOver, 'These are described in server/openapi/operations/, but are not there').toEqual([]);
  });

  test('says of each route the guard and the permission it has', () => {
    for (const { method, path, guard, permission } of casement.server.app.routes) {
      const route = `${method} ${path}` as const;
      const { guard: described, permission: permits } = ALL_OPERATIONS[route] ?? {};
      expect({ route, guard: described, permission: permits }).toEqual({ route, guard, permission });
    }
  });

  test('names every parameter of a path, and no other', () => {
    for (const [route, { path = {} }] of Object.entries(ALL_OPERATIONS)) {
      const names = [...route.matchAll(/:(\w+)/g)].map(([, name]) => name);
      expect(Object.keys(path), route).toEqual(names);
    }
  });

  test('gives every operation a name of its own', () => {
    const ids = Object.values(ALL_OPERATIONS).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+([A-Z][a-z]+)*$/);
  });
});

describe('the document', () => {
  test('is OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(JSON.parse((await ask(casement.host)).body));
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
    expect(await new Validator().validate({ ...createDocument(), info: {} })).toMatchObject({ valid: false });
  });

  test('is the same on both origins, and public', async () => {
    const [widget, settings] = [await ask(casement.host), await ask(settingsHost())];
    expect(widget.status).toBe(200);
    expect(widget.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(settings.body).toBe(widget.body);
  });

  test('says where each operation is answered', async () => {
    const { servers, paths } = JSON.parse((await ask(casement.host)).body);
    const [widget, settings] = [casement.origin, casement.settingsOrigin];
    const urlsOf = (operation: { servers: { url: string }[] }) => operation.servers.map(({ url }) => url);
    expect(servers.map(({ url }: { url: string }) => url)).toEqual([widget, settings]);
    expect(urlsOf(paths['/api/v1/widget/chat'].post)).toEqual([widget]);
    expect(urlsOf(paths['/api/v1/widget/settings'].post)).toEqual([settings]);
    expect(urlsOf(paths['/healthz'].get)).toEqual([widget, settings]);
  });

  test('is not sent again to who has it', async () => {
    const { headers } = await ask(casement.host);
    const again = await ask(settingsHost(), { 'if-none-match': String(headers.etag) });
    expect([again.status, again.body]).toEqual([304, '']);
    expect((await ask(settingsHost(), { 'if-none-match': '"other"' })).status).toBe(200);
  });
});

describe('the document of a server without a settings origin', () => {
  test('has no operations of admins', async () => {
    await casement.stop();
    casement = await startCasement({ config: { settingsOrigin: undefined, dashboardOrigins: [] } });
    const { paths, servers } = JSON.parse((await ask(casement.host)).body);
    expect(paths).not.toHaveProperty(['/api/v1/widget/settings']);
    expect(Object.keys(paths['/api/v1/widget/reports'])).toEqual(['post']);
    expect(servers).toHaveLength(1);
  });
});
