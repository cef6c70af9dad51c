import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '../../../shared/permission.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';
import { savedVersionSchema, settingsDiffSchema, versionListSchema } from '../../../shared/settings-api.ts';
import { type AdminRequest, askAdmin } from '../../support/admin-api.ts';
import type { Admin } from '../../support/admin-token.ts';
import { rawRequest } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const SHOP = 'https://shop.example';
const PURPLE: Partial<Settings> = { theme: { ...DEFAULT_SETTINGS.theme, primary: '#7a00ff' } };

let casement: Casement;
let owner: Admin;

beforeAll(async () => {
  casement = await startCasement();
});
afterAll(() => casement.stop());
beforeEach(() => {
  owner = { company: randomUUID() };
});

const ask = (request: AdminRequest, admin = owner) => askAdmin(casement, admin, request);

function save(change: Partial<Settings>, expectedVersion: number, admin = owner, note = '') {
  const body = { expectedVersion, settings: { ...DEFAULT_SETTINGS, ...change }, note };
  return ask({ method: 'POST', path: '/settings', body }, admin);
}

function restore(version: number, expectedVersion: number, admin = owner) {
  return ask({ method: 'POST', path: `/settings/versions/${version}/restore`, body: { expectedVersion } }, admin);
}

describe('the versions', () => {
  test('are listed newest first, page by page, with who, when, why and what', async () => {
    await save({}, 0, owner, 'first');
    await save(PURPLE, 1, { ...owner, subject: 'grace', role: 'editor' }, 'purple');
    await save({ ...PURPLE, allowlist: [SHOP], launcher: { icon: 'spark' } }, 2);
    const first = v.parse(versionListSchema, (await ask({ path: '/settings/versions?limit=2' })).json);
    expect(first).toMatchObject({
      versions: [
        { version: 3, sections: ['launcher', 'allowlist'] },
        { version: 2, note: 'purple', savedBy: { subject: 'grace', role: 'editor' }, sections: ['theme'] },
      ],
      next: 2,
    });
    const rest = await ask({ path: `/settings/versions?limit=2&before=${first.next}` });
    expect(rest.json).toMatchObject({ versions: [{ version: 1, note: 'first' }], next: null });
  });

  test('are read whole and stay as they were', async () => {
    await save({}, 0);
    await save(PURPLE, 1);
    const { json } = await ask({ path: '/settings/versions/1' });
    expect(v.parse(savedVersionSchema, json)).toMatchObject({ version: 1, settings: DEFAULT_SETTINGS });
  });

  test('are compared with the one before, or with any other', async () => {
    await save({ allowlist: [SHOP] }, 0);
    await save({ ...PURPLE, allowlist: ['https://b.example'] }, 1);
    const { json } = await ask({ path: '/settings/versions/2/diff' });
    expect(v.parse(settingsDiffSchema, json)).toEqual({
      from: 1,
      to: 2,
      changes: [
        { kind: 'value', path: 'theme.primary', before: '#0059ff', after: '#7a00ff' },
        { kind: 'sites', path: 'allowlist', added: ['https://b.example'], removed: [SHOP] },
      ],
    });
    const backwards = await ask({ path: '/settings/versions/0/diff?against=2' });
    expect(backwards.json.changes).toEqual([
      { kind: 'value', path: 'theme.primary', before: '#7a00ff', after: '#0059ff' },
      { kind: 'sites', path: 'allowlist', added: [], removed: ['https://b.example'] },
    ]);
  });

  test.each([
    ['GET', '/settings/versions/7', undefined, 'SETTINGS_VERSION_NOT_FOUND'],
    ['GET', '/settings/versions/1/diff?against=7', undefined, 'SETTINGS_VERSION_NOT_FOUND'],
    ['POST', '/settings/versions/7/restore', { expectedVersion: 1 }, 'SETTINGS_VERSION_NOT_FOUND'],
    ['GET', '/settings/versions/one', undefined, 'INVALID_REQUEST'],
    ['GET', '/settings/versions/1e1', undefined, 'INVALID_REQUEST'],
    ['GET', '/settings/versions?limit=101', undefined, 'INVALID_REQUEST'],
    ['GET', '/settings/versions?before=x', undefined, 'INVALID_REQUEST'],
    ['GET', '/settings/versions?after=1', undefined, 'INVALID_REQUEST'],
    ['GET', '/settings?widget=Main', undefined, 'INVALID_REQUEST'],
    ['GET', '/settings?widget[$ne]=main', undefined, 'INVALID_REQUEST'],
    ['GET', '/settings/versions?widget=other', undefined, 'WIDGET_NOT_FOUND'],
  ] as const)('%s %s is refused', async (method, path, body, code) => {
    await save({}, 0);
    expect((await ask({ method, path, body })).json.error.code).toBe(code);
  });
});

