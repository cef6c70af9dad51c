import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  DRAFT_LIFETIME_DAYS,
  DRAFT_MAX_BYTES,
  draftAnswerSchema,
  savedDraftAnswerSchema,
} from '../../../shared/draft-api.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { type AdminRequest, askAdmin } from '../../support/admin-api.ts';
import { type Admin, signAdminToken } from '../../support/admin-token.ts';
import { createMovingClock } from '../../support/moving-clock.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const clock = createMovingClock();
let casement: Casement;
let ada: Admin;

beforeAll(async () => {
  casement = await startCasement({ clock });
});
afterAll(() => casement.stop());
beforeEach(() => {
  ada = { company: randomUUID() };
});

/** With a token that is valid by the clock of the test. */
async function ask(request: AdminRequest, admin: Admin = ada) {
  const exp = Math.floor(clock.now().getTime() / 1000) + 300;
  return askAdmin(casement, admin, { ...request, token: await signAdminToken(admin, { exp }) });
}

const EDIT = { baseVersion: 3, settings: { ...DEFAULT_SETTINGS, theme: { primary: 'not a colour yet' } } };
const put = (body: unknown = EDIT, admin = ada, query = '') =>
  ask({ method: 'PUT', path: `/draft${query}`, body }, admin);
const read = async (admin = ada, query = '') =>
  v.parse(draftAnswerSchema, (await ask({ path: `/draft${query}` }, admin)).json).draft;

describe('a draft', () => {
  test('is kept as it was typed, valid or not, until its admin deletes it', async () => {
    expect(await read()).toBeNull();
    const saved = await put();
    expect(saved.status).toBe(200);
    const { savedAt } = v.parse(savedDraftAnswerSchema, saved.json);
    expect(await read()).toEqual({ ...EDIT, savedAt });
    await put({ baseVersion: 4, settings: { locales: { $where: '1', 'a.b': ['\ud800'], nothing: null } } });
    expect(await read()).toMatchObject({
      baseVersion: 4,
      settings: { locales: { $where: '1', 'a.b': ['\ud800'], nothing: null } },
    });
    expect((await ask({ method: 'DELETE', path: '/draft' })).status).toBe(204);
    expect(await read()).toBeNull();
    expect((await ask({ method: 'DELETE', path: '/draft' })).status).toBe(204);
  });

  test('is for one widget and one admin of one company, and for nobody else', async () => {
    await put();
    expect(await read(ada, '?widget=other')).toBeNull();
    expect(await read({ ...ada, subject: 'grace' })).toBeNull();
    expect(await read({ company: randomUUID() })).toBeNull();
    await put({ ...EDIT, baseVersion: 9 }, { ...ada, subject: 'grace' });
    await ask({ method: 'DELETE', path: '/draft?widget=other' });
    expect((await read())?.baseVersion).toBe(3);
    expect((await read({ ...ada, subject: 'grace' }))?.baseVersion).toBe(9);
  });

  test('changes nothing that anybody else sees, and is no act in the audit log', async () => {
    await ask({ method: 'POST', path: '/settings', body: { expectedVersion: 0, settings: DEFAULT_SETTINGS } });
    const [settings, log] = [await ask({ path: '/settings' }), await ask({ path: '/audit-log' })];
    await put();
    expect((await ask({ path: '/settings' })).json).toEqual(settings.json);
    expect((await ask({ path: '/audit-log' })).json).toEqual(log.json);
  });

  test('of many saves at once is one of them, whole', async () => {
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map((baseVersion) => put({ baseVersion, settings: { at: baseVersion } })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const draft = await read();
    expect(draft?.settings).toEqual({ at: draft?.baseVersion });
  });

  test('is gone when nobody has saved it for 30 days, and every save begins them again', async () => {
    await put();
    clock.advance((DRAFT_LIFETIME_DAYS - 1) * 24 * 60 * 60);
    await put({ ...EDIT, baseVersion: 4 });
    clock.advance((DRAFT_LIFETIME_DAYS - 1) * 24 * 60 * 60);
    expect((await read())?.baseVersion).toBe(4);
    clock.advance(24 * 60 * 60);
    expect(await read()).toBeNull();
    await put({ ...EDIT, baseVersion: 5 });
    expect((await read())?.baseVersion).toBe(5);
  });
});

describe('nothing is kept', () => {
  test.each([
    ['settings that are a list', { ...EDIT, settings: [] }, 'settings'],
    ['settings that are a text', { ...EDIT, settings: 'all' }, 'settings'],
    ['no version', { settings: {} }, 'baseVersion'],
    ['a version that is none', { ...EDIT, baseVersion: -1 }, 'baseVersion'],
    ['an unknown field', { ...EDIT, subject: 'grace' }, 'subject'],
    [
      'nesting without end',
      { ...EDIT, settings: { deep: JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`) } },
      'settings',
    ],
  ])('of %s', async (_, body, field) => {
    const { status, json } = await put(body);
    expect([status, json.error.code, json.error.field]).toEqual([400, 'INVALID_REQUEST', field]);
    expect(await read()).toBeNull();
  });

  test('of more than 384 KiB', async () => {
    const roomFor = (bytes: number) => ({ baseVersion: 0, settings: { text: 'x'.repeat(bytes) } });
    const rest = JSON.stringify(roomFor(0)).length;
    expect((await put(roomFor(DRAFT_MAX_BYTES - rest))).status).toBe(200);
    const refused = await put(roomFor(DRAFT_MAX_BYTES - rest + 1));
    expect([refused.status, refused.json.error.code]).toEqual([413, 'BODY_TOO_LARGE']);
  });
});

test.each([
  ['owner', 200],
  ['admin', 200],
  ['editor', 200],
  ['viewer', 403],
  ['service', 403],
] as const)('a caller with the role %s is answered %i to a draft', async (role, status) => {
  const admin = { ...ada, role };
  expect((await put(EDIT, admin)).status).toBe(status);
  expect((await ask({ path: '/draft' }, admin)).status).toBe(status);
  expect((await ask({ method: 'DELETE', path: '/draft' }, admin)).status).toBe(status === 200 ? 204 : status);
});
