import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { eventually, fakeToken, type OpenSettings, openSettings } from './open-settings.ts';

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
const title = () => settings.view.locator('h1').innerText();

test('opens the page that the dashboard names, with a token of the dashboard', async () => {
  const token = fakeToken('ada');
  settings = await openSettings(browser, { route: 'appearance', token });
  expect(await title()).toBe('Appearance');
  expect(await accent().inputValue()).toBe('#0059ff');
  expect(new Set(settings.api.requests.map(({ token }) => token))).toEqual(new Set([token]));
  expect(settings.api.requests.map(({ query }) => query.get('widget'))).not.toContain(null);
});

test('puts an address right that names no page', async () => {
  settings = await openSettings(browser, { route: 'nothing/here' });
  await eventually(() => settings.said('route')).toEqual([{ t: 'route', route: '', isReplaced: true }]);
});

test('tells the dashboard how many changes are unpublished', async () => {
  settings = await openSettings(browser, { route: 'appearance' });
  await accent().fill('#7a00ff');
  await settings.view.getByText('1 unpublished change').waitFor();
  await eventually(async () => (await settings.said('unsaved')).at(-1)).toEqual({ t: 'unsaved', count: 1 });
  await settings.view.getByRole('button', { name: 'Discard' }).click();
  await settings.view.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
  expect(await accent().inputValue()).toBe('#0059ff');
  await eventually(async () => (await settings.said('unsaved')).at(-1)).toEqual({ t: 'unsaved', count: 0 });
});

test('keeps what was typed when a dialog is escaped from, and gives the focus back', async () => {
  settings = await openSettings(browser, { route: 'appearance' });
  await accent().fill('#7a00ff');
  await settings.view.getByRole('button', { name: 'Discard' }).click();
  await settings.page.keyboard.press('Escape');
  expect(await accent().inputValue()).toBe('#7a00ff');
  await eventually(() => settings.view.evaluate(() => document.activeElement?.textContent)).toBe('Discard');
});

test('is as high as its content, so that only the dashboard scrolls', async () => {
  settings = await openSettings(browser, { route: 'appearance', context: { viewport: { width: 360, height: 640 } } });
  const overflow = () =>
    settings.view.evaluate(() => {
      const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.documentElement;
      return [scrollHeight - clientHeight, scrollWidth - clientWidth];
    });
  await eventually(overflow).toEqual([0, 0]);
});

test('looks as the dashboard says, and follows when that changes', async () => {
  settings = await openSettings(browser, { appearance: { mode: 'dark', background: '#112233' } });
  const background = () => settings.view.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await background()).toBe('rgb(17, 34, 51)');
  await settings.say({ t: 'appearance', appearance: { mode: 'light' } });
  await eventually(background).toBe('rgb(247, 248, 250)');
});

test('is laid out from the right in a language that is', async () => {
  settings = await openSettings(browser, { locale: 'ar' });
  const [nav, main] = await Promise.all(['nav', 'main'].map((one) => settings.view.locator(one).boundingBox()));
  expect(nav?.x).toBeGreaterThan(main?.x ?? 0);
});

test('keeps publishing at hand where the title bar is scrolled away', async () => {
  settings = await openSettings(browser, { route: 'appearance', context: { viewport: { width: 1280, height: 500 } } });
  await accent().fill('#7a00ff');
  const publish = () => settings.view.getByRole('button', { name: 'Review and publish' });
  const topOnScreen = () =>
    publish()
      .boundingBox()
      .then((box) => box?.y ?? -1);
  await eventually(() => settings.page.evaluate('document.documentElement.scrollHeight')).toBeGreaterThan(1_200);
  await settings.page.mouse.move(600, 300);
  await settings.page.mouse.wheel(0, 600);
  await eventually(() => settings.view.locator('.following-bar').count()).toBe(1);
  await eventually(topOnScreen).toBeGreaterThan(0);
  expect(await topOnScreen()).toBeLessThan(100);
  await publish().click();
  // A dialog stands in the part that is seen, all of it.
  const dialog = settings.view.getByRole('dialog');
  await eventually(async () => (await dialog.boundingBox())?.y ?? -1).toBeGreaterThanOrEqual(0);
  await eventually(async () => {
    const { y, height } = (await dialog.boundingBox()) ?? { y: 0, height: Number.NaN };
    return y + height;
  }).toBeLessThanOrEqual(500);
});
