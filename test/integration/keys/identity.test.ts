import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Widget } from '../../../server/domain/widget.ts';
import { askApi, type FrameVisitor, openVisitor, type Site } from '../../support/frame-visitor.ts';
import { createMovingClock } from '../../support/moving-clock.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';
import { keysOf, SHOP } from './keys-setup.ts';

const SHOP_2 = 'https://shop2.example';
const clock = createMovingClock();

let casement: Casement;
let widget: Widget;
let site: Site;
let secret: string;
let keys: ReturnType<typeof keysOf>;

beforeAll(async () => {
  casement = await startCasement({ clock });
});
afterAll(() => casement.stop());
beforeEach(async () => {
  const created = await casement.createWidget({ allowlist: [SHOP, SHOP_2] });
  widget = created.widget;
  site = { publicKey: created.publicKey, origin: SHOP };
  keys = keysOf({ casement, clock }, { company: widget.companyId });
  secret = (await keys.rotate('identity', { overlapSeconds: 0 })).key.secret ?? '';
});

const nowSeconds = () => Math.floor(clock.now().getTime() / 1000);

/** As the company's backend signs it for ten minutes; `undefined` leaves a claim out. */
function sign(sub: unknown, claims: Record<string, unknown> = {}, by = secret, header: Record<string, unknown> = {}) {
  const all = { sub, aud: site.publicKey, exp: nowSeconds() + 600, ...claims };
  return new SignJWT(JSON.parse(JSON.stringify(all)))
    .setProtectedHeader({ alg: 'HS256', ...header })
    .sign(new TextEncoder().encode(by));
}
const identify = async (visitor: FrameVisitor, jwt: string) => {
  const { status, body } = await visitor.ask({ method: 'POST', path: '/session/identify', body: { jwt } });
  return { status, json: JSON.parse(body) };
};
const say = async (visitor: FrameVisitor, text: string, more: object = {}) => {
  const body = { messageId: randomUUID(), text, ...more };
  const answer = await visitor.ask({ method: 'POST', path: '/chat', body, headers: { accept: 'application/json' } });
  return JSON.parse(answer.body);
};
const titles = async (visitor: FrameVisitor): Promise<string[]> =>
  JSON.parse((await visitor.ask({ path: '/conversations' })).body).conversations.map(
    (one: { title: string }) => one.title,
  );

