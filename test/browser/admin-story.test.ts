import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseOrigin } from '../../shared/origin.ts';
import { launchBrowser } from '../support/browser.ts';
import { type HostileSites, startHostileSites } from '../support/hostile-sites.ts';
import { type Casement, startCasement } from '../support/start-casement.ts';

// The story of an admin's day, on what `npm start` begins with: each test goes on where the one before ended.

const freePort = (name: string) => ({
  origin: parseOrigin(`http://${name}.localhost:0`) ?? expect.fail('not an origin'),
  port: 0,
});
const GREETING = 'Ahoy. What are you looking for?';

let casement: Casement;
let sites: HostileSites;
let browser: Browser;
let dashboard: Page;
let shop: Page;
let secondShop: Page;
const problems: string[] = [];

beforeAll(async () => {
  const demoDashboard = freePort('dashboard');
  const config = { demo: freePort('shop'), demoDashboard, dashboardOrigins: [demoDashboard.origin] };
  casement = await startCasement({ assets: 'built', config });
  sites = await startHostileSites();
  browser = await launchBrowser();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  [dashboard, shop, secondShop] = [await context.newPage(), await context.newPage(), await context.newPage()];
  for (const page of [dashboard, shop, secondShop]) {
    page.on('pageerror', ({ message }) => problems.push(message));
    page.on('console', (message) => {
      if (/security policy|trusted|integrity/i.test(message.text())) problems.push(message.text());
    });
  }
});
afterAll(async () => {
  await browser.close();
  await sites.stop();
  await casement.stop();
});

/** Waits for a fact; a machine that is busy with other things gets the time it needs. */
const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 30_000 });

async function frameOf(page: Page, start: string): Promise<Frame> {
  await eventually(() => page.frames().some((frame) => frame.url().startsWith(start))).toBe(true);
  return page.frames().find((frame) => frame.url().startsWith(start)) ?? expect.fail('no frame');
}
const settings = () => frameOf(dashboard, `${casement.settingsOrigin}/settings/`);
const preview = () => frameOf(dashboard, `${casement.origin}/preview/`);
const chatIn = (page: Page) => frameOf(page, `${casement.origin}/frame/`);

async function go(page: string): Promise<Frame> {
  const view = await settings();
  await view.locator('.nav-link', { hasText: page }).click();
  await eventually(() => view.locator('h1').innerText()).toBe(page);
  return view;
}

const accentOf = (frame: Frame) =>
  frame.evaluate(() => document.documentElement.style.getPropertyValue('--accent').trim());

async function publish(view: Frame, note: string): Promise<void> {
  await view.getByRole('button', { name: 'Review and publish' }).click();
  const dialog = view.getByRole('dialog');
  await dialog.getByLabel('Note').fill(note);
  await dialog.getByRole('button', { name: /^Publish/ }).click();
  await eventually(() => view.getByRole('dialog').count()).toBe(0);
}

test('the owner signs in to the company’s own dashboard and finds the settings of the widget in it', async () => {
  await dashboard.goto(casement.server.config.demoDashboard?.origin ?? expect.fail('no dashboard'));
  await dashboard.getByLabel('Email').fill('ada@harbour.example');
  await dashboard.getByLabel('Password').fill('ada-anchor');
  await dashboard.getByRole('button', { name: 'Sign in' }).click();
  await dashboard.getByRole('link', { name: /chat/i }).first().click();
  const view = await settings();
  await eventually(() => view.locator('h1').innerText()).toBe('Overview');
});

test('a visitor has the chat open in the shop, with a message half written', async () => {
  await shop.goto(casement.server.config.demo?.origin ?? expect.fail('no shop'));
  await shop.waitForFunction('!!window.Casement?.open');
  await shop.evaluate('Casement.open()');
  const chat = await chatIn(shop);
  await chat.getByText('How can we help?').waitFor();
  await chat.fill('textarea', 'Do you rep');
});

test('the owner changes colour and greeting and sees both in the preview, before anybody else does', async () => {
  const view = await go('Appearance');
  await view.getByLabel('Accent', { exact: true }).fill('#7a00ff');
  await eventually(async () => accentOf(await preview())).toBe('rgb(122 0 255)');
  await go('Texts');
  await view.getByLabel('Greeting', { exact: true }).fill(GREETING);
  await (await preview()).getByText(GREETING).waitFor();
  expect(await (await chatIn(shop)).getByText(GREETING).count()).toBe(0);
});

test('the chat in the preview answers', async () => {
  const frame = await preview();
  await frame.fill('textarea', 'What does Casement cost?');
  await frame.press('textarea', 'Enter');
  await frame.locator('.markdown', { hasText: 'free software' }).waitFor({ timeout: 30_000 });
});

