import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configurationAnswerSchema } from '../../../shared/configuration.ts';
import { createPublicKey } from '../../../shared/public-key.ts';
import { rawRequest } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const SHOP = 'https://shop.example';
const SHOP_2 = 'https://shop2.example';

let casement: Casement;
let publicKey: string;
let revoked: string;

beforeAll(async () => {
  casement = await startCasement();
  ({ publicKey } = await casement.createWidget({ allowlist: [SHOP, SHOP_2] }));
  const old = await casement.createWidget({ allowlist: [SHOP] });
  await casement.saveWidget({ ...old.widget, keys: [{ publicKey: old.publicKey, state: 'revoked' }] });
  revoked = old.publicKey;
});
afterAll(() => casement.stop());

function ask(query: string, headers: Record<string, string> = {}, method = 'GET') {
  const path = `/api/v1/widget/config${query}`;
  return rawRequest({ port: casement.port, method, path, headers: { host: casement.host, ...headers } });
}

test('answers an allowlisted site with exactly the headers of a public answer for that site', async () => {
  const answer = await ask(`?key=${publicKey}`, { origin: SHOP });
  const { date: _date, 'x-request-id': _id, connection: _connection, ...headers } = answer.headers;
  expect(answer.status).toBe(200);
  expect(headers).toEqual({
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(answer.body)),
    'cache-control': 'public, max-age=60, stale-while-revalidate=300',
    etag: expect.stringMatching(/^"[\w-]{22}"$/),
    'casement-signature': expect.stringMatching(/^t=\d+,kid=signing-[\da-f]{12},v1=[\da-f]{64}$/),
    vary: 'Origin, Accept-Language',
    'access-control-allow-origin': SHOP,
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  });
  expect(v.parse(configurationAnswerSchema, JSON.parse(answer.body)).look.accent).toMatch(/^#/);
});

test('answers the other site with its own origin and the same bytes', async () => {
  const [one, other] = await Promise.all([SHOP, SHOP_2].map((origin) => ask(`?key=${publicKey}`, { origin })));
  expect(other?.headers['access-control-allow-origin']).toBe(SHOP_2);
  expect(other?.body).toBe(one?.body);
});

test('answers 304 to whoever has the same bytes, still naming the site', async () => {
  const { headers } = await ask(`?key=${publicKey}`, { origin: SHOP });
  const again = await ask(`?key=${publicKey}`, { origin: SHOP, 'if-none-match': String(headers.etag) });
  expect(again).toMatchObject({ status: 304, body: '' });
  expect(again.headers).toMatchObject({
    etag: headers.etag,
    'access-control-allow-origin': SHOP,
    vary: 'Origin, Accept-Language',
  });
});

test('answers anew when the settings have changed', async () => {
  const { widget, publicKey: key } = await casement.createWidget({ allowlist: [SHOP] });
  const before = await ask(`?key=${key}`, { origin: SHOP });
  await casement.saveWidget({ ...widget, version: 2 });
  const after = await ask(`?key=${key}`, { origin: SHOP, 'if-none-match': String(before.headers.etag) });
  expect(after.status).toBe(200);
  expect(JSON.parse(after.body).configuration.version).toBe(2);
});

test('refuses everybody else with one answer that names no site and holds no settings', async () => {
  const refused = await Promise.all([
    ask(`?key=${publicKey}`, { origin: 'https://evil.example' }),
    ask(`?key=${publicKey}`, { origin: 'null' }),
    ask(`?key=${publicKey}`, { origin: 'https://SHOP.example' }),
    ask(`?key=${publicKey}`, { origin: `${SHOP}:443` }),
    ask(`?key=${publicKey}`, { origin: casement.origin }),
    ask(`?key=${publicKey}`),
    ask(`?key=${revoked}`, { origin: SHOP }),
    ask(`?key=${createPublicKey('n'.repeat(22))}`, { origin: SHOP }),
  ]);
  const withoutId = refused.map(({ status, headers, body }) => {
    const { date: _date, 'x-request-id': id, ...rest } = headers;
    return { status, headers: rest, body: body.replace(String(id), 'ID') };
  });
  for (const answer of withoutId) expect(answer).toEqual(withoutId[0]);
  expect(withoutId[0]).toMatchObject({ status: 403 });
  expect(JSON.parse(withoutId[0]?.body ?? '').error.code).toBe('EMBED_REFUSED');
  expect(Object.keys(withoutId[0]?.headers ?? {}).join()).not.toContain('access-control');
});

test.each([
  ['no key', '', 'key'],
  ['a malformed key', '?key=PUB_x', 'key'],
  ['a key with a wrong checksum', `?key=PUB_${'n'.repeat(22)}000000`, 'key'],
  ['two keys', `?key=${createPublicKey('n'.repeat(22))}&key=x`, 'key'],
  ['an operator', '?key[$ne]=x', 'key'],
  ['an unknown name', `?key=${createPublicKey('n'.repeat(22))}&x=1`, 'x'],
  ['a language that is none', `?key=${createPublicKey('n'.repeat(22))}&l=English`, 'l'],
])('answers %s with 400 and the name', async (_what, query, field) => {
  const answer = await ask(query, { origin: SHOP });
  expect(answer.status).toBe(400);
  expect(JSON.parse(answer.body).error).toMatchObject({ code: 'INVALID_REQUEST', field });
  expect(answer.headers['access-control-allow-origin']).toBeUndefined();
});