describe('a restore', () => {
  test('is a new version with the old content', async () => {
    await save({ allowlist: [SHOP] }, 0);
    await save(PURPLE, 1);
    const { status, json } = await restore(1, 2, { ...owner, subject: 'grace', role: 'admin' });
    expect(status).toBe(200);
    expect(json).toMatchObject({ version: 3, settings: { allowlist: [SHOP], theme: DEFAULT_SETTINGS.theme } });
    expect((await ask({ path: '/settings/versions/3' })).json).toMatchObject({
      restoredFrom: 1,
      savedBy: { subject: 'grace' },
    });
  });

  test('conflicts like any other save', async () => {
    await save({}, 0);
    await save(PURPLE, 1);
    const { status, json } = await restore(1, 1);
    expect({ status, code: json.error.code }).toEqual({ status: 409, code: 'SETTINGS_CONFLICT' });
  });

  test.each(['editor', 'viewer', 'service'] as const)('is nothing for a %s', async (role) => {
    await save({}, 0);
    await save(PURPLE, 1);
    const { status, json } = await restore(1, 2, { ...owner, role });
    expect({ status, code: json.error.code }).toEqual({ status: 403, code: 'PERMISSION_DENIED' });
    expect((await ask({ path: '/settings' })).json.version).toBe(2);
  });
});

describe('what somebody may save is decided by what really changes', () => {
  const CHANGES: readonly [what: string, change: Partial<Settings>, least: Role][] = [
    ['a colour', PURPLE, 'editor'],
    ['the launcher', { launcher: { icon: 'spark' } }, 'editor'],
    ['a text', { locales: { en: { ...DEFAULT_SETTINGS.locales.en, name: 'Ada' } } }, 'editor'],
    ['a language', { locales: { ...DEFAULT_SETTINGS.locales, de: { name: 'Ada' } } }, 'editor'],
    ['the instructions', { assistant: { instructions: 'Be brief.', temperature: 0 } }, 'editor'],
    ['the sites', { allowlist: [SHOP] }, 'admin'],
    ['the limits', { limits: { messagesPerMinute: 1, messagesPerDay: 1 } }, 'admin'],
    ['the persistence', { persistence: { kind: 'never' } }, 'admin'],
    ['the features', { features: { chat: false, wallet: false } }, 'admin'],
  ];
  const ROLES: readonly Role[] = ['owner', 'admin', 'editor', 'viewer', 'service'];
  const cases = CHANGES.flatMap(([what, change, least]) =>
    ROLES.map((role) => [role, ROLES.indexOf(role) <= ROLES.indexOf(least) ? 'may' : 'may not', what, change] as const),
  );

  test.each(cases)('%s %s change %s', async (role, verdict, _what, change) => {
    await save({}, 0);
    const { status, json } = await save(change, 1, { ...owner, role });
    expect(status).toBe(verdict === 'may' ? 200 : 403);
    if (verdict === 'may not') expect(json.error).toMatchObject({ code: 'PERMISSION_DENIED' });
    expect((await ask({ path: '/settings' })).json.version).toBe(verdict === 'may' ? 2 : 1);
  });

  test('an editor sends everything and changes a colour only', async () => {
    await save({ allowlist: [SHOP, 'https://b.example'] }, 0);
    const sameSites = { ...PURPLE, allowlist: ['https://b.example', 'Shop.example'] };
    expect((await save(sameSites, 1, { ...owner, role: 'editor' })).status).toBe(200);
  });
});

describe('a save whose process ended right after it was committed', () => {
  /** The state in which a crash leaves the store: the version is there, the widget has not followed. */
  async function fallBack(version: number): Promise<void> {
    const change = { $set: { version, settings: DEFAULT_SETTINGS } };
    await casement.store.collection('widget_settings').updateOne({ companyId: owner.company }, change);
    casement.server.directory.forget();
  }

  test('is what admins read, and the widget follows', async () => {
    await save({}, 0);
    await save(PURPLE, 1);
    await fallBack(1);
    expect((await ask({ path: '/settings' })).json).toMatchObject({ version: 2, settings: PURPLE });
    const stored = await casement.store.collection('widget_settings').findOne({ companyId: owner.company });
    expect(stored).toMatchObject({ version: 2, settings: PURPLE });
  });

  test('is what visitors get', async () => {
    const { json } = await save({ allowlist: [SHOP] }, 0);
    await save({ ...PURPLE, allowlist: [SHOP] }, 1);
    await fallBack(0);
    const { body } = await rawRequest({
      port: casement.port,
      path: `/api/v1/widget/config?key=${json.publicKeys[0].publicKey}`,
      headers: { host: casement.host, origin: SHOP },
    });
    expect(JSON.parse(body).configuration).toMatchObject({ version: 2, ...PURPLE });
  });

  test('does not take the number of the next one', async () => {
    await save({}, 0);
    await save(PURPLE, 1);
    await fallBack(1);
    expect((await save({}, 1, { ...owner, subject: 'grace' })).status).toBe(409);
    expect((await save({}, 2)).json.version).toBe(3);
  });
});
