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
const button = (name: string) => settings.view.getByRole('button', { name });
const ended = () => settings.view.getByText('Your sign-in has ended');

test('waits for a sign-in from the beginning, and opens when there is one', async () => {
  settings = await openSettings(browser, { route: 'appearance', token: null });
  await ended().waitFor();
  await eventually(() => settings.said('error')).toEqual([{ t: 'error', code: 'SIGN_IN_ENDED' }]);
  expect(settings.api.requests).toEqual([]);
  await settings.setToken(fakeToken('ada'));
  await settings.say({ t: 'signed-in' });
  await accent().waitFor();
  expect(await ended().count()).toBe(0);
});

test('goes on with a fresh token when the server says that the first has ended', async () => {
  const first = fakeToken('first');
  settings = await openSettings(browser, { route: 'appearance', token: first });
  settings.api.expiredTokens.add(first);
  const second = fakeToken('second');
  await settings.setToken(second);
  await accent().fill('#7a00ff');
  await eventually(() => settings.api.widget.draft?.settings.theme).toMatchObject({ primary: '#7a00ff' });
  expect(settings.api.requests.at(-1)?.token).toBe(second);
  expect(await ended().count()).toBe(0);
});

test('keeps every edit while the sign-in has ended, and publishes when a token comes', async () => {
  const first = fakeToken('first');
  settings = await openSettings(browser, { route: 'appearance', token: first });
  await settings.setToken(null);
  settings.api.expiredTokens.add(first);
  await accent().fill('#7a00ff');
  await settings.view.getByText('Your unpublished changes are safe here.').waitFor();
  await accent().fill('#7a00aa');
  await button('Review and publish').click();
  await settings.view.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await settings.setToken(fakeToken('second'));
  await settings.say({ t: 'signed-in' });
  await eventually(() => settings.api.widget.current()).toMatchObject({
    version: 2,
    settings: { theme: { primary: '#7a00aa' } },
  });
});

test('does not publish when a token comes, if the admin went on editing instead of waiting', async () => {
  const first = fakeToken('first');
  settings = await openSettings(browser, { route: 'appearance', token: first });
  await accent().fill('#7a00ff');
  await eventually(() => settings.api.widget.draft?.settings.theme).toMatchObject({ primary: '#7a00ff' });
  await settings.setToken(null);
  settings.api.expiredTokens.add(first);
  await button('Review and publish').click();
  const dialog = settings.view.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Publish' }).click();
  await ended().waitFor();
  await dialog.getByRole('button', { name: 'Keep editing' }).click();
  await settings.setToken(fakeToken('second'));
  await settings.say({ t: 'signed-in' });
  await accent().fill('#7a00aa');
  await eventually(() => settings.api.widget.draft?.settings.theme).toMatchObject({ primary: '#7a00aa' });
  expect(settings.api.widget.current().version).toBe(1);
  await button('Review and publish').click();
  await dialog.getByRole('button', { name: 'Publish' }).click();
  await eventually(() => settings.api.widget.current().version).toBe(2);
});

test('asks again when the admin says that they are signed in', async () => {
  settings = await openSettings(browser, { route: 'appearance', token: null });
  await ended().waitFor();
  await settings.setToken(fakeToken('ada'));
  await button('Try again').click();
  await accent().waitFor();
});

test('asks for a new token before the old one ends', async () => {
  settings = await openSettings(browser, { route: 'appearance', token: fakeToken('short', 4) });
  const count = async () => (await settings.said('token-needed')).length;
  const before = await count();
  await settings.setToken(fakeToken('next'));
  await eventually(count).toBeGreaterThan(before);
});

test('never puts the token into an address or a storage', async () => {
  const token = fakeToken('secret');
  settings = await openSettings(browser, { route: 'appearance', token });
  await accent().fill('#7a00ff');
  await eventually(() => settings.api.widget.draft).not.toBe(null);
  const kept = await settings.view.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]),
  );
  const addresses = settings.api.requests.map(({ path, query }) => `${path}?${query}`).join();
  expect(kept + addresses).not.toContain(token.split('.')[1]);
});
