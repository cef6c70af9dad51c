import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { PAGES } from '../../../frame/settings/shell/pages.ts';
import { launchBrowser } from '../../support/browser.ts';
import { EVERY_ANSWER } from './answers.ts';
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

test.each(['en', 'ar'])('every page fits a width of 360, in the direction of "%s"', async (locale) => {
  await open({ locale, context: { viewport: { width: 360, height: 740 } } });
  for (const { title } of PAGES) {
    await settings.view.getByRole('button', { name: 'Menu' }).click();
    await openPage(title);
    const beyond = await settings.view.evaluate(() =>
      [...document.querySelectorAll('#root *')]
        .filter((element) => {
          const { left, right, width } = element.getBoundingClientRect();
          return (
            width > 1 && (left < -1 || right > innerWidth + 1) && getComputedStyle(element).position !== 'absolute'
          );
        })
        .map(({ className, textContent }) => `${className}: ${textContent?.slice(0, 40)}`),
    );
    expect(beyond, title).toEqual([]);
  }
});

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