test('a publish shows what changes, and the shop’s open chat follows without a reload or a lost word', async () => {
  const view = await settings();
  await view.getByRole('button', { name: 'Review and publish' }).click();
  const changes = view.getByRole('dialog').locator('.changes');
  await eventually(() => changes.innerText()).toMatch(/Primary colour[\s\S]+#0f5c6e[\s\S]+#7a00ff/);
  await dashboard.keyboard.press('Escape');
  await publish(view, 'Purple for spring');
  const chat = await chatIn(shop);
  await eventually(() => accentOf(chat)).toBe('rgb(122 0 255)');
  await chat.getByText(GREETING).waitFor();
  expect(await chat.inputValue('textarea')).toBe('Do you rep');
});

test('the version before is restored from the history, and the shop follows again', async () => {
  const view = await go('History');
  await view.getByRole('button', { name: 'Restore version 1' }).click();
  await view.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
  await view.getByText('Version 1 is live again, as version 3.').waitFor();
  await (await chatIn(shop)).getByText('How can we help?').waitFor({ timeout: 30_000 });
});

test('an article that the owner writes is what the assistant cites in the shop', async () => {
  const view = await go('Knowledge');
  await view.getByRole('button', { name: 'New article' }).click();
  await view.getByLabel('Title').fill('Sail repairs');
  await view.getByLabel('Text', { exact: true }).fill('A torn sail is mended in our loft within twelve days.');
  await view.getByRole('button', { name: 'Save article' }).click();
  await view.getByText('The assistant knows it from now on.').waitFor();

  const chat = await chatIn(shop);
  await chat.fill('textarea', 'Do you repair a torn sail?');
  await chat.press('textarea', 'Enter');
  await chat.locator('.markdown', { hasText: 'within twelve days' }).waitFor({ timeout: 30_000 });
  const source = chat.getByRole('list', { name: 'Sources' }).getByRole('button', { name: 'Sail repairs' });
  await source.click();
  await chat.getByRole('blockquote').getByText('mended in our loft').waitFor();
});

test('a second shop is allowed, and has the widget', async () => {
  const { publicKey } = casement.server.demo ?? expect.fail('no demo');
  const snippet = `<script async src="${casement.origin}/loader.js" data-key="${publicKey}"></script>`;
  const url = sites.publish('outlet', { body: `<!doctype html><title>Outlet</title>${snippet}` });
  const view = await go('Sites');
  await view.getByLabel('Site', { exact: true }).fill(sites.origin('outlet'));
  await view.getByRole('button', { name: 'Allow', exact: true }).click();
  await publish(view, 'The outlet as well');
  await secondShop.goto(url);
  await secondShop.waitForFunction('!!window.Casement?.open');
  await secondShop.evaluate('Casement.open()');
  await (await chatIn(secondShop)).getByText('How can we help?').waitFor();
});

test('the public key is rotated, and the table shows that the shop still uses the old one', async () => {
  const view = await go('Keys');
  await view.getByRole('button', { name: 'Rotate the public key' }).click();
  await view.getByLabel('Reason').fill('The agency left');
  await view.getByRole('button', { name: 'Make a new key' }).click();
  await view.getByText('data-key="PUB_').waitFor();
  await view.getByRole('switch', { name: 'I keep it myself' }).click();
  await view.getByRole('button', { name: 'Done' }).click();
  const chat = await chatIn(shop);
  await chat.fill('textarea', 'Which browsers are supported?');
  await chat.press('textarea', 'Enter');
  await chat.locator('.markdown', { hasText: 'Safari 18' }).waitFor({ timeout: 30_000 });
  const retiring = view.getByRole('row', { name: /Retires/ });
  await eventually(() => retiring.innerText()).toContain(casement.server.config.demo?.origin);
});

test('revoked, the old key stops in the shop within seconds', async () => {
  const view = await settings();
  await view.getByRole('button', { name: /^Revoke PUB_/ }).click();
  await view.getByRole('dialog').getByRole('button', { name: 'Revoke now' }).click();
  await view.getByText('is revoked.').waitFor();
  await (await chatIn(shop)).getByText('The chat is not available right now.').waitFor({ timeout: 30_000 });
});

test('the analytics tell of it: both messages in the shop, and nothing of the preview', async () => {
  const view = await go('Analytics');
  const row = view.getByRole('row', { name: new RegExp(casement.server.config.demo?.origin ?? '') });
  await eventually(async () => {
    await view.getByRole('radio', { name: '24 hours' }).check();
    await view.getByRole('radio', { name: '7 days' }).check();
    return (await row.count()) > 0 ? row.first().getByRole('cell').allInnerTexts() : [];
  }).toEqual([casement.server.config.demo?.origin, '1', '1', '2', '–', '0', '0']);
});

test('no policy was violated and no error surfaced on the way', () => {
  expect(problems).toEqual([]);
});
