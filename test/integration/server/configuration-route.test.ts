import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { configurationSchema } from '../../../shared/configuration.ts';
import { askAdmin } from '../../support/admin-api.ts';
import { type FrameVisitor, openVisitor } from '../../support/frame-visitor.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const SHOP = 'https://shop.example';
let casement: Casement;
let visitor: FrameVisitor;
let company: string;

beforeAll(async () => {
  casement = await startCasement();
});
afterAll(() => casement.stop());
beforeEach(async () => {
  const { widget, publicKey } = await casement.createWidget({ allowlist: [SHOP] });
  company = widget.companyId;
  visitor = await openVisitor(casement, { publicKey, origin: SHOP });
});

const ask = (query = '', headers: Record<string, string> = {}) =>
  visitor.ask({ path: `/configuration${query}`, headers });

async function publish(change: Record<string, unknown>): Promise<void> {
  const { json } = await askAdmin(casement, { company }, { path: '/settings' });
  const body = { expectedVersion: json.version, settings: { ...json.settings, ...change } };
  const saved = await askAdmin(casement, { company }, { method: 'POST', path: '/settings', body });
  expect(saved.status).toBe(200);
}

test('an open frame is told the current configuration, signed, and kept by nobody', async () => {
  const answer = await ask();
  expect(v.parse(configurationSchema, JSON.parse(answer.body))).toMatchObject({ version: 1, locale: 'en' });
  expect(answer.headers['casement-signature']).toContain(`kid=${visitor.signingKeyId}`);
  expect(answer.headers['cache-control']).toBe('no-store');
});

test('who has the current one is told nothing, until another is published', async () => {
  const { etag = '' } = (await ask()).headers;
  const browser = { 'if-none-match': etag, 'cache-control': 'no-cache', pragma: 'no-cache' };
  const same = await ask('', browser);
  expect([same.status, same.body]).toEqual([304, '']);
  await publish({ features: { chat: true, wallet: true } });
  const next = await ask('', browser);
  expect([next.status, JSON.parse(next.body).version]).toEqual([200, 2]);
  expect(next.headers.etag).not.toBe(etag);
});

test('it comes in the language the embedder has chosen, else in the one of the browser', async () => {
  const { json } = await askAdmin(casement, { company }, { path: '/settings' });
  await publish({ locales: { ...json.settings.locales, fr: { greeting: 'Bonjour.' } } });
  expect(JSON.parse((await ask('?l=fr')).body).texts.greeting).toBe('Bonjour.');
  expect(JSON.parse((await ask('', { 'accept-language': 'fr-CA, en;q=0.5' })).body).locale).toBe('fr');
  expect(JSON.parse((await ask('?l=en', { 'accept-language': 'fr' })).body).locale).toBe('en');
});

test('nobody else is told: a session is needed, and a query that is understood', async () => {
  const strange = await ask('?l=fr&key=1');
  expect([strange.status, JSON.parse(strange.body).error.code]).toEqual([400, 'INVALID_REQUEST']);
  const stranger = await visitor.ask({ path: '/configuration', headers: { authorization: 'Bearer none' } });
  expect(JSON.parse(stranger.body).error.code).toBe('SESSION_INVALID');
  await publish({ allowlist: [] });
  expect(JSON.parse((await ask()).body).error.code).toBe('ORIGIN_NOT_ALLOWED');
});
