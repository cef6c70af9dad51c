import { afterEach, describe, expect, test } from 'vitest';
import type { LimitTable } from '../../../server/domain/limit-table.ts';
import { askAdmin } from '../../support/admin-api.ts';
import { signAdminToken } from '../../support/admin-token.ts';
import { askApi, askFrame, openVisitor, readBoot } from '../../support/frame-visitor.ts';
import { rawRequest } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';
import { askConfig, codeOf, limitsOf, perMinute, SHOP, unknownKey } from './limits-setup.ts';

let casement: Casement;
let publicKey: string;

async function start(limits: Partial<LimitTable>) {
  casement = await startCasement({ limits: limitsOf(limits) });
  ({ publicKey } = await casement.createWidget({ allowlist: [SHOP, 'https://other.example'] }));
}
afterEach(() => casement.stop());

const site = () => ({ publicKey, origin: SHOP });

describe('the configuration', () => {
  test('is refused with code, policy and time when one address asks too often, whatever key it asks for', async () => {
    await start({ config: { address: perMinute(2) } });
    expect((await askConfig(casement, publicKey)).status).toBe(200);
    expect(codeOf(await askConfig(casement, unknownKey()))).toBe('EMBED_REFUSED');
    for (const key of [publicKey, unknownKey()]) {
      const answer = await askConfig(casement, key);
      expect([answer.status, codeOf(answer)]).toEqual([429, 'RATE_LIMITED']);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      expect(answer.headers['ratelimit-policy']).toBe('"config-address";q=2;w=60');
      expect(answer.headers.ratelimit).toMatch(/^"config-address";r=0;t=([1-9]|[1-5]\d|60)$/);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  test('says nothing of the limit while there is room, because caches keep it for others', async () => {
    await start({ config: { address: perMinute(2) } });
    const { headers } = await askConfig(casement, publicKey);
    expect(headers).not.toHaveProperty('ratelimit');
  });

  test('of one site is refused without touching another site of the widget', async () => {
    await start({ config: { site: perMinute(1) } });
    await askConfig(casement, publicKey);
    expect((await askConfig(casement, publicKey)).status).toBe(429);
    expect((await askConfig(casement, publicKey, { origin: 'https://other.example' })).status).toBe(200);
  });

  test('of a widget is refused on all its sites, and not for another widget', async () => {
    await start({ config: { key: perMinute(1) } });
    await askConfig(casement, publicKey);
    expect((await askConfig(casement, publicKey, { origin: 'https://other.example' })).status).toBe(429);
    const other = await casement.createWidget({ allowlist: [SHOP] });
    expect((await askConfig(casement, other.publicKey)).status).toBe(200);
  });

  test('is refused to everyone when all together ask too much', async () => {
    await start({ config: { everyone: perMinute(1) } });
    await askConfig(casement, unknownKey());
    expect((await askConfig(casement, publicKey)).headers['ratelimit-policy']).toContain('config-everyone');
  });
});

test('a frame that is asked for too often is refused with the page every refusal has', async () => {
  await start({ frame: { address: perMinute(2) } });
  expect((await askFrame(casement, site())).status).toBe(200);
  const refusal = await askFrame(casement, { ...site(), origin: 'https://evil.example' });
  const answer = await askFrame(casement, site());
  expect([refusal.status, answer.status]).toEqual([403, 429]);
  expect(answer.body).toBe(refusal.body);
  expect(answer.headers['content-security-policy']).toBe(refusal.headers['content-security-policy']);
  expect(answer.headers).toHaveProperty('retry-after');
});

test('sessions are opened so often from one address, and the answer tells what is left', async () => {
  await start({ session: { address: perMinute(2) } });
  const { ticket } = readBoot((await askFrame(casement, site())).body);
  const open = () => askApi(casement, { method: 'POST', path: '/session', body: { ticket } });
  const opened = await open();
  expect(opened.headers.ratelimit).toMatch(/^"session-address";r=1;t=\d+$/);
  expect(codeOf(await open())).toBe('TICKET_USED');
  expect(codeOf(await open())).toBe('RATE_LIMITED');
});

test('a session may ask so much, and another of the same address goes on', async () => {
  await start({ visitor: { session: perMinute(3) } });
  const [loud, quiet] = [await openVisitor(casement, site()), await openVisitor(casement, site())];
  for (const left of [2, 1, 0]) {
    const { status, headers } = await loud.ask({ path: '/conversations' });
    expect([status, headers.ratelimit]).toEqual([200, expect.stringContaining(`"visitor-session";r=${left};`)]);
  }
  expect(codeOf(await loud.ask({ path: '/conversations' }))).toBe('RATE_LIMITED');
  expect((await quiet.ask({ path: '/conversations' })).status).toBe(200);
});

describe('wrong tokens of a login', () => {
  const admin = { company: 'a company' };
  const settings = (token?: string) =>
    askAdmin(casement, admin, { path: '/settings', ...(token !== undefined && { token }) });

  test('are counted, and then no token of the address is looked at', async () => {
    await start({ 'failed-login': { address: { most: 3, seconds: 900 } } });
    for (let time = 0; time < 3; time++) expect((await settings('a.b.c')).json.error.code).toBe('ADMIN_TOKEN_INVALID');
    const refused = await settings();
    expect(refused.json.error.code).toBe('RATE_LIMITED');
    expect(refused.headers['ratelimit-policy']).toBe('"failed-login-address";q=3;w=900');
  });

  test('are counted for the configuration of backends as well', async () => {
    await start({ 'failed-login': { address: { most: 1, seconds: 900 } } });
    const { port, host } = casement;
    const path = `/api/v1/widget/config?key=${publicKey}`;
    const ask = () => rawRequest({ port, path, headers: { host, authorization: 'Bearer a.b.c' } });
    expect([codeOf(await ask()), codeOf(await ask())]).toEqual(['ADMIN_TOKEN_INVALID', 'RATE_LIMITED']);
  });

  test('do not count when they are right, missing or only expired', async () => {
    await start({ 'failed-login': { address: { most: 1, seconds: 900 } } });
    const expired = await signAdminToken(admin, { exp: Math.floor(Date.now() / 1000) - 3_600 });
    for (let time = 0; time < 3; time++) {
      expect((await settings()).status).toBe(200);
      expect((await settings('')).json.error.code).toBe('ADMIN_TOKEN_MISSING');
      expect((await settings(expired)).json.error.code).toBe('ADMIN_TOKEN_EXPIRED');
    }
  });
});

test('an admin may do so much', async () => {
  await start({ admin: { login: perMinute(1) } });
  const ask = (subject: string) => askAdmin(casement, { company: 'a', subject }, { path: '/settings' });
  await ask('ada');
  expect((await ask('ada')).json.error.code).toBe('RATE_LIMITED');
  expect((await ask('grace')).status).not.toBe(429);
});
