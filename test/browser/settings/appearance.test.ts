import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { toHsv } from '../../../frame/settings/ui/hsv.ts';
import { parseColour } from '../../../shared/colour.ts';
import { launchBrowser } from '../../support/browser.ts';
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
const button = (name: string | RegExp) => settings.view.getByRole('button', { name });
/** The draft as the server has it. */
const draft = () => settings.api.widget.draft?.settings;

test('picks a colour by keyboard alone', async () => {
  settings = await openSettings(browser, { route: 'appearance' });
  await button('Pick a colour').press('Enter');
  const hue = settings.view.getByRole('slider', { name: 'Hue' });
  const before = Number(await hue.getAttribute('aria-valuenow'));
  await hue.press('Shift+ArrowRight');
  await eventually(async () => Number(await hue.getAttribute('aria-valuenow'))).toBe(before + 10);
  const picked = await accent().inputValue();
  expect(picked).toMatch(/^#[0-9a-f]{6}$/);
  expect(picked).not.toBe('#0059ff');
  await hue.press('Escape');
  await eventually(() => settings.view.getByRole('slider').count()).toBe(0);
  expect(await button('Pick a colour').evaluate((element) => element === document.activeElement)).toBe(true);
});

test('picks a colour by pointer', async () => {
  settings = await openSettings(browser, { route: 'appearance' });
  await button('Pick a colour').click();
  // In the middle of the area, where both are half.
  await settings.view.locator('.picker-area').click();
  await eventually(async () => {
    const { saturation, value } = toHsv(parseColour(await accent().inputValue()));
    return [Math.round(saturation * 10), Math.round(value * 10)];
  }).toEqual([5, 5]);
});

test('says the contrast of what follows, and mends it with one click', async () => {
  settings = await openSettings(browser, { route: 'appearance' });
  await accent().fill('#ffd400');
  await settings.view.getByText(/^Buttons 1\.\d : 1 fails$/).waitFor();
  await button(/the nearest that passes/).click();
  await eventually(() => settings.view.getByText(/fails/).count()).toBe(0);
  expect(await accent().inputValue()).not.toBe('#ffd400');
  expect(await button(/the nearest that passes/).count()).toBe(0);
});

test('takes a colour as people paste it', async () => {
  settings = await openSettings(browser, { route: 'appearance' });
  await accent().fill(' 7A00FF ');
  await eventually(() => accent().inputValue()).toBe('#7a00ff');
});

test('edits everything that the widget looks like', async () => {
  settings = await openSettings(browser, { route: 'appearance' });
  const { view } = settings;
  await view.locator('.page-body').getByRole('radio', { name: 'Dark' }).check();
  await view.getByLabel('Corner radius').fill('8');
  await view.getByRole('radio', { name: 'Spark' }).check();
  await view.getByLabel('Label', { exact: true }).fill('Ask us');
  await view.getByRole('radio', { name: 'Start' }).check();
  await view.getByLabel('Distance from the side').fill('10');
  await view.getByLabel('Distance from the bottom').fill('80');
  await view.getByLabel('Stacking order').fill('99');
  await view.getByRole('switch', { name: 'Wallet' }).click();
  await view.getByRole('combobox', { name: 'Font' }).click();
  await view.getByRole('option', { name: 'With serifs' }).click();
  await eventually(draft).toMatchObject({
    theme: {
      mode: 'dark',
      radius: 8,
      font: 'serif',
      position: 'start',
      offsetSide: 10,
      offsetBottom: 80,
      zIndex: 99,
    },
    launcher: { icon: 'spark' },
    locales: { en: { launcherLabel: 'Ask us' } },
    features: { chat: true, wallet: true },
  });
});

test('keeps what was typed in a number, though it is none', async () => {
  settings = await openSettings(browser, { route: 'appearance' });
  const radius = settings.view.getByLabel('Corner radius');
  await radius.fill('2o');
  await settings.view.getByText('Use a number.').waitFor();
  expect(await radius.inputValue()).toBe('2o');
  await radius.fill('41');
  await settings.view.getByText('The most is 40.').waitFor();
  await radius.fill('40');
  await settings.page.keyboard.press('ArrowUp');
  expect(await radius.inputValue()).toBe('40');
  await settings.page.keyboard.press('ArrowDown');
  expect(await radius.inputValue()).toBe('39');
});

test('chooses from a list by its first letters', async () => {
  settings = await openSettings(browser, { route: 'appearance' });
  await settings.view.getByRole('combobox', { name: 'Font' }).focus();
  await settings.page.keyboard.press('Enter');
  await settings.page.keyboard.type('of');
  await settings.page.keyboard.press('Enter');
  await eventually(draft).toMatchObject({ theme: { font: 'mono' } });
});

test('tells an editor why features are not theirs, and lets them change the rest', async () => {
  settings = await openSettings(browser, { route: 'appearance', role: 'editor' });
  const wallet = settings.view.getByRole('switch', { name: 'Wallet' });
  await wallet.click({ force: true });
  expect(await wallet.getAttribute('aria-checked')).toBe('false');
  const reason = await wallet.evaluate((element) =>
    (element.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent)
      .join(' '),
  );
  expect(reason).toContain('Your role is editor. This needs an owner or an admin.');
  await accent().fill('#7a00ff');
  await settings.view.getByText('1 unpublished change').waitFor();
});

test('lets a viewer see everything and change nothing', async () => {
  settings = await openSettings(browser, { route: 'appearance', role: 'viewer' });
  const { view } = settings;
  expect(await accent().getAttribute('readonly')).not.toBe(null);
  for (const control of await view.locator('.page-body :is(input, [role=switch], [role=combobox])').all()) {
    expect(await control.getAttribute('aria-disabled')).toBe('true');
    await control.click({ force: true });
  }
  await view.getByLabel('Corner radius').focus();
  await settings.page.keyboard.press('ArrowUp');
  await view.locator('.page-body').getByRole('radio', { name: 'Light' }).focus();
  await settings.page.keyboard.press('ArrowRight');
  expect(await view.getByText(/unpublished/).count()).toBe(0);
});
