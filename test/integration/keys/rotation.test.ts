import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Widget } from '../../../server/domain/widget.ts';
import { verifySignature } from '../../../server/verify/verify-signature.ts';
import type { Admin } from '../../support/admin-token.ts';
import { askApi, askFrame, openVisitor, type Site } from '../../support/frame-visitor.ts';
import { createMovingClock } from '../../support/moving-clock.ts';
import { rawRequest } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';
import { askByClock, keysOf, SHOP } from './keys-setup.ts';

const DAY_SECONDS = 24 * 60 * 60;
const clock = createMovingClock();

let casement: Casement;
let widget: Widget;
let owner: Admin;
let site: Site;

beforeAll(async () => {
  casement = await startCasement({ clock });
});
afterAll(() => casement.stop());

beforeEach(async () => {
  const created = await casement.createWidget({ allowlist: [SHOP] });
  widget = created.widget;
  owner = { company: widget.companyId };
  site = { publicKey: created.publicKey, origin: SHOP };
});

const rotate = (target: string, body?: object) => keysOf({ casement, clock }, owner).rotate(target, body);
const list = () => keysOf({ casement, clock }, owner).list();
const revoke = (id: string) => keysOf({ casement, clock }, owner).revoke(id);
const ask = (path: string) => askByClock({ casement, clock }, owner, { path });
const frameStatus = async (publicKey: string) => (await askFrame(casement, { publicKey, origin: SHOP })).status;
const askConfig = (publicKey = site.publicKey) =>
  rawRequest({
    port: casement.port,
    path: `/api/v1/widget/config?key=${publicKey}`,
    headers: { host: casement.host, origin: SHOP },
  });
const stored = (name: string) => casement.store.collection(name).find({ widgetId: widget.id }).toArray();

describe('rotating the public key', () => {
  test('makes a new one, and the old one works through the overlap and not a moment longer', async () => {
    const { key, rotation } = await rotate('public');
    expect(key).toEqual({ id: expect.stringMatching(/^PUB_/), target: 'public' });
    expect(rotation).toMatchObject({
      target: 'public',
      oldKeyId: site.publicKey,
      newKeyId: key.id,
      actor: { subject: 'ada', role: 'owner' },
      overlapSeconds: DAY_SECONDS,
      hasEnded: false,
    });
    expect(await frameStatus(key.id)).toBe(200);
    clock.advance(DAY_SECONDS - 1);
    expect(await frameStatus(site.publicKey)).toBe(200);
    clock.advance(1);
    expect(await frameStatus(site.publicKey)).toBe(403);
    expect(await frameStatus(key.id)).toBe(200);
    expect((await list()).rotations[0]).toMatchObject({ id: rotation.id, hasEnded: true });
  });

  test('with no overlap ends the old one at once, and the sessions that were opened with it', async () => {
    const visitor = await openVisitor(casement, site);
    await rotate('public', { overlapSeconds: 0, reason: ' The key was in the wrong snippet. ' });
    expect(await frameStatus(site.publicKey)).toBe(403);
    const answer = await visitor.ask({ path: '/conversations' });
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([401, 'KEY_REVOKED']);
    expect((await stored('widget_key_rotations'))[0]?.reason).toBe('The key was in the wrong snippet.');
  });

  test('keeps visitors: who comes back with the new key finds the conversation', async () => {
    const { cookie } = await openVisitor(casement, site);
    const { key } = await rotate('public');
    const again = await openVisitor(casement, { ...site, publicKey: key.id }, cookie);
    expect(again.cookie).toBe(cookie);
  });

  test('tells those who embed the retiring key until when it works', async () => {
    const { rotation, key } = await rotate('public', { overlapSeconds: 60 });
    const old = JSON.parse((await askConfig()).body);
    expect(old.key).toEqual({ state: 'retiring', retiringUntil: rotation.endsAt });
    expect(JSON.parse((await askConfig(key.id)).body).key).toEqual({ state: 'active' });
  });

  test('leaves the settings and the other keys as they are', async () => {
    const before = (await ask('/settings')).json;
    await rotate('public');
    const after = (await ask('/settings')).json;
    expect(after.settings).toEqual(before.settings);
    expect(after.version).toBe(before.version);
    const secretsOf = async () => (await list()).keys.filter(({ target }) => target !== 'public');
    expect((await secretsOf()).map(({ state }) => state)).toEqual(['active', 'active']);
  });
});

