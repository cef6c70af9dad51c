import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { AUDIT_LOG, AUDIT_VERIFICATION, ago, INSTALLATION, RETIRING, ROTATIONS } from './answers.ts';
import { eventually, type OpenSettings, openSettings, type SettingsOptions } from './open-settings.ts';

let browser: Browser;
let settings: OpenSettings;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
afterEach(async () => {
  expect(settings.problems).toEqual([]);
  await settings.close();
});

const NEW_KEY = 'PUB_FRAME1FRAME1FRAME1FRAM0yuvw7';
const rotated = (target: 'public' | 'signing', secret?: string) => ({
  rotation: RETIRING.rotations[0],
  key: { id: target === 'public' ? NEW_KEY : 'signing-0123456789ab', target, ...(secret && { secret }) },
});

async function open(options: SettingsOptions) {
  settings = await openSettings(browser, {
    ...options,
    answers: { 'GET /installation': INSTALLATION, 'GET /rotations': ROTATIONS, ...options.answers },
  });
  return settings.view;
}

test('Keys shows a new secret once, and lets the dialog go only when it is kept', async () => {
  const view = await open({ route: 'keys', answers: { 'POST /rotate-key': rotated('signing', 'SIG_of-the-test') } });
  await view.getByRole('button', { name: 'Rotate the signing key' }).click();
  await view.getByLabel('Reason').fill('The agency left');
  await view.getByRole('button', { name: 'Make a new key' }).click();
  await view.getByText('SIG_of-the-test').waitFor();
  const sent = settings.api.requests.find(({ path }) => path === '/rotate-key');
  expect(sent?.body).toEqual({ target: 'signing', overlapSeconds: 86_400, reason: 'The agency left' });
  const done = view.getByRole('button', { name: 'Done' });
  expect(await done.getAttribute('aria-disabled')).toBe('true');
  await settings.page.keyboard.press('Escape');
  await view.getByText('SIG_of-the-test').waitFor();
  await view.getByRole('switch', { name: 'I keep it myself' }).click();
  await done.click();
  await eventually(() => view.getByText('SIG_of-the-test').count()).toBe(0);
});

test('Keys gives the new snippet after a rotation of the public key', async () => {
  const view = await open({ route: 'keys', answers: { 'POST /rotate-key': rotated('public') } });
  await view.getByRole('button', { name: 'Rotate the public key' }).click();
  await view.getByRole('combobox', { name: 'Overlap' }).click();
  await view.getByRole('option', { name: 'None: the old key stops at once' }).click();
  await view.getByText('lose the widget within five seconds').waitFor();
  await view.getByRole('button', { name: 'Make a new key' }).click();
  await view.getByText(`data-key="${NEW_KEY}"`).waitFor();
});

test('Keys keeps what was typed when a rotation is refused, and says why', async () => {
  const view = await open({
    route: 'keys',
    prepare: (api) => api.refuse('POST /rotate-key', 'ROTATION_CONFLICT'),
  });
  await view.getByRole('button', { name: 'Rotate the public key' }).click();
  await view.getByLabel('Reason').fill('The agency left');
  await view.getByRole('button', { name: 'Make a new key' }).click();
  await view.getByRole('dialog').getByRole('alert').waitFor();
  expect(await view.getByLabel('Reason').inputValue()).toBe('The agency left');
});

test('Keys shows who still uses an old key, and revokes it only after saying what follows', async () => {
  const view = await open({
    route: 'keys',
    answers: {
      'GET /rotations': RETIRING,
      [`POST /rotations/${RETIRING.rotations[0]?.id}/revoke`]: { rotation: RETIRING.rotations[0] },
    },
  });
  await view.getByText('Retires').waitFor();
  await view.getByText('"https://blog.harbour.example" used it').waitFor();
  await view.getByRole('button', { name: /^Revoke PUB_/ }).click();
  const dialog = view.getByRole('dialog');
  await dialog.getByText('lose the widget within five seconds').waitFor();
  await dialog.getByRole('button', { name: 'Revoke now' }).click();
  await view.getByText('is revoked.').waitFor();
});

const version = (number: number) => ({
  version: number,
  savedAt: ago(number * 1_000),
  savedBy: { subject: 'grace', role: 'admin' },
  note: number === 2 ? 'Spring colours' : '',
  sections: ['theme'],
});

