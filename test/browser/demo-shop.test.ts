import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseOrigin } from '../../shared/origin.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Casement, startCasement } from '../support/start-casement.ts';

/** What `npm start` begins with, on free ports. */
const DEMO = { origin: parseOrigin('http://shop.localhost:0') ?? expect.fail('not an origin'), port: 0 };

let casement: Casement;
let browser: Browser;
let page: Page;
const problems: string[] = [];

beforeAll(async () => {
  casement = await startCasement({ assets: 'built', config: { demo: DEMO } });
  browser = await launchBrowser();
  page = await browser.newPage();
  page.on('pageerror', ({ message }) => problems.push(message));
  page.on('console', (message) => {
    if (/security policy|trusted|casement/i.test(message.text())) problems.push(message.text());
  });
});
afterAll(async () => {
  await browser.close();
  await casement.stop();
});

const shopUrl = () => casement.server.config.demo?.origin ?? expect.fail('no shop');
/** The launcher is in a closed shadow root: a visitor finds it by where it is. */
const LAUNCHER = { x: 1280 - 52, y: 720 - 52 };

async function openedFrame(): Promise<Frame> {
  const isFrame = (url: string) => url.startsWith(`${casement.origin}/frame/`);
  await expect.poll(() => page.frames().some((frame) => isFrame(frame.url())), { timeout: 20_000 }).toBe(true);
  return page.frames().find((frame) => isFrame(frame.url())) ?? expect.fail('no frame');
}

/** Not the words that are said to screen readers, which are there for a moment as well. */
const answerIn = (frame: Frame, words: string) => frame.locator('.markdown', { hasText: words });

test('a visitor asks about Casement, and gets an answer out of its documentation with the source', async () => {
  await page.goto(shopUrl());
  await page.waitForFunction('!!window.Casement?.open');
  await page.mouse.click(LAUNCHER.x, LAUNCHER.y);
  const frame = await openedFrame();
  await frame.getByRole('button', { name: 'What does Casement cost?' }).click();
  await answerIn(frame, 'free software under the MIT license').waitFor();
  await frame.getByRole('button', { name: 'Source 1: Casement › What does Casement cost?' }).waitFor();
});

test('the conversation is still there after a reload', async () => {
  await page.reload();
  await answerIn(await openedFrame(), 'free software under the MIT license').waitFor();
});

test('and after a restart of the server, where it goes on', async () => {
  const { port, widgetOrigin, settingsOrigin, assetBaseUrl, demo } = casement.server.config;
  await casement.server.stop();
  const config = { port, widgetOrigin, settingsOrigin, assetBaseUrl, demo };
  const again = await startCasement({ assets: 'built', config, dataDirectory: casement.dataDirectory });
  try {
    await page.reload();
    const frame = await openedFrame();
    await answerIn(frame, 'free software under the MIT license').waitFor();
    await frame.fill('textarea', 'Which browsers are supported?');
    await frame.press('textarea', 'Enter');
    await answerIn(frame, 'Safari 18').waitFor();
    expect(await frame.locator('.exchange').count()).toBe(2);
  } finally {
    await again.stop();
  }
});

test('no policy was violated and no error surfaced on the way', () => {
  expect(problems).toEqual([]);
});
