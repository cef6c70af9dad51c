import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OpenSessionAnswer } from '../../../shared/session.ts';
import type { Persistence } from '../../../shared/settings.ts';
import { askApi, askFrame, readBoot, type Site } from '../../support/frame-visitor.ts';
import { createMovingClock } from '../../support/moving-clock.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';
import { keysOf, SHOP } from './keys-setup.ts';

const DAY_SECONDS = 24 * 60 * 60;
const clock = createMovingClock();
let casement: Casement;

beforeAll(async () => {
  casement = await startCasement({ clock });
});
afterAll(() => casement.stop());

async function siteWith(persistence: Persistence) {
  const created = await casement.createWidget({ allowlist: [SHOP], settings: { persistence } });
  return { ...created, site: { publicKey: created.publicKey, origin: SHOP } };
}

type Remembered = { readonly cookie?: string | undefined; readonly resume?: string | undefined };

/** A visit that brings along what an earlier one left behind. */
async function visit(site: Site, { cookie, resume }: Remembered = {}) {
  const { ticket } = readBoot((await askFrame(casement, site)).body);
  const answer = await askApi(casement, {
    method: 'POST',
    path: '/session',
    body: { ticket, ...(resume && { resume }) },
    ...(cookie && { cookie }),
  });
  expect(answer.status, answer.body).toBe(200);
  const session = JSON.parse(answer.body) as OpenSessionAnswer;
  const [setCookie] = answer.headers['set-cookie'] ?? [];
  const ask = (path: string) => askApi(casement, { path, token: session.token });
  return {
    ...session,
    setCookie,
    cookie: setCookie?.split(';', 1)[0],
    titles: async () =>
      JSON.parse((await ask('/conversations')).body).conversations.map((one: { title: string }) => one.title),
    transcriptStatus: async (id: string) => (await ask(`/conversations/${id}`)).status,
    async say(text: string, conversationId?: string) {
      const body = { messageId: randomUUID(), text, ...(conversationId && { conversationId }) };
      const headers = { accept: 'application/json' };
      return await askApi(casement, { method: 'POST', path: '/chat', body, headers, token: session.token });
    },
  };
}
const conversationOf = ({ body }: { readonly body: string }): string => JSON.parse(body).conversationId;

describe('forever', () => {
  test('is as long as a browser keeps a cookie', async () => {
    const { site } = await siteWith({ kind: 'forever' });
    const first = await visit(site);
    expect(first.setCookie).toContain(`; Max-Age=${400 * DAY_SECONDS};`);
    const conversationId = conversationOf(await first.say('Long ago'));
    clock.advance(399 * DAY_SECONDS);
    const later = await visit(site, first);
    expect(later.conversationId).toBe(conversationId);
    expect(later.resume).toBeUndefined();
    expect(await later.titles()).toEqual(['Long ago']);
  });
});

describe('some days', () => {
  test('count from the last visit, for the cookie and for the server', async () => {
    const { site } = await siteWith({ kind: 'days', days: 7 });
    const first = await visit(site);
    expect(first.setCookie).toContain(`; Max-Age=${7 * DAY_SECONDS};`);
    await first.say('One');
    clock.advance(6 * DAY_SECONDS);
    expect((await visit(site, first)).cookie).toBe(first.cookie);
    clock.advance(6 * DAY_SECONDS);
    expect((await visit(site, first)).cookie).toBe(first.cookie);
    clock.advance(8 * DAY_SECONDS);
    const tooLate = await visit(site, first);
    expect(tooLate.cookie).not.toBe(first.cookie);
    expect(await tooLate.titles()).toEqual([]);
  });

  test('end for a conversation when nothing was written in it for so long', async () => {
    const { site } = await siteWith({ kind: 'days', days: 7 });
    const first = await visit(site);
    const old = conversationOf(await first.say('Old'));
    clock.advance(5 * DAY_SECONDS);
    const second = await visit(site, first);
    const recent = conversationOf(await second.say('Recent'));
    clock.advance(5 * DAY_SECONDS);
    const third = await visit(site, first);
    expect(third.conversationId).toBe(recent);
    expect(await third.titles()).toEqual(['Recent']);
    expect(await third.transcriptStatus(old)).toBe(404);
    const refused = await third.say('Are you there?', old);
    expect([refused.status, JSON.parse(refused.body).error.code]).toEqual([404, 'CONVERSATION_NOT_FOUND']);
  });
});

