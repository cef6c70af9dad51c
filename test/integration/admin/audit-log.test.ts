import { createHash, randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { appendAudit } from '../../../server/domain/audit-log.ts';
import { auditLogSchema, auditVerificationSchema } from '../../../shared/audit-api.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { type AdminRequest, askAdmin } from '../../support/admin-api.ts';
import { type Admin, signAdminToken } from '../../support/admin-token.ts';
import { createMovingClock } from '../../support/moving-clock.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const clock = createMovingClock();
let casement: Casement;
let owner: Admin;

beforeAll(async () => {
  casement = await startCasement({ clock });
});
afterAll(() => casement.stop());
beforeEach(() => {
  owner = { company: randomUUID() };
});

async function ask(request: AdminRequest, admin = owner) {
  const token = await signAdminToken(admin, { exp: Math.floor(clock.now().getTime() / 1000) + 300 });
  return askAdmin(casement, admin, { ...request, token });
}
const log = () => casement.store.collection('widget_audit_log');

async function read(query = '') {
  const { json } = await ask({ path: `/audit-log${query}` });
  return v.parse(auditLogSchema, json);
}

async function verify() {
  const { json } = await ask({ path: '/audit-log/verification' });
  return v.parse(auditVerificationSchema, json);
}

async function save(expectedVersion: number, subject = 'ada'): Promise<void> {
  const radius = expectedVersion;
  const settings = { ...DEFAULT_SETTINGS, theme: { ...DEFAULT_SETTINGS.theme, radius } };
  const body = { expectedVersion, settings };
  const { status } = await ask({ method: 'POST', path: '/settings', body }, { ...owner, subject });
  expect(status).toBe(200);
  clock.advance(60);
}

const widgetId = async () =>
  String((await casement.store.collection('widget_settings').findOne({ companyId: owner.company }))?._id);

describe('the audit log', () => {
  test('has every act with who, when and what, newest first', async () => {
    await save(0);
    await save(1, 'grace');
    await ask({ method: 'POST', path: '/settings/versions/1/restore', body: { expectedVersion: 2 } });
    const { entries, next } = await read();
    expect(entries.map(({ seq, act, actor, details }) => [seq, act, actor.subject, details])).toEqual([
      [4, 'settings-restored', 'ada', { settingsVersion: 3, sections: ['theme'], restoredFrom: 1 }],
      [3, 'settings-saved', 'grace', { settingsVersion: 2, sections: ['theme'] }],
      [2, 'settings-saved', 'ada', { settingsVersion: 1, sections: ['theme'] }],
      [1, 'widget-created', 'ada', { slug: 'main' }],
    ]);
    expect(next).toBeNull();
  });

  test('has nothing about what was refused', async () => {
    await save(0);
    const settings = { ...DEFAULT_SETTINGS, allowlist: ['*'] };
    await ask({ method: 'POST', path: '/settings', body: { expectedVersion: 1, settings } });
    expect((await read()).entries).toHaveLength(2);
  });

  test('is filtered by person, act and time, and read page by page', async () => {
    const start = clock.now().toISOString();
    await save(0);
    const later = clock.now().toISOString();
    await save(1, 'grace');
    await save(2);
    const seqs = async (query: string) => (await read(query)).entries.map(({ seq }) => seq);
    expect(await seqs('?actor=grace')).toEqual([3]);
    expect(await seqs('?act=widget-created')).toEqual([1]);
    expect(await seqs(`?from=${later}`)).toEqual([4, 3]);
    expect(await seqs(`?from=${start}&to=${later}`)).toEqual([2, 1]);
    const page = await read('?limit=3');
    expect(page.next).toBe(2);
    expect(await seqs(`?limit=3&before=${page.next}`)).toEqual([1]);
  });

  test.each([
    ['an act that is none', '?act=everything', 'act'],
    ['a time that is none', '?from=yesterday', 'from'],
    ['an impossible hour', '?to=2026-02-28T99:00:00Z', 'to'],
    ['an impossible day', '?to=2026-02-30T09:00:00Z', 'to'],
    ['an operator', '?actor[$ne]=x', 'actor[$ne]'],
    ['an unknown name', '?who=ada', 'who'],
    ['a page of a thousand', '?limit=1000', 'limit'],
  ])('refuses %s', async (_what, query, field) => {
    await save(0);
    expect((await ask({ path: `/audit-log${query}` })).json.error).toMatchObject({ code: 'INVALID_REQUEST', field });
  });

  test.each(['admin', 'editor', 'viewer', 'service'] as const)('is nothing for a %s', async (role) => {
    await save(0);
    for (const path of ['/audit-log', '/audit-log/verification']) {
      expect((await ask({ path }, { ...owner, role })).json.error.code).toBe('PERMISSION_DENIED');
    }
  });

  test('of another company is not there', async () => {
    await save(0);
    const { json } = await ask({ path: '/audit-log' }, { company: randomUUID() });
    expect(json.error.code).toBe('WIDGET_NOT_FOUND');
  });

  test('makes good what a crash left out, once, with the time of the act', async () => {
    await save(0);
    await save(1, 'grace');
    const [entry] = (await read()).entries;
    await log().deleteOne({ widgetId: await widgetId(), seq: 3 });
    await Promise.all([read(), read(), verify()]);
    expect((await read()).entries[0]).toEqual(entry);
    expect((await verify()).isIntact).toBe(true);
  });

  test('gives acts that happen at once a number each', async () => {
    await save(0);
    const id = await widgetId();
    const act = (index: number) => ({
      widgetId: id,
      actor: { subject: `ada ${index}`, role: 'owner' } as const,
      act: 'article-saved' as const,
      details: { slug: `article-${index}` },
    });
    await Promise.all(Array.from({ length: 10 }, (_, index) => appendAudit(act(index), clock)));
    const { entries } = await read();
    expect(entries.map(({ seq }) => seq)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect((await verify()).isIntact).toBe(true);
  });
});

describe('the chain', () => {
  beforeEach(async () => {
    for (const version of [0, 1, 2]) await save(version);
  });

  test('is intact, and its head is the newest entry', async () => {
    const [newest] = (await read()).entries;
    expect(await verify()).toEqual({
      isIntact: true,
      checked: 4,
      brokenAt: null,
      head: { seq: 4, hash: newest?.hash },
    });
  });

  test('can be verified by anyone: the hash is that of the sorted JSON', async () => {
    const [newest] = (await read('?limit=1')).entries;
    const { hash, ...content } = newest ?? expect.fail('no entry');
    const { act, actor, at, details, previousHash, seq, widgetId: id } = content;
    const { role, subject } = actor;
    const { sections, settingsVersion } = details;
    const sorted = {
      act,
      actor: { role, subject },
      at,
      details: { sections, settingsVersion },
      previousHash,
      seq,
      widgetId: id,
    };
    expect(createHash('sha256').update(JSON.stringify(sorted)).digest('hex')).toBe(hash);
  });

  test.each<[string, object, number]>([
    ['another person', { $set: { 'actor.subject': 'mallory' } }, 3],
    ['another time', { $set: { at: '2020-01-01T00:00:00.000Z' } }, 3],
    ['other details', { $set: { 'details.sections': [] } }, 3],
    ['another hash', { $set: { hash: 'f'.repeat(64) } }, 3],
    ['a field more', { $set: { note: 'hello' } }, 3],
    ['no act', { $unset: { act: '' } }, 3],
    ['another number', { $set: { seq: 9 } }, 3],
  ])('is broken by %s in an entry', async (_what, change, brokenAt) => {
    await log().updateOne({ widgetId: await widgetId(), seq: 3 }, change);
    expect(await verify()).toMatchObject({ isIntact: false, brokenAt });
  });

  test('is broken by an entry that is gone, even with its successors renumbered', async () => {
    const id = await widgetId();
    await log().deleteOne({ widgetId: id, seq: 1 });
    expect(await verify()).toMatchObject({ isIntact: false, brokenAt: 1 });
    for (const seq of [2, 3, 4]) await log().updateOne({ widgetId: id, seq }, { $set: { seq: seq - 1 } });
    expect(await verify()).toMatchObject({ isIntact: false, brokenAt: 1 });
  });
});
