import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Settings } from '../../../shared/settings.ts';
import { launchBrowser } from '../../support/browser.ts';
import { FakeRefusal } from '../../support/fake-answer.ts';
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
const radius = () => settings.view.getByLabel('Corner radius');
const button = (name: string | RegExp) => settings.view.getByRole('button', { name });
const dialog = () => settings.view.getByRole('dialog');
const published = () => settings.api.widget.current();
const withColour = (primary: string) => (now: Settings) => ({ ...now, theme: { ...now.theme, primary } });

async function openAndEdit(): Promise<void> {
  settings = await openSettings(browser, { route: 'appearance' });
  await accent().fill('#7a00ff');
}

async function review(): Promise<void> {
  await button('Review and publish').click();
  await dialog().waitFor();
}

test('shows in words what is published, and publishes it with a note', async () => {
  await openAndEdit();
  await review();
  const change = dialog().locator('.change');
  expect((await change.innerText()).replace(/\s+/g, ' ')).toBe('Primary colour #0059ff → #7a00ff');
  await dialog().getByLabel('Note').fill('Autumn');
  await dialog().getByRole('button', { name: 'Publish' }).click();
  await eventually(() => settings.said('saved')).toEqual([{ t: 'saved', version: 2 }]);
  expect(published()).toMatchObject({ version: 2, note: 'Autumn', settings: { theme: { primary: '#7a00ff' } } });
  expect(await button('Review and publish').count()).toBe(0);
});

test('takes a publish back with one click', async () => {
  await openAndEdit();
  await review();
  await dialog().getByRole('button', { name: 'Publish' }).click();
  await button('Undo').click();
  await settings.view.getByText('The version before is back.').waitFor();
  expect(published()).toMatchObject({ version: 3, settings: { theme: { primary: '#0059ff' } } });
  expect(await accent().inputValue()).toBe('#0059ff');
});

test('says that nothing was lost when a publish fails, and goes on', async () => {
  await openAndEdit();
  await review();
  settings.api.refuse('POST /settings', 'STORE_UNAVAILABLE');
  await dialog().getByLabel('Note').fill('Autumn');
  await dialog().getByRole('button', { name: 'Publish' }).click();
  await dialog().getByText('Your changes are safe here.').waitFor();
  await dialog().getByRole('button', { name: 'Publish' }).click();
  await eventually(() => published().note).toBe('Autumn');
});

test('leads from the summary to the field that is wrong', async () => {
  await openAndEdit();
  await accent().fill('#12');
  await button('Review and publish').click();
  const summary = settings.view.locator('.summary');
  await eventually(() => summary.evaluate((element) => element === document.activeElement)).toBe(true);
  await summary.getByRole('button', { name: 'Primary colour' }).click();
  expect(await accent().evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await accent().getAttribute('aria-invalid')).toBe('true');
  expect(settings.api.requests.filter(({ method }) => method === 'POST')).toEqual([]);
});

test('shows what the server refuses at its field, until that is edited', async () => {
  await openAndEdit();
  await review();
  const problems = [{ field: 'theme.radius', message: 'Too round for us.' }];
  settings.api.answer('POST /settings', new FakeRefusal('INVALID_REQUEST', { problems }));
  await dialog().getByRole('button', { name: 'Publish' }).click();
  await settings.view.locator('.field-error', { hasText: 'Too round for us.' }).waitFor();
  await radius().fill('12');
  await eventually(() => settings.view.getByText('Too round for us.').count()).toBe(0);
  expect(await accent().inputValue()).toBe('#7a00ff');
});

test.each<['Yours' | 'Theirs', string]>([
  ['Yours', '#7a00ff'],
  ['Theirs', '#00aa55'],
])('lets the admin take %s when somebody else changed the same', async (side, expected) => {
  await openAndEdit();
  await radius().fill('8');
  settings.api.widget.publish(withColour('#00aa55'));
  await review();
  await dialog().getByRole('button', { name: 'Publish' }).click();
  await settings.view.getByText('Somebody published while you were editing').waitFor();
  await dialog().getByText('Version 2 is by grace').waitFor();
  const colour = dialog().getByRole('radiogroup', { name: 'Primary colour' });
  await colour.getByRole('radio', { name: side }).check();
  await button('Go on with this choice').click();
  await dialog().getByText('Publish these changes').waitFor();
  await dialog().getByRole('button', { name: 'Publish' }).click();
  await eventually(() => published().version).toBe(3);
  expect(published().settings.theme).toMatchObject({ primary: expected, radius: 8 });
});

test('keeps both sides when the admin puts the decision off', async () => {
  await openAndEdit();
  settings.api.widget.publish(withColour('#00aa55'));
  await review();
  await dialog().getByRole('button', { name: 'Publish' }).click();
  await button('Decide later').click();
  expect(await accent().inputValue()).toBe('#7a00ff');
  expect(published()).toMatchObject({ version: 2, settings: { theme: { primary: '#00aa55' } } });
});
