import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { eventually, openPanel, type Panel } from './open-panel.ts';

let browser: Browser;
let panel: Panel;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
afterEach(async () => {
  expect(panel.problems).toEqual([]);
  await panel.close();
});

const seen = (text: string) => panel.frame.locator('main').getByText(text).waitFor();

test('says that it is ready, then how the launcher looks', async () => {
  panel = await openPanel(browser);
  const [ready, look] = await panel.said();
  expect(ready).toEqual({ t: 'ready', f: expect.stringMatching(/^[0-9a-f]{32}$/) });
  expect(look).toMatchObject({ t: 'look', look: { accent: '#0059ff', label: 'Open the chat', radius: 20 } });
});

test('tells by name what happens, and never what was said', async () => {
  panel = await openPanel(browser);
  const reply = await panel.ask('A secret question');
  reply.write('A secret answer');
  reply.end();
  await seen('A secret answer');
  const again = await panel.ask('Another');
  again.fail('MODEL_ERROR');
  await seen('Something went wrong');
  const said = await panel.said();
  expect(said.filter(({ t }) => t === 'event').map(({ name }) => name)).toEqual([
    'conversation-started',
    'message-sent',
    'reply-started',
    'reply-ended',
    'message-sent',
    'reply-started',
    'reply-failed',
  ]);
  expect(JSON.stringify(said)).not.toContain('secret');
});

test('counts answers that end while the panel is closed, until it opens', async () => {
  panel = await openPanel(browser);
  const reply = await panel.ask('Can I?');
  await panel.frame.getByRole('button', { name: 'Close' }).click();
  await eventually(() => panel.said()).toContainEqual({ t: 'close' });
  reply.write('Yes.');
  reply.end();
  await eventually(() => panel.said()).toContainEqual({ t: 'unread', n: 1 });
  await panel.page.evaluate('host.open()');
  await eventually(() => panel.said()).toContainEqual({ t: 'unread', n: 0 });
});

test('answers a ping', async () => {
  panel = await openPanel(browser);
  await panel.page.evaluate("host.say('ping')");
  await eventually(() => panel.said()).toContainEqual({ t: 'pong' });
});

test('can be typed into, but asks the server for nothing, before the host page has answered', async () => {
  panel = await openPanel(browser, { hostPage: 'silent' });
  await panel.frame.getByRole('textbox').fill('Where is my order?');
  await panel.frame.getByRole('textbox').press('Enter');
  expect(await panel.frame.inputValue('textarea')).toBe('Where is my order?');
  expect(panel.api.requests).toEqual([]);
});

test('takes the focus only where the host page gave it', async () => {
  panel = await openPanel(browser);
  await eventually(() => panel.frame.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
  await panel.page.evaluate(
    `(() => { const field = document.createElement('input'); document.body.prepend(field); field.focus(); host.say('close'); host.say('open'); })()`,
  );
  await panel.page.evaluate("host.say('ping')");
  await eventually(() => panel.said()).toContainEqual({ t: 'pong' });
  expect(await panel.page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
});

test('warns an embedder whose page is same-site with the widget, and works', async () => {
  const lines: string[] = [];
  panel = await openPanel(browser, {
    domain: 'casement.localhost',
    prepare: async (page) => page.on('console', (message) => lines.push(message.text())),
  });
  await seen('Hello.');
  expect(lines).toEqual([`Casement is same-site with ${panel.api.shopOrigin}`]);
});

test('does not warn on another site', async () => {
  const lines: string[] = [];
  panel = await openPanel(browser, {
    prepare: async (page) => page.on('console', (message) => lines.push(message.text())),
  });
  await seen('Hello.');
  expect(lines).toEqual([]);
});
