import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askAdmin } from '../../support/admin-api.ts';
import { type FrameVisitor, openVisitor } from '../../support/frame-visitor.ts';
import type { RawAnswer } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const SHOP = 'https://shop.example';

let casement: Casement;
let visitor: FrameVisitor;
let owner: { readonly company: string };

beforeAll(async () => {
  casement = await startCasement();
  const { widget, publicKey } = await casement.createWidget({ allowlist: [SHOP] });
  owner = { company: widget.companyId };
  visitor = await openVisitor(casement, { publicKey, origin: SHOP });
});
afterAll(() => casement.stop());

const saidBy = ({ status, body }: RawAnswer): [number, string, string] => {
  const { code, message } = JSON.parse(body).error;
  return [status, code, message];
};

test('a path that is not there is named', async () => {
  expect(saidBy(await visitor.ask({ path: '/nowhere?x=1' }))).toEqual([
    404,
    'NOT_FOUND',
    'There is nothing at "/api/v1/widget/nowhere"',
  ]);
});

test('a position that a reply does not have is named', async () => {
  const body = { messageId: randomUUID(), text: 'Hello' };
  const asked = await visitor.ask({ method: 'POST', path: '/chat', body, headers: { accept: 'application/json' } });
  const { id } = JSON.parse(asked.body).reply;
  expect(saidBy(await visitor.ask({ path: `/chat/${id}?after=99999.0` }))).toEqual([
    400,
    'INVALID_REQUEST',
    '"after": the reply has no position "99999.0"',
  ]);
});

test('a body of another type is called by its type', async () => {
  const asText = { body: {}, headers: { 'content-type': 'text/plain' } };
  expect(saidBy(await askAdmin(casement, owner, { method: 'POST', path: '/settings', ...asText }))).toEqual([
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    'The body is "text/plain"; it must be application/json',
  ]);
  expect(saidBy(await askAdmin(casement, owner, { method: 'POST', path: '/settings' }))[2]).toBe(
    'The body does not say what it is; it must be application/json',
  );
});

test.each([
  [{ origin: SHOP }, `The origin "${SHOP}" may not ask this; only the widget's own page may`],
  [{ 'sec-fetch-site': 'cross-site' }, 'A "cross-site" page may not ask this; only the widget\'s own page may'],
  [{ origin: '' }, "A request without an origin may not ask this; only the widget's own page may"],
])('a page that is not the widget’s own is named: %j', async (headers, sentence) => {
  const answer = await visitor.ask({ method: 'POST', path: '/session/opened', headers });
  expect(saidBy(answer)).toEqual([403, 'CROSS_SITE_REQUEST', sentence]);
});

test('a body where nothing is to be said is not passed over', async () => {
  const { json } = await askAdmin(casement, owner, { method: 'POST', path: '/rotate-key', body: { target: 'public' } });
  const revoke = `/rotations/${json.rotation.id}/revoke`;
  const refused = [
    await askAdmin(casement, owner, { method: 'POST', path: revoke, body: { after: 60 } }),
    await visitor.ask({ method: 'POST', path: '/session/renew', body: { after: 60 } }),
    await visitor.ask({ method: 'POST', path: '/session/opened', body: { after: 60 } }),
    await visitor.ask({ method: 'DELETE', path: '/session', body: { after: 60 } }),
  ];
  expect(refused.map(saidBy)).toEqual(Array(4).fill([400, 'INVALID_REQUEST', '"after" is not a known field']));
  const untyped = { headers: { 'content-type': '', 'content-length': '2' }, body: {} };
  expect((await visitor.ask({ method: 'POST', path: '/session/renew', ...untyped })).status).toBe(415);

  const { json: after } = await askAdmin(casement, owner, { path: '/rotations' });
  expect(after.rotations[0].hasEnded).toBe(false);
  expect((await visitor.ask({ method: 'POST', path: '/session/renew' })).status).toBe(200);
  expect((await askAdmin(casement, owner, { method: 'POST', path: revoke, body: {} })).status).toBe(200);
});
