import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { PAGES } from '../../../frame/settings/shell/pages.ts';
import { launchBrowser } from '../../support/browser.ts';
import { ago, EVERY_ANSWER, RETIRING } from './answers.ts';
import { findBarriers } from './find-barriers.ts';
import { eventually, type OpenSettings, openSettings, type SettingsOptions, untilDrawn } from './open-settings.ts';

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

async function open(options: SettingsOptions): Promise<void> {
  settings = await openSettings(browser, { answers: EVERY_ANSWER, ...options });
}

async function openPage(title: string): Promise<void> {
  await settings.view
    .getByRole('navigation')
    .getByRole('button', { name: new RegExp(`^${title}`) })
    .click();
  await eventually(() => settings.view.locator('h1').innerText()).toBe(title);
  await untilDrawn(settings.view);
}

test.each(['light', 'dark'] as const)('no page has a serious barrier in the %s', async (mode) => {
  await open({ appearance: { mode }, context: { colorScheme: mode } });
  for (const { title } of PAGES) {
    await openPage(title);
    expect(await findBarriers(settings.view), title).toEqual([]);
  }
});

test.each(['light', 'dark'] as const)('no page has a serious barrier for a viewer in the %s', async (mode) => {
  await open({ role: 'viewer', appearance: { mode } });
  for (const { title } of PAGES.filter(({ permission }) => permission === undefined)) {
    await openPage(title);
    expect(await findBarriers(settings.view), title).toEqual([]);
  }
});

test('the dialogs of publishing have no serious barrier', async () => {
  await open({ route: 'appearance' });
  await settings.view.getByLabel('Accent').fill('#7a00ff');
  await settings.view.getByRole('button', { name: 'Pick a colour' }).click();
  expect(await findBarriers(settings.view)).toEqual([]);
  await settings.page.keyboard.press('Escape');
  settings.api.widget.publish((now) => ({ ...now, theme: { ...now.theme, primary: '#00aa55' } }));
  await settings.view.getByRole('button', { name: 'Review and publish' }).click();
  await settings.view.locator('.change').waitFor();
  expect(await findBarriers(settings.view)).toEqual([]);
  await settings.view.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await settings.view.locator('.conflict').waitFor();
  expect(await findBarriers(settings.view)).toEqual([]);
});

/** What stands out of the view at its sides, where nobody can scroll to it. */
function findBeyond(): Promise<string[]> {
  return settings.view.evaluate(() =>
    [...document.querySelectorAll('#root *')]
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        const { position, visibility } = getComputedStyle(element);
        const isSeen = width > 1 && (position !== 'absolute' || (visibility === 'visible' && element.matches('.tip')));
        return isSeen && (left < -1 || right > innerWidth + 1);
      })
      .map(({ className, textContent }) => `${className}: ${textContent?.slice(0, 40)}`),
  );
}

test.each(['en', 'ar'])('every page fits a width of 360, in the direction of "%s"', async (locale) => {
  await open({ locale, context: { viewport: { width: 360, height: 740 } } });
  for (const { title } of PAGES) {
    await settings.view.getByRole('button', { name: 'Menu' }).click();
    // The dashboard gives the open menu its room; until then its end is out of reach.
    await eventually(() => settings.view.evaluate('document.documentElement.scrollHeight <= innerHeight')).toBe(true);
    await openPage(title);
    expect(await findBeyond(), title).toEqual([]);
  }
});

test.each([768, 1000])('every page fits a width of %i with long names in its tables', async (width) => {
  const savedBy = { subject: 'maximiliana.wolkenstein@harbour-outfitters.example', role: 'owner' };
  const version = {
    version: 12,
    savedAt: ago(1_000),
    savedBy,
    note: 'Purple for spring',
    sections: ['theme', 'limits'],
  };
  const answers = {
    ...EVERY_ANSWER,
    'GET /rotations': RETIRING,
    'GET /settings/versions': { versions: [version], next: null },
  };
  await open({ answers, context: { viewport: { width, height: 900 } } });
  for (const { title } of PAGES) {
    await openPage(title);
    if (title === 'History') await settings.view.getByText('Purple for spring').waitFor();
    expect(await findBeyond(), title).toEqual([]);
  }
});

test.each(['en', 'ar'])(
  'the reason why a button is locked fits a width of 360, in the direction of "%s"',
  async (locale) => {
    await open({ locale, route: 'sites', context: { viewport: { width: 360, height: 740 } } });
    await settings.view.getByRole('button', { name: 'Allow', exact: true }).focus();
    await eventually(() => settings.view.getByText('Write an address first.').isVisible()).toBe(true);
    expect(await findBeyond()).toEqual([]);
  },
);

test('opens a page by keyboard, and goes on at its title', async () => {
  await open({});
  await settings.view.getByRole('button', { name: 'Texts' }).focus();
  await settings.page.keyboard.press('Enter');
  await eventually(() => settings.view.evaluate(() => document.activeElement?.textContent)).toBe('Texts');
});

test('loads only the code of the pages that were opened', async () => {
  await open({ route: 'limits' });
  const names = () =>
    settings.view.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name.split('/').pop() ?? ''),
    );
  const pages = async () =>
    (await names()).filter((name) => /-page-/.test(name)).map((name) => name.replace(/-page-.*/, ''));
  expect(await pages()).toEqual(['limits']);
  await openPage('Texts');
  expect(await pages()).toEqual(['limits', 'texts']);
});