describe('a tab', () => {
  test('remembers by itself and leaves no cookie', async () => {
    const { site } = await siteWith({ kind: 'tab' });
    const first = await visit(site);
    expect(first.setCookie).toBeUndefined();
    expect(first.resume).toMatch(/^[\w-]{43}$/);
    const conversationId = conversationOf(await first.say('In this tab'));
    const reloaded = await visit(site, first);
    expect([reloaded.resume, reloaded.conversationId]).toEqual([first.resume, conversationId]);
    const otherTab = await visit(site);
    expect(otherTab.resume).not.toBe(first.resume);
    expect(await otherTab.titles()).toEqual([]);
  });

  test.each(['forever', 'never'] as const)('is not what counts when the settings say %s', async (kind) => {
    const { site, widget } = await siteWith({ kind: 'tab' });
    const first = await visit(site);
    await first.say('In this tab');
    await casement.saveWidget({ ...widget, settings: { ...widget.settings, persistence: { kind } } });
    expect(await (await visit(site, first)).titles()).toEqual([]);
  });

  test('refuses what no tab was ever given', async () => {
    const { site } = await siteWith({ kind: 'tab' });
    const { ticket } = readBoot((await askFrame(casement, site)).body);
    const body = { ticket, resume: 'x'.repeat(42) };
    const answer = await askApi(casement, { method: 'POST', path: '/session', body });
    expect([answer.status, JSON.parse(answer.body).error.field]).toEqual([400, 'resume']);
  });
});

describe('never', () => {
  test('makes everybody new, and takes back the cookie of before', async () => {
    const { site, widget } = await siteWith({ kind: 'forever' });
    const first = await visit(site);
    await first.say('Before');
    await casement.saveWidget({ ...widget, settings: { ...widget.settings, persistence: { kind: 'never' } } });
    const next = await visit(site, first);
    expect(next.setCookie).toContain('Max-Age=0');
    expect(next.resume).toBeUndefined();
    expect(next.conversationId).toBeNull();
    const conversationId = conversationOf(await next.say('Now'));
    expect(await next.transcriptStatus(conversationId)).toBe(200);
    expect(await (await visit(site, { cookie: first.cookie })).titles()).toEqual([]);
  });
});

describe.each(['tab', 'never'] as const)('%s, for a visitor who has said who they are,', (kind) => {
  test('means the same: what they wrote elsewhere is not found, what they wrote here is', async () => {
    const { site, widget } = await siteWith({ kind });
    const keys = keysOf({ casement, clock }, { company: widget.companyId });
    const { secret = '' } = (await keys.rotate('identity')).key;
    const exp = Math.floor(clock.now().getTime() / 1000) + 60;
    const jwt = await new SignJWT({ sub: 'ann', aud: site.publicKey, exp })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(secret));
    const identify = async (token: string) => {
      const answer = await askApi(casement, { method: 'POST', path: '/session/identify', body: { jwt }, token });
      expect(answer.status).toBe(200);
    };
    const elsewhere = await visit(site);
    await identify(elsewhere.token);
    const there = conversationOf(await elsewhere.say('Elsewhere'));

    const here = await visit(site);
    await here.say('Here, before');
    clock.advance(1);
    await identify(here.token);
    await here.say('Here, after');
    expect(await here.titles()).toEqual(['Here, after', 'Here, before']);
    expect(await here.transcriptStatus(there)).toBe(404);
    expect((await here.say('May I?', there)).status).toBe(404);
  });
});
