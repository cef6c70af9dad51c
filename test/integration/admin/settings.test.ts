import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';
import {
  savedSettingsAnswerSchema,
  settingsAnswerSchema,
  settingsConflictSchema,
  settingsRefusalSchema,
} from '../../../shared/settings-api.ts';
import { type AdminRequest, askAdmin } from '../../support/admin-api.ts';
import type { Admin } from '../../support/admin-token.ts';
import { rawRequest } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const SHOP = 'https://shop.example';

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
const read = (admin = owner) => ask({ path: '/settings' }, admin);
const settingsWith = (change: Partial<Settings> = {}): Settings => ({ ...DEFAULT_SETTINGS, ...change });

function save(settings: unknown, expectedVersion: number, admin = owner, rest: object = {}) {
  return ask({ method: 'POST', path: '/settings', body: { expectedVersion, settings, ...rest } }, admin);
}

const countDocuments = async () => {
  const names = ['widget_settings', 'widget_settings_versions', 'widget_audit_log'];
  return Promise.all(names.map((name) => casement.store.collection(name).countDocuments()));
};

describe('a company that never saved', () => {
  test('reads the settings a widget is born with, at version 0', async () => {
    const { status, json } = await read({ ...owner, role: 'viewer' });
    expect(status).toBe(200);
    expect(v.parse(settingsAnswerSchema, json)).toMatchObject({
      widget: 'main',
      version: 0,
      settings: DEFAULT_SETTINGS,
      publicKeys: [],
      warnings: [{ code: 'NO_SITES' }],
      you: { subject: 'ada', role: 'viewer' },
    });
    expect(json.savedAt).toBeUndefined();
  });

  test('gets its widget with the first save of an owner, with a key that works on its sites', async () => {
    const { status, json } = await save(settingsWith({ allowlist: [SHOP] }), 0, owner, { note: 'Our first' });
    expect(status).toBe(200);
    const answer = v.parse(savedSettingsAnswerSchema, json);
    expect(answer).toMatchObject({ version: 1, note: 'Our first', savedBy: { subject: 'ada', role: 'owner' } });
    const [key] = answer.publicKeys;
    expect(key?.state).toBe('active');
    const config = (origin: string) =>
      rawRequest({
        port: casement.port,
        path: `/api/v1/widget/config?key=${key?.publicKey}`,
        headers: { host: casement.host, origin },
      });
    expect((await config(SHOP)).status).toBe(200);
    expect((await config('https://evil.example')).status).toBe(403);
  });

  test.each(['admin', 'editor', 'viewer', 'service'] as const)('gets no widget by its %s', async (role) => {
    const before = await countDocuments();
    const { status, json } = await save(settingsWith(), 0, { ...owner, role });
    expect({ status, code: json.error.code }).toEqual({ status: 403, code: 'PERMISSION_DENIED' });
    expect(json.error.message).toContain(`"${role}"`);
    expect(await countDocuments()).toEqual(before);
  });

  test('gets one widget from many first saves at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        save(settingsWith(), 0, { ...owner, subject: `owner ${index}` }, { note: `${index}` }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(409)]);
    expect(await casement.store.collection('widget_settings').countDocuments({ companyId: owner.company })).toBe(1);
  });

  test('has none of another name either, and none of another company', async () => {
    await save(settingsWith(), 0);
    expect((await ask({ path: '/settings?widget=second' })).json.version).toBe(0);
    expect((await read({ company: randomUUID() })).json.version).toBe(0);
    expect((await ask({ path: '/settings/versions/1' }, { company: randomUUID() })).json.error).toMatchObject({
      code: 'WIDGET_NOT_FOUND',
      message: 'Your company has no widget "main"',
    });
  });
});

describe('a save', () => {
  test('is what everybody reads from then on, visitors at once', async () => {
    const first = await save(settingsWith({ allowlist: [SHOP] }), 0);
    const theme = { ...DEFAULT_SETTINGS.theme, primary: '#7a00ff' };
    await save(settingsWith({ allowlist: [SHOP], theme }), 1);
    expect((await read()).json).toMatchObject({ version: 2, settings: { theme } });
    const config = await rawRequest({
      port: casement.port,
      path: `/api/v1/widget/config?key=${first.json.publicKeys[0].publicKey}`,
      headers: { host: casement.host, origin: SHOP },
    });
    expect(JSON.parse(config.body)).toMatchObject({
      configuration: { version: 2, theme },
      look: { accent: '#7a00ff' },
    });
  });

  test('answers 409 with both versions when somebody else has saved', async () => {
    await save(settingsWith(), 0);
    await save(settingsWith({ launcher: { icon: 'spark' } }), 1, { ...owner, subject: 'grace' });
    const { status, json } = await save(settingsWith({ launcher: { icon: 'question' } }), 1);
    expect(status).toBe(409);
    const { error, conflict } = v.parse(settingsConflictSchema, json);
    expect(error).toMatchObject({
      code: 'SETTINGS_CONFLICT',
      message: 'Version "1" was expected, but version "2" is current, saved by "grace"',
    });
    expect(conflict).toMatchObject({
      expectedVersion: 1,
      expected: { version: 1, settings: { launcher: { icon: 'chat' } } },
      currentVersion: 2,
      current: { version: 2, settings: { launcher: { icon: 'spark' } } },
    });
    expect((await read()).json.settings.launcher.icon).toBe('spark');
  });

  test('that is sent again because its answer was lost is answered again and written once', async () => {
    const first = await save(settingsWith(), 0, owner, { note: 'once' });
    const again = await save(settingsWith(), 0, owner, { note: 'once' });
    expect(again).toMatchObject({ status: 200, json: first.json });
    expect((await read()).json.version).toBe(1);
  });

  test('of many at the same time is one', async () => {
    await save(settingsWith(), 0);
    const icons = ['chat', 'question', 'spark'] as const;
    const saves = icons.map((icon) =>
      save(settingsWith({ launcher: { icon } }), 1, { ...owner, subject: icon }, { note: icon }),
    );
    const answers = await Promise.all(saves);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await read()).json.version).toBe(2);
  });

  test('keeps sites in one form and shows what it made of them', async () => {
    const typed = ['Shop.Example/', 'https://bücher.example', SHOP, 'https://*.SHOP.example', 'http://localhost:3000'];
    const { json } = await save(settingsWith({ allowlist: typed }), 0);
    expect(json.settings.allowlist).toEqual([
      SHOP,
      'https://xn--bcher-kva.example',
      'https://*.shop.example',
      'http://localhost:3000',
    ]);
    expect(json.normalised).toEqual([
      { typed: 'Shop.Example/', saved: SHOP },
      { typed: 'https://bücher.example', saved: 'https://xn--bcher-kva.example' },
      { typed: 'https://*.SHOP.example', saved: 'https://*.shop.example' },
    ]);
  });

  test('warns of a colour that is hard to see and says a better one', async () => {
    const { json } = await save(settingsWith({ theme: { ...DEFAULT_SETTINGS.theme, primary: '#ffe600' } }), 0);
    expect(json.warnings).toContainEqual({
      code: 'LOW_CONTRAST',
      field: 'theme.primary',
      message: '"#ffe600" has a contrast of 1.2:1 in the light mode; people need 3:1 to see a button',
      suggestion: expect.stringMatching(/^#[0-9a-f]{6}$/),
    });
  });
});