describe('a visitor who says who they are', () => {
  test('keeps what they wrote before, and finds what they wrote elsewhere', async () => {
    const laptop = await openVisitor(casement, site);
    await identify(laptop, await sign('ann'));
    const { conversationId } = await say(laptop, 'From my laptop');
    clock.advance(1);

    const phone = await openVisitor(casement, site);
    const begun = await say(phone, 'From my phone');
    clock.advance(1);
    expect((await identify(phone, await sign('ann'))).json).toEqual({ conversationId: begun.conversationId });
    expect(await titles(phone)).toEqual(['From my phone', 'From my laptop']);
    expect(await titles(laptop)).toEqual(['From my phone', 'From my laptop']);
    const onPhone = await phone.ask({ path: `/conversations/${conversationId}` });
    expect(JSON.parse(onPhone.body).messages[0].text).toBe('From my laptop');
    const goesOn = await say(phone, 'And on', { conversationId });
    expect(goesOn.conversationId).toBe(conversationId);
  });

  test('is asked for no second call of the model when a message is sent again after it', async () => {
    const visitor = await openVisitor(casement, site);
    const message = { messageId: randomUUID() };
    const first = await say(visitor, 'Hello', message);
    await identify(visitor, await sign('bob'));
    expect(await say(visitor, 'Hello', message)).toEqual(first);
    expect(await titles(visitor)).toEqual(['Hello']);
  });

  test('is known in the other tabs of the browser as well, and can say it twice', async () => {
    const tab = await openVisitor(casement, site);
    const other = await openVisitor(casement, site, tab.cookie);
    await say(other, 'In the other tab');
    expect((await identify(tab, await sign('cho'))).status).toBe(200);
    expect((await identify(other, await sign('cho'))).status).toBe(200);
    expect(await titles(other)).toEqual(['In the other tab']);
    const elsewhere = await openVisitor(casement, site);
    await identify(elsewhere, await sign('cho'));
    expect(await titles(elsewhere)).toEqual(['In the other tab']);
  });

  test('is not known any more to who comes next in the browser, until it is said again', async () => {
    const visitor = await openVisitor(casement, site);
    await identify(visitor, await sign('dee'));
    await say(visitor, 'Secret');
    const next = await openVisitor(casement, site, visitor.cookie);
    expect(next.conversationId).toBeNull();
    expect(await titles(next)).toEqual([]);
    await identify(next, await sign('dee'));
    expect(await titles(next)).toEqual(['Secret']);
  });

  test('is somebody else on another site and in another widget', async () => {
    const visitor = await openVisitor(casement, site);
    await identify(visitor, await sign('eve'));
    await say(visitor, 'Only here');
    const there = await openVisitor(casement, { ...site, origin: SHOP_2 });
    await identify(there, await sign('eve'));
    expect(await titles(there)).toEqual([]);
  });

  test('logs out in this browser, every tab of it, and in no other', async () => {
    const tab = await openVisitor(casement, site);
    const otherTab = await openVisitor(casement, site, tab.cookie);
    const otherBrowser = await openVisitor(casement, site);
    for (const one of [tab, otherTab, otherBrowser]) await identify(one, await sign('fay'));
    await say(tab, 'Mine');
    const ended = await tab.ask({ method: 'DELETE', path: '/session' });
    expect(ended.headers['set-cookie']?.[0]).toContain('Max-Age=0');
    const codes = await Promise.all(
      [tab, otherTab].map(async (one) => JSON.parse((await one.ask({ path: '/conversations' })).body).error.code),
    );
    expect(codes).toEqual(['SESSION_ENDED', 'SESSION_ENDED']);
    expect(await titles(otherBrowser)).toEqual(['Mine']);
    const next = await openVisitor(casement, site, tab.cookie);
    expect(await titles(next)).toEqual([]);
  });

  test('is not brought back after the logout by a token from before it, only by a new one', async () => {
    const tab = await openVisitor(casement, site);
    const otherTab = await openVisitor(casement, site, tab.cookie);
    const [old, oldOfOtherTab] = [await sign('liv'), await sign('liv', { exp: nowSeconds() + 599 })];
    await identify(tab, old);
    await identify(otherTab, oldOfOtherTab);
    await say(tab, 'Of Liv');
    await tab.ask({ method: 'DELETE', path: '/session' });
    const next = await openVisitor(casement, site, tab.cookie);
    for (const token of [old, oldOfOtherTab]) {
      const { status, json } = await identify(next, token);
      expect([status, json.error.code]).toEqual([403, 'IDENTITY_EXPIRED']);
      expect(json.error.message).toContain('before they logged out');
    }
    expect(await titles(next)).toEqual([]);
    expect((await identify(next, await sign('liv', { exp: nowSeconds() + 598 }))).status).toBe(200);
    expect(await titles(next)).toEqual(['Of Liv']);
  });

  test('has to log out before somebody else can use the session', async () => {
    const visitor = await openVisitor(casement, site);
    await identify(visitor, await sign('gus'));
    await say(visitor, 'Of Gus');
    const other = await identify(visitor, await sign('hal'));
    expect([other.status, other.json.error.code]).toEqual([409, 'IDENTITY_CONFLICT']);
    expect(await titles(visitor)).toEqual(['Of Gus']);
  });

  test('is one person also when two are said at once', async () => {
    const visitor = await openVisitor(casement, site);
    const answers = await Promise.all(['ida', 'jon', 'kim'].map(async (sub) => identify(visitor, await sign(sub))));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 409, 409]);
    const sessions = await casement.store.collection('widget_sessions').find({ widgetId: widget.id }).toArray();
    expect(new Set(sessions.map(({ visitorId }) => visitorId)).size).toBe(1);
  });
});

