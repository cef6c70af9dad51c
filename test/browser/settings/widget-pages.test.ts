import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { ANALYTICS, EMBED_ATTEMPTS, INSTALLATION, ROTATIONS } from './answers.ts';
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

const answers = {
  'GET /rotations': ROTATIONS,
  'GET /analytics': ANALYTICS,
  'GET /installation': INSTALLATION,
  'GET /reports': EMBED_ATTEMPTS,
};

async function open(options: SettingsOptions) {
  settings = await openSettings(browser, { ...options, answers: { ...answers, ...options.answers } });
  return settings.view;
}

test('Overview says where the widget is live, what happened today, and gives both snippets', async () => {
  const view = await open({ route: '' });
  await view.getByText('Live on one site').waitFor();
  expect(await view.getByLabel('Today').last().innerText()).toContain('12');
  const snippet = view.locator('.snippet code');
  expect(await snippet.innerText()).toMatch(/^<script async src="https:\/\/widget\.[^"]+\/loader\.js" data-key="PUB_/);
  await view.getByRole('tab', { name: 'One version' }).click();
  expect(await snippet.innerText()).toMatch(/integrity="sha384-[^"]+" crossorigin="anonymous"/);
  expect(await view.getByText('Get started').count()).toBe(0);
});

test('Overview ticks off what a new company has really done', async () => {
  const view = await open({
    route: '',
    settings: (same) => ({ ...same, allowlist: [] }),
    answers: {
      'GET /rotations': { rotations: [], keys: [] },
      'GET /analytics': { ...ANALYTICS, totals: { ...ANALYTICS.totals, messages: 0 } },
    },
  });
  await view.getByText('3 of 3 steps are left.').waitFor();
  await view.getByRole('button', { name: 'Open Sites' }).click();
  await eventually(() => view.locator('h1').innerText()).toBe('Sites');
  await view.getByText('No site may show the widget yet').waitFor();
});

test('Texts keeps each language apart and shows what stands in for an empty text', async () => {
  const view = await open({ route: 'texts' });
  await view.getByRole('button', { name: 'Add a language' }).click();
  const tag = view.getByLabel('Language tag');
  await tag.fill('german!');
  await view.getByRole('button', { name: 'Add', exact: true }).click();
  await view.getByText('“german!” is not a language tag').waitFor();
  await tag.fill('de');
  await view.getByText('This is German.').waitFor();
  await view.getByRole('button', { name: 'Add', exact: true }).click();
  await eventually(async () => (await settings.said('route')).at(-1)?.route).toBe('texts/de');
  const greeting = view.getByLabel('Greeting', { exact: true });
  expect(await greeting.inputValue()).toBe('');
  expect(await greeting.getAttribute('placeholder')).toBe('Hello.');
  await view.getByText('Now visitors see “Hello.”').waitFor();
  await greeting.fill('Hallo.');
  await view.getByText('1 unpublished change').waitFor();
});

test('Texts does not let the default language be without a greeting', async () => {
  const view = await open({ route: 'texts' });
  const greeting = view.getByLabel('Greeting', { exact: true });
  await greeting.fill('');
  await eventually(() => greeting.getAttribute('aria-invalid')).toBe('true');
});

test('Texts offers at most four questions', async () => {
  const view = await open({ route: 'texts' });
  const add = view.getByRole('button', { name: 'Add a question' });
  for (const number of [1, 2, 3, 4]) {
    await add.click();
    await view.getByLabel(`Question ${number}`, { exact: true }).fill(`Why ${number}?`);
  }
  expect(await add.getAttribute('aria-disabled')).toBe('true');
  await view.getByRole('button', { name: 'Remove question 2' }).click();
  expect(await view.getByLabel('Question 2', { exact: true }).inputValue()).toBe('Why 3?');
});

test('Assistant shows the model that answers, and takes instructions and temperature into the draft', async () => {
  const view = await open({ route: 'assistant' });
  await view.getByText('llama3.2').waitFor();
  await view.getByRole('textbox', { name: 'Instructions' }).fill('Be brief.');
  await view.getByLabel('Temperature').fill('3');
  await eventually(() => view.getByLabel('Temperature').getAttribute('aria-invalid')).toBe('true');
  await view.getByLabel('Temperature').fill('0.7');
  await view.getByText('2 unpublished changes').waitFor();
});

test('Sites gives the server’s reason for a line it refuses, and examples for a wildcard', async () => {
  const view = await open({
    route: 'sites',
    answers: {
      'POST /settings/check-site': ({ body }: { body: { site: string } }) =>
        body.site.includes('github')
          ? { kind: 'refused', reason: '"*.github.io" would let anyone in: "github.io" is a public suffix' }
          : { kind: 'accepted', saved: 'https://*.harbour.example' },
    },
  });
  const site = view.getByLabel('Site', { exact: true });
  await site.fill('*.github.io');
  await view.getByText('would let anyone in').first().waitFor();
  await site.press('Enter');
  await site.fill('*.harbour.example');
  await view.getByText('the domain itself is another line').waitFor();
  await site.press('Enter');
  await view.getByText('Not published yet').waitFor();
  expect(await site.inputValue()).toBe('');
});

test('Sites asks before a site with traffic of today goes, and says how much that was', async () => {
  const view = await open({ route: 'sites' });
  await view.getByRole('button', { name: 'Remove https://shop.harbour.example' }).click();
  const dialog = view.getByRole('dialog');
  await dialog.getByText('opened there 30 times').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await view.getByRole('button', { name: 'Remove https://shop.harbour.example' }).click();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await view.getByText('No site may show the widget yet').waitFor();
});

test('Sites lets a refused site in with one click, by the rules for every site', async () => {
  const view = await open({
    route: 'sites',
    answers: { 'POST /settings/check-site': { kind: 'accepted', saved: 'https://copycat.example' } },
  });
  await view.getByRole('button', { name: 'Allow this site: https://copycat.example' }).click();
  await view.getByText('Allowed in your draft').waitFor();
});

test('Limits says what a cap means, and asks for days only where days count', async () => {
  const view = await open({ route: 'limits' });
  await view.getByLabel('For the whole widget').fill('240');
  await view.getByText('about 10 an hour').waitFor();
  await view.getByRole('radio', { name: 'Some days Counted from the last visit.' }).check();
  const days = view.getByLabel('Days', { exact: true });
  await days.fill('500');
  await eventually(() => days.getAttribute('aria-invalid')).toBe('true');
});

test.each([
  ['editor', 'sites', 'Remove https://shop.harbour.example'],
  ['viewer', 'texts', 'Add a language'],
] as const)('for the role %s a control of the page %s is disabled and says why', async (role, route, name) => {
  const view = await open({ role, route });
  const button = view.getByRole('button', { name });
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  const reasonId = (await button.getAttribute('aria-describedby')) ?? '';
  await button.hover();
  const reason = view.locator(`[id="${reasonId}"]`);
  await reason.waitFor();
  expect(await reason.innerText()).toContain(role);
});