describe('settings that cannot be saved', () => {
  const NESTED = JSON.parse('{"theme":{"__proto__":{"x":1}}}');

  test.each<[string, unknown, string, RegExp]>([
    ['a public suffix', { allowlist: ['https://*.github.io'] }, 'allowlist.0', /"https:\/\/\*\.github\.io" would let/],
    ['an unknown part', { colour: 'red' }, 'colour', /is not a known field/],
    ['a colour in words', { theme: { ...DEFAULT_SETTINGS.theme, primary: 'red' } }, 'theme.primary', /^"red" is not a/],
    ['a prototype', NESTED, 'theme.primary', /is missing/],
    ['an operator', { launcher: { icon: { $ne: 1 } } }, 'launcher.icon', /is an object, not a text|is none of/],
    ['a list of objects', { allowlist: [{ $gt: '' }] }, 'allowlist.0', /is an object, not a text/],
    [
      'a number that is none',
      { limits: { messagesPerMinute: -1, messagesPerDay: 1 } },
      'limits.messagesPerMinute',
      /^"-1" is less than 1$/,
    ],
    [
      'a long text',
      { locales: { en: { ...DEFAULT_SETTINGS.locales.en, name: 'x'.repeat(61) } } },
      'locales.en.name',
      /^has "61" characters, and 60 are the most$/,
    ],
    [
      'two lines where one is',
      { locales: { en: { ...DEFAULT_SETTINGS.locales.en, name: 'a\nb' } } },
      'locales.en.name',
      /one line/,
    ],
    ['a default language without texts', { defaultLocale: 'de' }, 'defaultLocale', /have texts/],
    [
      'a text that no language can do without',
      { locales: { en: { name: 'Ada' } } },
      'locales.en.subtitle',
      /"en" is the default language/,
    ],
    ['a language twice', { locales: { ...DEFAULT_SETTINGS.locales, EN: {} } }, 'locales.EN', /language tag/],
  ])('%s is refused, and nothing is written', async (_what, change, field, message) => {
    const before = await countDocuments();
    const { status, json } = await save({ ...DEFAULT_SETTINGS, ...(change as object) }, 0);
    expect(status).toBe(400);
    const { error, problems } = v.parse(settingsRefusalSchema, json);
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field });
    expect(problems[0]?.message).toMatch(message);
    expect(await countDocuments()).toEqual(before);
  });

  test('are told with everything that is wrong', async () => {
    const theme = { ...DEFAULT_SETTINGS.theme, primary: 'red' };
    const { json } = await save(settingsWith({ allowlist: ['*', SHOP, 'ftp://x.example'], theme }), 0);
    expect(json.problems.map(({ field }: { field: string }) => field)).toEqual([
      'allowlist.0',
      'allowlist.2',
      'theme.primary',
    ]);
  });

  test.each([
    ['no version', { settings: DEFAULT_SETTINGS }, 'expectedVersion'],
    ['a version that is none', { settings: DEFAULT_SETTINGS, expectedVersion: -1 }, 'expectedVersion'],
    ['an unknown field', { settings: DEFAULT_SETTINGS, expectedVersion: 0, force: true }, 'force'],
    ['a list', { settings: [], expectedVersion: 0 }, 'theme'],
    ['a long note', { settings: DEFAULT_SETTINGS, expectedVersion: 0, note: 'x'.repeat(501) }, 'note'],
  ])('a request with %s is refused', async (_what, body, field) => {
    const { status, json } = await ask({ method: 'POST', path: '/settings', body });
    expect({ status, field: json.error.field }).toEqual({ status: 400, field });
  });

  test('5,000 sites can be saved, more than 384 KiB cannot', async () => {
    const sites = Array.from({ length: 5_000 }, (_, index) => `https://shop-${index}.example`);
    expect((await save(settingsWith({ allowlist: sites }), 0)).status).toBe(200);
    const { status, json } = await save({ text: 'x'.repeat(400_000) }, 1);
    expect({ status, code: json.error.code }).toEqual({ status: 413, code: 'BODY_TOO_LARGE' });
  });
});