describe('a token that says who the visitor is', () => {
  /** Each with what has to be in its sentence. */
  const BAD: [string, () => Promise<string>, string, string][] = [
    ['without an end', () => sign('ann', { exp: undefined }), 'IDENTITY_INVALID', '"exp" is missing'],
    [
      'that lives too long',
      () => sign('ann', { exp: nowSeconds() + 16 * 60 }),
      'IDENTITY_INVALID',
      'seconds ahead; 900 are the most',
    ],
    ['that has expired', () => sign('ann', { exp: nowSeconds() - 31 }), 'IDENTITY_EXPIRED', 'has expired'],
    ['for nobody', () => sign(undefined), 'IDENTITY_INVALID', '"sub" is missing'],
    ['for an empty name', () => sign(''), 'IDENTITY_INVALID', '"sub" has to be'],
    ['for a number', () => sign(7), 'IDENTITY_INVALID', '"sub"'],
    ['for a very long name', () => sign('x'.repeat(201)), 'IDENTITY_INVALID', '"sub" has to be'],
    ['without an audience', () => sign('ann', { aud: undefined }), 'IDENTITY_INVALID', '"aud" is missing'],
    ['for another audience', () => sign('ann', { aud: 'PUB_other' }), 'IDENTITY_INVALID', '"aud" is not a public key'],
    ['for later', () => sign('ann', { nbf: nowSeconds() + 60 }), 'IDENTITY_INVALID', '"nbf" is in the future'],
    ['by somebody else', () => sign('ann', {}, `IDN_${'x'.repeat(43)}`), 'IDENTITY_INVALID', 'not signed with HS256'],
    ['with another algorithm', () => sign('ann', {}, secret, { alg: 'HS512' }), 'IDENTITY_INVALID', 'not signed'],
    ['without a signature', async () => `${(await sign('ann')).replace(/\.[^.]*$/, '.')}`, 'IDENTITY_INVALID', ''],
    ['that is none', async () => 'abc', 'IDENTITY_INVALID', 'not a JWT'],
    ['that is the session', async () => (await openVisitor(casement, site)).token, 'IDENTITY_INVALID', 'not signed'],
  ];

  test.each(BAD)('case 57: %s is refused, and changes nothing', async (_what, make, code, sentence) => {
    const visitor = await openVisitor(casement, site);
    const { status, json } = await identify(visitor, await make());
    expect([status, json.error.code]).toEqual([403, code]);
    expect(json.error.message).toContain(sentence);
    const known = await casement.store.collection('widget_visitors').find({ widgetId: widget.id }).toArray();
    expect(known.filter(({ subject }) => subject !== undefined)).toEqual([]);
  });

  test('case 57: "none" and unsigned alike are refused', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { sub: 'ann', aud: site.publicKey, exp: nowSeconds() + 60 };
    const { status } = await identify(await openVisitor(casement, site), `${part({ alg: 'none' })}.${part(claims)}.`);
    expect(status).toBe(403);
  });

  test('is accepted with either key while one replaces the other, and with the new one only after that', async () => {
    const old = secret;
    const { rotation, key } = await keys.rotate('identity', { overlapSeconds: 60 });
    const status = async (by: string) =>
      (await identify(await openVisitor(casement, site), await sign('ann', {}, by))).status;
    expect([await status(old), await status(key.secret ?? '')]).toEqual([200, 200]);
    const report = (await keys.list()).keys.find(({ id }) => id === rotation.oldKeyId);
    expect(report?.uses).toMatchObject([{ origin: SHOP, count: 1 }]);
    await keys.revoke(rotation.id);
    expect([await status(old), await status(key.secret ?? '')]).toEqual([403, 200]);
  });

  test('may name the old public key while that works, and the key it is signed with', async () => {
    const { key } = await keys.rotate('public', { overlapSeconds: 60 });
    const visitor = await openVisitor(casement, { ...site, publicKey: key.id });
    expect((await identify(visitor, await sign('ann', {}, secret, { kid: 'unknown' }))).status).toBe(200);
    clock.advance(60);
    expect((await identify(visitor, await sign('ann'))).json.error.message).toContain('"aud" is not a public key');
  });
});

test('nobody without a session can say who they are', async () => {
  const answer = await askApi(casement, {
    method: 'POST',
    path: '/session/identify',
    body: { jwt: await sign('ann') },
  });
  expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([401, 'SESSION_MISSING']);
});
