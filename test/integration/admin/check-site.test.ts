import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../../shared/permission.ts';
import { askAdmin } from '../../support/admin-api.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

let casement: Casement;

beforeAll(async () => {
  casement = await startCasement();
});
afterAll(() => casement.stop());

const check = (body: unknown, role: Role = 'viewer') =>
  askAdmin(casement, { company: randomUUID(), role }, { method: 'POST', path: '/settings/check-site', body });

test.each([
  ['Shop.Example/', 'https://shop.example'],
  ['https://*.shop.example', 'https://*.shop.example'],
  ['https://bücher.example', 'https://xn--bcher-kva.example'],
])('tells that "%s" is kept as %s', async (site, saved) => {
  const { status, json } = await check({ site });
  expect({ status, json }).toEqual({ status: 200, json: { kind: 'accepted', saved } });
});

test.each([
  ['https://*.github.io', /"github.io" is a public suffix/],
  ['*', /would let anyone in/],
  ['https://shop.example/path', /has a path/],
  ['', /is empty/],
])('tells why "%s" cannot be a site', async (site, reason) => {
  const { status, json } = await check({ site });
  expect(status).toBe(200);
  expect(json).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) });
});

test.each([
  ['no site', {}, 'site'],
  ['a list', { site: ['https://shop.example'] }, 'site'],
  ['an unknown field', { site: 'https://shop.example', save: true }, 'save'],
  ['a very long line', { site: 'x'.repeat(1_001) }, 'site'],
])('refuses a request with %s', async (_what, body, field) => {
  const { status, json } = await check(body);
  expect({ status, field: json.error.field }).toEqual({ status: 400, field });
});

test('is for people, not for backends', async () => {
  const { status, json } = await check({ site: 'https://shop.example' }, 'service');
  expect({ status, code: json.error.code }).toEqual({ status: 403, code: 'PERMISSION_DENIED' });
});
