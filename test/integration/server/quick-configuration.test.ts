import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Widget } from '../../../server/domain/widget.ts';
import { createMovingClock } from '../../support/moving-clock.ts';
import { type RawAnswer, rawRequest } from '../../support/raw-http.ts';
import { ROOMY_LIMITS } from '../../support/roomy-limits.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';
import { watchStore } from '../../support/watch-store.ts';

const SHOP = 'https://shop.example';
const SHOP_2 = 'https://shop2.example';
const MOST = 1_000;
const clock = createMovingClock();
const logged: string[] = [];

let casement: Casement;
let widget: Widget;
let publicKey: string;

beforeAll(async () => {
  const limits = { ...ROOMY_LIMITS, config: { key: { most: MOST, seconds: 60 } } };
  casement = await startCasement({ clock, limits, log: { write: (line) => logged.push(line) } });
});
afterAll(() => casement.stop());
beforeEach(async () => {
  ({ widget, publicKey } = await casement.createWidget({ allowlist: [SHOP, SHOP_2] }));
});

function ask(headers: Record<string, string | string[]> = {}, query = `?key=${publicKey}`): Promise<RawAnswer> {
  const path = `/api/v1/widget/config${query}`;
  return rawRequest({ port: casement.port, path, headers: { host: casement.host, origin: SHOP, ...headers } });
}

/** Without what is another one every time; the clock stands still, so the signature is the same. */
function comparable({ status, headers, body }: RawAnswer) {
  const { date: _date, 'x-request-id': id, ...rest } = headers;
  expect(id).toMatch(/^[\da-f-]{36}$/);
  return { status, headers: rest, body };
}

describe('a configuration that is asked for again', () => {
  test('is answered the same, header by header, for those who have it and for those who do not', async () => {
    const whole = comparable(await ask());
    expect(comparable(await ask())).toEqual(whole);
    const known = { 'if-none-match': String(whole.headers.etag) };
    const first = comparable(await ask(known));
    expect(first).toMatchObject({ status: 304, body: '' });
    expect(comparable(await ask(known))).toEqual(first);
    expect(comparable(await ask({ 'if-none-match': '"another"' }))).toEqual(whole);
  });

  test('is answered without the store, counted, and logged like every other', async () => {
    await ask();
    logged.splice(0);
    const operations = await watchStore(() => ask());
    expect(operations).toEqual([]);
    const [line] = logged.map((text) => JSON.parse(text)).filter(({ msg }) => msg === 'request');
    expect(line).toMatchObject({ method: 'GET', path: '/api/v1/widget/config', status: 200, isWhole: true });
    expect(line.requestId).toMatch(/^[\da-f-]{36}$/);
  });

  test('is answered to another site, in another language, or with other headers by what they are', async () => {
    const settings = { ...widget.settings, locales: { de: { name: 'Laden' } } };
    await casement.saveWidget({ ...widget, settings });
    const answers = new Map<string, RawAnswer>();
    for (let time = 0; time < 2; time++) {
      for (const language of ['en', 'de']) {
        for (const origin of [SHOP, SHOP_2]) {
          const answer = await ask({ origin, 'accept-language': language });
          const name = `${origin} ${language}`;
          expect(answer.headers['access-control-allow-origin']).toBe(origin);
          expect(answer.body).toBe((answers.get(name) ?? answer).body);
          answers.set(name, answer);
        }
      }
    }
    expect(new Set([...answers.values()].map(({ body }) => body)).size).toBe(2);
  });

  test.each<[string, (widget: Widget) => Widget, number]>([
    ['its key is revoked', (old) => ({ ...old, keys: [{ ...old.keys[0], state: 'revoked' } as never] }), 403],
    ['its site has left the allowlist', (old) => ({ ...old, settings: { ...old.settings, allowlist: [SHOP_2] } }), 403],
    [
      'its colour has changed',
      ({ settings, ...old }) => ({
        ...old,
        settings: { ...settings, theme: { ...settings.theme, primary: '#123456' } },
      }),
      200,
    ],
  ])('is answered anew once %s', async (_what, change, status) => {
    const before = await ask();
    expect((await ask()).body).toBe(before.body);
    await casement.saveWidget(change({ ...widget, version: 2 }));
    const after = await ask();
    expect(after.status).toBe(status);
    expect(after.body).not.toBe(before.body);
  });

  test('is answered anew five seconds after a change on another process', async () => {
    await ask();
    const settings = casement.store.collection<{ _id: string }>('widget_settings');
    await settings.updateOne({ _id: widget.id }, { $set: { 'keys.0.state': 'revoked' } });
    clock.advance(5);
    expect((await ask()).status).toBe(403);
  });

  test.each<[string, Record<string, string | string[]>, number]>([
    ['a token', { authorization: 'Bearer x' }, 200],
    ['two origins', { origin: [SHOP, 'https://evil.example'] }, 400],
    ['another host', { host: 'evil.example' }, 421],
    ['the origin of evil', { origin: 'https://evil.example' }, 403],
    ['no origin', { origin: '' }, 403],
  ])('takes the long way with %s', async (_what, headers, status) => {
    for (let time = 0; time < 2; time++) expect((await ask()).status).toBe(200);
    expect((await ask(headers)).status).toBe(status);
  });

  test('is refused when a limit is reached, and that is counted once', async () => {
    const statuses: number[] = [];
    for (let time = 0; time < MOST + 2; time++) statuses.push((await ask()).status);
    expect(statuses.slice(0, MOST).every((status) => status === 200)).toBe(true);
    expect(statuses.slice(MOST)).toEqual([429, 429]);
    const refused = await ask();
    expect(JSON.parse(refused.body).error.code).toBe('RATE_LIMITED');
    expect(refused.headers['ratelimit-policy']).toBe(`"config-key";q=${MOST};w=60`);
  });
});
