import { decodeJwt, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { deriveSigningKeys } from '../../../server/domain/secret-keys.ts';
import type { Widget } from '../../../server/domain/widget.ts';
import { SESSION_LIFETIME_SECONDS, TICKET_LIFETIME_SECONDS } from '../../../shared/session.ts';
import { askApi, askFrame, openVisitor, readBoot, type Site } from '../../support/frame-visitor.ts';
import { createMovingClock } from '../../support/moving-clock.ts';
import type { RawAnswer } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const SHOP = 'https://shop.example';
const OTHER_SHOP = 'https://shop2.example';
const clock = createMovingClock();

let casement: Casement;
let widget: Widget;
let site: Site;

beforeAll(async () => {
  casement = await startCasement({ clock });
});
afterAll(() => casement.stop());

beforeEach(async () => {
  const created = await casement.createWidget({ allowlist: [SHOP, OTHER_SHOP] });
  widget = created.widget;
  site = { publicKey: created.publicKey, origin: SHOP };
});

const newTicket = async () => readBoot((await askFrame(casement, site)).body).ticket;
const swap = (ticket: string) => askApi(casement, { method: 'POST', path: '/session', body: { ticket } });
const codeOf = (answer: RawAnswer) => JSON.parse(answer.body).error.code;
const visitorIds = async () => (await casement.store.collection('widget_visitors').distinct('_id')).sort();

describe('a ticket', () => {
  test('becomes a session of 15 minutes with a resume cookie for this frame only', async () => {
    const answer = await swap(await newTicket());
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({
      token: expect.any(String),
      expiresInSeconds: 900,
      signingKey: expect.stringMatching(/^[\w-]{43}$/),
      signingKeyId: expect.stringMatching(/^session-[\da-f]{12}$/),
      conversationId: null,
    });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(
        /^__Host-casement-[\da-f]{8}=[\w-]{43}; Max-Age=34560000; Path=\/; HttpOnly; Secure; SameSite=None; Partitioned$/,
      ),
    ]);
  });

  test('case 44: swapped 50 times in parallel makes exactly one session and one visitor', async () => {
    const before = await visitorIds();
    const ticket = await newTicket();
    const answers = await Promise.all(Array.from({ length: 50 }, () => swap(ticket)));
    const refusals = answers.filter(({ status }) => status !== 200);
    expect(answers.length - refusals.length).toBe(1);
    expect(new Set(refusals.map(codeOf))).toEqual(new Set(['TICKET_USED']));
    expect((await visitorIds()).length - before.length).toBe(1);
  });

  test('case 44: is used up by the first swap', async () => {
    const ticket = await newTicket();
    await swap(ticket);
    expect(codeOf(await swap(ticket))).toBe('TICKET_USED');
  });

  test('has expired after a minute', async () => {
    const ticket = await newTicket();
    clock.advance(TICKET_LIFETIME_SECONDS);
    expect(codeOf(await swap(ticket))).toBe('TICKET_EXPIRED');
  });

  test('that nobody issued is not valid', async () => {
    expect(codeOf(await swap('abc.def.ghi'))).toBe('TICKET_INVALID');
  });

  test('does not open a session once its key is revoked', async () => {
    const ticket = await newTicket();
    await casement.saveWidget({ ...widget, keys: widget.keys.map((key) => ({ ...key, state: 'revoked' as const })) });
    expect(codeOf(await swap(ticket))).toBe('KEY_REVOKED');
  });

  test('does not open a session once its site has left the allowlist', async () => {
    const ticket = await newTicket();
    await casement.saveWidget({ ...widget, settings: { ...widget.settings, allowlist: [OTHER_SHOP] } });
    expect(codeOf(await swap(ticket))).toBe('ORIGIN_NOT_ALLOWED');
  });
});

describe('a resume cookie', () => {
  /** The visitor ids of the sessions that were opened during `act`. */
  async function visitorsOf(act: () => Promise<unknown>): Promise<string[]> {
    const startedAt = clock.now();
    await act();
    const sessions = casement.store.collection('widget_sessions').find({ startedAt: { $gte: startedAt } });
    const ids = (await sessions.toArray()).map(({ visitorId }) => String(visitorId));
    clock.advance(1);
    return [...new Set(ids)];
  }

  test('brings the same visitor back', async () => {
    const ids = await visitorsOf(async () => {
      const { cookie } = await openVisitor(casement, site);
      const again = await openVisitor(casement, site, cookie);
      expect(again.cookie).toBe(cookie);
    });
    expect(ids).toHaveLength(1);
  });

  test.each([
    ['on another site of the widget', async () => ({ ...site, origin: OTHER_SHOP })],
    [
      'for another widget on the site',
      async () => ({ ...site, publicKey: (await casement.createWidget({ allowlist: [SHOP] })).publicKey }),
    ],
  ])('is worth nothing %s, even under the right name', async (_where, otherSite) => {
    const elsewhere = await otherSite();
    const ids = await visitorsOf(async () => {
      const { cookie } = await openVisitor(casement, site);
      const other = await openVisitor(casement, elsewhere);
      const [name] = other.cookie.split('=');
      const [, secret] = cookie.split('=');
      await openVisitor(casement, elsewhere, `${name}=${secret}`);
    });
    expect(ids).toHaveLength(3);
  });

  test('is stored as a hash only', async () => {
    const { cookie } = await openVisitor(casement, site);
    const stored = JSON.stringify(await casement.store.collection('widget_visitors').find({}).toArray());
    expect(stored).not.toContain(cookie.split('=')[1]);
  });
});

