import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { FAKE_SETTINGS } from '../../support/fake-widget.ts';
import { eventually, type OpenSettings, openSettings } from './open-settings.ts';

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

const accent = () => settings.view.getByLabel('Accent');
const button = (name: string) => settings.view.getByRole('button', { name });
const left = (primary: string, baseVersion = 1) => ({
  baseVersion,
  savedAt: '2026-03-12T14:02:00.000Z',
  settings: { ...FAKE_SETTINGS, theme: { ...FAKE_SETTINGS.theme, primary } },
});

function openWith(draft: ReturnType<typeof left>): Promise<OpenSettings> {
  return openSettings(browser, {
    route: 'appearance',
    prepare: ({ widget }) => {
      widget.draft = draft;
    },
  });
}

test('keeps what is edited on the server, and forgets it when it is discarded', async () => {
  settings = await openSettings(browser, { route: 'appearance' });
  await accent().fill('#7a00ff');
  await eventually(() => settings.api.widget.draft).toMatchObject({
    baseVersion: 1,
    settings: { theme: { primary: '#7a00ff' } },
  });
  await accent().fill('#0059ff');
  await eventually(() => settings.api.widget.draft).toBe(null);
});

test('offers after a reload what was left, and goes on with it', async () => {
  settings = await openWith(left('#7a00ff'));
  await settings.view.getByText('You left one change unpublished').waitFor();
  expect(await accent().inputValue()).toBe('#0059ff');
  await button('Go on with it').click();
  expect(await accent().inputValue()).toBe('#7a00ff');
  await settings.view.getByText('1 unpublished change').waitFor();
});

test('keeps an offered draft until the admin decides, though they edit', async () => {
  settings = await openWith(left('#7a00ff'));
  await settings.view.getByText('You left one change unpublished').waitFor();
  await settings.view.getByLabel('Corner radius').fill('7');
  expect(settings.api.widget.draft).toEqual(left('#7a00ff'));
  await button('Go on with it').click();
  await eventually(() => settings.api.widget.draft?.settings.theme).toMatchObject({ primary: '#7a00ff', radius: 7 });
});

test('forgets an offered draft when the admin says so', async () => {
  settings = await openWith(left('#7a00ff'));
  await button('Discard it').click();
  await eventually(() => settings.api.widget.draft).toBe(null);
  expect(await accent().inputValue()).toBe('#0059ff');
});

test('goes on with a draft that began from an older version, and shows both sides', async () => {
  settings = await openSettings(browser, {
    route: 'appearance',
    prepare: ({ widget }) => {
      widget.draft = left('#7a00ff');
      widget.publish((now) => ({ ...now, theme: { ...now.theme, radius: 3 } }));
    },
  });
  await button('Go on with it').click();
  await settings.view.getByText('1 unpublished change').waitFor();
  await button('Review and publish').click();
  await settings.view.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await button('Go on with this choice').click();
  await settings.view.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await eventually(() => settings.api.widget.current()).toMatchObject({
    version: 3,
    settings: { theme: { primary: '#7a00ff', radius: 3 } },
  });
});

test('offers nothing to a viewer, who can have no draft', async () => {
  settings = await openSettings(browser, { route: 'appearance', role: 'viewer' });
  expect(settings.api.requests.map(({ path }) => path)).not.toContain('/draft');
});