describe('rotating the signing key', () => {
  test('signs with both keys through the overlap, so that whoever knows either can verify', async () => {
    const first = await rotate('signing', { overlapSeconds: 0 });
    const second = await rotate('signing', { overlapSeconds: 60 });
    const answer = await askConfig();
    const { status, body, headers } = answer;
    const isValid = (secrets: Record<string, string>) =>
      verifySignature(
        { method: 'GET', url: '/api/v1/widget/config', status, signature: String(headers['casement-signature']), body },
        { secrets, now: clock.now() },
      );
    const secretOf = ({ key }: typeof first) => ({ [key.id]: key.secret ?? '' });
    expect(first.key.secret).toMatch(/^SIG_[\w-]{43}$/);
    expect(isValid(secretOf(first))).toBe(true);
    expect(isValid(secretOf(second))).toBe(true);
    expect(isValid({ [second.key.id]: first.key.secret ?? '' })).toBe(false);

    clock.advance(60);
    const later = await askConfig();
    expect(String(later.headers['casement-signature'])).not.toContain(first.key.id);
    expect(String(later.headers['casement-signature'])).toContain(second.key.id);
  });

  test('signs what admins are answered as well', async () => {
    const { key } = await rotate('signing', { overlapSeconds: 0 });
    const { status, body, headers } = await ask('/rotations');
    const signature = String(headers['casement-signature']);
    const answer = { method: 'GET', url: '/api/v1/widget/rotations?widget=main', status, signature, body };
    expect(verifySignature(answer, { secrets: { [key.id]: key.secret ?? '' }, now: clock.now() })).toBe(true);
  });

  test('keeps the secret sealed in the store, and out of every other answer', async () => {
    const { key } = await rotate('signing');
    const settings = await casement.store.collection('widget_settings').find({}).toArray();
    const everything = [settings, await stored('widget_key_rotations'), await stored('widget_audit_log'), await list()];
    expect(JSON.stringify(everything)).toContain(key.id);
    expect(JSON.stringify(everything)).not.toContain(key.secret);
    expect(JSON.stringify(everything)).not.toContain('SIG_');
    expect(JSON.stringify(settings)).toMatch(/"sealed":"v1:[\w-]{16}:/);
  });
});

describe('ending an overlap', () => {
  test('revokes the old key now; a second time changes nothing', async () => {
    const { rotation, key } = await rotate('public');
    const ended = await revoke(rotation.id);
    expect(ended.json.rotation).toMatchObject({ id: rotation.id, hasEnded: true, endsAt: clock.now().toISOString() });
    expect(await frameStatus(site.publicKey)).toBe(403);
    expect(await frameStatus(key.id)).toBe(200);
    clock.advance(10);
    expect((await revoke(rotation.id)).json).toEqual(ended.json);
    const acts = (await stored('widget_audit_log')).map(({ act, actor }) => [act, actor.subject]);
    expect(acts).toEqual([
      ['key-rotated', 'ada'],
      ['key-revoked', 'ada'],
    ]);
  });

  test('destroys the secret of a signing or identity key', async () => {
    const { rotation } = await rotate('identity');
    await revoke(rotation.id);
    const settings = await casement.store.collection<{ _id: string }>('widget_settings').findOne({ _id: widget.id });
    expect(JSON.stringify(settings)).not.toContain(rotation.oldKeyId);
    expect((await list()).keys.find(({ id }) => id === rotation.oldKeyId)?.state).toBe('revoked');
  });

  test('is refused for a rotation that is none, or of somebody else', async () => {
    const { rotation } = await rotate('public');
    const stranger = { company: (await casement.createWidget({ allowlist: [SHOP] })).widget.companyId };
    const path = `/rotations/${rotation.id}/revoke`;
    const answers = [
      await revoke('00000000-0000-4000-8000-000000000000'),
      await revoke('%7B%22$ne%22:1%7D'),
      await askByClock({ casement, clock }, stranger, { method: 'POST', path }),
    ];
    expect(answers.map(({ status, json }) => [status, json.error.code])).toEqual(
      Array(3).fill([404, 'ROTATION_NOT_FOUND']),
    );
    expect(await frameStatus(site.publicKey)).toBe(200);
  });
});

describe('the list of keys', () => {
  test('tells where each key was last used, and when the old one can go', async () => {
    await openVisitor(casement, site);
    const { key } = await rotate('public');
    const keyOf = async (id: string) => (await list()).keys.find((one) => one.id === id);
    const usedAt = clock.now().toISOString();
    expect(await keyOf(site.publicKey)).toMatchObject({
      state: 'retiring',
      uses: [{ origin: SHOP, lastUsedAt: usedAt, count: 1 }],
      safeToRevoke: false,
      why: `"${SHOP}" used it 1 minute ago.`,
    });
    clock.advance(2 * 60 * 60);
    expect(await keyOf(site.publicKey)).toMatchObject({
      safeToRevoke: false,
      why: expect.stringContaining('not been seen'),
    });
    const visitor = await openVisitor(casement, { ...site, publicKey: key.id });
    await visitor.ask({ path: '/conversations' });
    expect(await keyOf(site.publicKey)).toMatchObject({ safeToRevoke: true });
    expect((await keyOf(key.id))?.uses).toEqual([{ origin: SHOP, lastUsedAt: clock.now().toISOString(), count: 2 }]);
  });

  test('does not count who was refused', async () => {
    await askFrame(casement, { publicKey: site.publicKey, origin: 'https://evil.example' });
    await askApi(casement, { path: '/conversations', token: 'none' });
    expect((await list()).keys.map(({ uses }) => uses)).toEqual([[], [], []]);
  });
});