describe('a session', () => {
  test('case 41: is renewed for as long as eight hours, and no longer', async () => {
    const visitor = await openVisitor(casement, site);
    let { token } = visitor;
    for (let minutes = 10; minutes <= 470; minutes += 10) {
      clock.advance(600);
      const answer = await askApi(casement, { method: 'POST', path: '/session/renew', token });
      expect(answer.status, `after ${minutes} minutes`).toBe(200);
      ({ token } = JSON.parse(answer.body));
    }
    clock.advance(600);
    expect(codeOf(await askApi(casement, { method: 'POST', path: '/session/renew', token }))).toBe('SESSION_EXPIRED');
  });

  test('case 41: has expired 15 minutes after its last renewal', async () => {
    const visitor = await openVisitor(casement, site);
    clock.advance(SESSION_LIFETIME_SECONDS);
    expect(codeOf(await visitor.ask({ method: 'POST', path: '/session/renew' }))).toBe('SESSION_EXPIRED');
  });

  test('case 41: that is ended is over at once in every tab, its cookie is cleared, and the next visitor is a new one', async () => {
    const tab = await openVisitor(casement, site);
    const otherTab = await openVisitor(casement, site, tab.cookie);
    expect((await otherTab.ask({ method: 'POST', path: '/session/renew' })).status).toBe(200);

    const ended = await tab.ask({ method: 'DELETE', path: '/session' });
    expect(ended.status).toBe(204);
    const [name] = tab.cookie.split('=');
    expect(ended.headers['set-cookie']).toEqual([expect.stringContaining(`${name}=; Max-Age=0; Path=/;`)]);

    expect(codeOf(await tab.ask({ method: 'POST', path: '/session/renew' }))).toBe('SESSION_ENDED');
    expect(codeOf(await otherTab.ask({ method: 'POST', path: '/session/renew' }))).toBe('SESSION_ENDED');
    const before = await visitorIds();
    await openVisitor(casement, site, tab.cookie);
    expect((await visitorIds()).length).toBe(before.length + 1);
  });

  test('case 41: that was ended elsewhere is over here within five seconds', async () => {
    const visitor = await openVisitor(casement, site);
    await visitor.ask({ method: 'POST', path: '/session/renew' });
    await casement.store.collection('widget_sessions').updateMany({}, { $set: { endedAt: new Date() } });
    clock.advance(5);
    expect(codeOf(await visitor.ask({ method: 'POST', path: '/session/renew' }))).toBe('SESSION_ENDED');
  });

  test.each([
    ['KEY_REVOKED', 'its key was revoked', { 'keys.0.state': 'revoked' }],
    [
      'KEY_REVOKED',
      'the overlap of its key is over',
      { 'keys.0.state': 'retiring', 'keys.0.retiringUntil': new Date(0) },
    ],
    ['ORIGIN_NOT_ALLOWED', 'its site left the allowlist', { 'settings.allowlist': [OTHER_SHOP] }],
  ])('case 41: is answered %s within five seconds after %s elsewhere', async (code, _what, change) => {
    const visitor = await openVisitor(casement, site);
    expect((await visitor.ask({ method: 'POST', path: '/session/renew' })).status).toBe(200);
    const settings = casement.store.collection<{ _id: string }>('widget_settings');
    await settings.updateOne({ _id: widget.id }, { $set: change });
    clock.advance(5);
    expect(codeOf(await visitor.ask({ method: 'POST', path: '/session/renew' }))).toBe(code);
  });

  test.each<[string, (parts: [head: string, claims: string, mac: string]) => string]>([
    ['another session', ([head, claims, mac]) => [head, changed(claims, { sid: OTHER_ID }), mac].join('.')],
    ['another visitor', ([head, claims, mac]) => [head, changed(claims, { sub: OTHER_ID }), mac].join('.')],
    ['another site', ([head, claims, mac]) => [head, changed(claims, { o: OTHER_SHOP }), mac].join('.')],
    ['a later end', ([head, claims, mac]) => [head, changed(claims, { exp: 9_999_999_999 }), mac].join('.')],
    ['no algorithm', ([head, claims, mac]) => [changed(head, { alg: 'none' }), claims, mac].join('.')],
    ['no signature', ([head, claims]) => [changed(head, { alg: 'none' }), claims, ''].join('.')],
    ['one bit of its signature', ([head, claims, mac]) => [head, claims, `${flipped(mac)}`].join('.')],
  ])('case 41: with %s is answered SESSION_INVALID', async (_what, change) => {
    const { token } = await openVisitor(casement, site);
    const [head = '', claims = '', mac = ''] = token.split('.');
    const answer = await askApi(casement, { path: '/conversations', token: change([head, claims, mac]) });
    expect({ status: answer.status, code: codeOf(answer) }).toEqual({ status: 401, code: 'SESSION_INVALID' });
    expect((await askApi(casement, { path: '/conversations', token })).status).toBe(200);
  });

  test('case 41: signed by another server is answered SESSION_INVALID', async () => {
    const { token } = await openVisitor(casement, site);
    const key = deriveSigningKeys('somebody else’s secret of 32 bytes').session;
    const claims = { ...decodeJwt(token) };
    const forged = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'casement-session+jwt' })
      .sign(key);
    expect(codeOf(await askApi(casement, { path: '/conversations', token: forged }))).toBe('SESSION_INVALID');
  });
});

const OTHER_ID = '00000000-0000-4000-8000-000000000000';

/** The JSON in base64url, with other fields. */
function changed(part: string, fields: object): string {
  const value = JSON.parse(Buffer.from(part, 'base64url').toString());
  return Buffer.from(JSON.stringify({ ...value, ...fields })).toString('base64url');
}

/** The last character has bits that are not part of the bytes, so the first one changes. */
function flipped(mac: string): string {
  return `${mac.startsWith('A') ? 'B' : 'A'}${mac.slice(1)}`;
}