test('History lists what was published part by part, and compares any two versions in words', async () => {
  const view = await open({
    route: 'history',
    answers: {
      'GET /settings/versions': ({ query }: { query: URLSearchParams }) =>
        query.get('before') === '2'
          ? { versions: [version(1)], next: null }
          : { versions: [version(3), version(2)], next: 2 },
      'GET /settings/versions/3/diff': {
        from: 2,
        to: 3,
        changes: [{ kind: 'value', path: 'theme.primary', before: '#0059ff', after: '#7a00ff' }],
      },
    },
  });
  await view.getByText('The newest 2 versions').waitFor();
  await view.getByRole('button', { name: 'Older' }).click();
  await view.getByText('Page 2 of the versions, the last').waitFor();
  expect(await view.getByRole('row').count()).toBe(2);
  await view.getByRole('button', { name: 'Newer' }).click();
  await view.getByRole('button', { name: 'Changes of version 3' }).click();
  await eventually(async () => (await settings.said('route')).at(-1)?.route).toBe('history/3');
  await eventually(() => view.locator('.changes').innerText()).toMatch(/Primary colour[\s\S]+#0059ff[\s\S]+#7a00ff/);
});

test('History and Audit log draw one page of a list, however long it is', async () => {
  const numbers = (before: number) => Array.from({ length: 50 }, (_, index) => before - 1 - index);
  const beforeOf = (query: URLSearchParams) => Number(query.get('before') ?? 1_001);
  const view = await open({
    route: 'history',
    prepare: ({ widget }) => widget.publish((now) => ({ ...now, theme: { ...now.theme, radius: 4 } })),
    answers: {
      'GET /settings/versions': ({ query }: { query: URLSearchParams }) => {
        const before = beforeOf(query);
        return { versions: numbers(before).map(version), next: before > 51 ? before - 50 : null };
      },
      'GET /audit-log': ({ query }: { query: URLSearchParams }) => {
        const before = beforeOf(query);
        const entry = AUDIT_LOG.entries[0] ?? expect.fail('no entry');
        return { entries: numbers(before).map((seq) => ({ ...entry, seq })), next: before > 51 ? before - 50 : null };
      },
      'GET /audit-log/verification': AUDIT_VERIFICATION,
    },
  });
  for (const [title, what] of [
    ['History', 'versions'],
    ['Audit log', 'entries'],
  ] as const) {
    await view.getByRole('navigation').getByRole('button', { name: title }).click();
    await view.getByText(`The newest 50 ${what}`).waitFor();
    for (let page = 2; page <= 20; page++) {
      await view.getByRole('button', { name: 'Older' }).click();
      await view.getByText(page === 20 ? `Page 20 of the ${what}, the last` : `Page ${page} of the ${what}`).waitFor();
      await eventually(() => view.locator('tbody tr').count()).toBe(50);
    }
    expect(await view.getByRole('button', { name: 'Older' }).count()).toBe(0);
    await eventually(() => view.evaluate('document.activeElement.tagName')).toBe('H2');
  }
});

test('History restores an old version as a new one', async () => {
  const view = await open({
    route: 'history',
    prepare: ({ widget }) => widget.publish((now) => ({ ...now, theme: { ...now.theme, radius: 4 } })),
    answers: { 'GET /settings/versions': { versions: [version(2), version(1)], next: null } },
  });
  await view.getByRole('button', { name: 'Restore version 1' }).click();
  await view.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
  await view.getByText('Version 1 is live again, as version 3.').waitFor();
  await eventually(() => settings.said('saved')).toEqual([{ t: 'saved', version: 3 }]);
});

test('History follows what somebody else published meanwhile, so that the next try restores', async () => {
  const view = await open({
    route: 'history',
    prepare: ({ widget }) => widget.publish((now) => ({ ...now, theme: { ...now.theme, radius: 4 } })),
    answers: { 'GET /settings/versions': { versions: [version(2), version(1)], next: null } },
  });
  settings.api.widget.publish((now) => ({ ...now, theme: { ...now.theme, radius: 8 } }));
  await view.getByRole('button', { name: 'Restore version 1' }).click();
  await view.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
  await eventually(() => view.getByText('Live', { exact: true }).count()).toBe(0);
  await view.getByRole('button', { name: 'Restore version 1' }).click();
  await view.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
  await view.getByText('Version 1 is live again, as version 4.').waitFor();
});

test('Audit log says in words whether it is intact, and asks for what is filtered', async () => {
  const view = await open({
    route: 'audit',
    answers: { 'GET /audit-log': AUDIT_LOG, 'GET /audit-log/verification': AUDIT_VERIFICATION },
  });
  await view.getByText('The log is as it was written').waitFor();
  await view.getByText('Version 2: Appearance').waitFor();
  await view.getByLabel('From').fill('2026-02-31');
  await view.getByText('“2026-02-31” is no day').waitFor();
  await view.getByLabel('From').fill('2026-02-28');
  await view.getByLabel('Person').fill('grace');
  const asked = () => settings.api.requests.filter(({ path }) => path === '/audit-log').at(-1)?.query;
  await eventually(() => asked()?.get('actor')).toBe('grace');
  await eventually(() => asked()?.get('from')).toBe(new Date(2026, 1, 28).toISOString());
});

test('Audit log says where it was changed', async () => {
  const view = await open({
    route: 'audit',
    answers: {
      'GET /audit-log': AUDIT_LOG,
      'GET /audit-log/verification': { isIntact: false, checked: 4, brokenAt: 5, head: null },
    },
  });
  await view.getByText('Entry 5 is missing or not as it was written.').waitFor();
});

test('Audit log is there for owners only', async () => {
  const view = await open({ role: 'admin', route: 'audit' });
  expect(await view.getByRole('button', { name: 'Audit log' }).count()).toBe(0);
  await eventually(() => view.locator('h1').innerText()).toBe('Overview');
});
