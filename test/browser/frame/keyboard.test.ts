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
const press = (...keys: string[]) =>
  keys.reduce<Promise<void>>((done, key) => done.then(() => panel.page.keyboard.press(key)), Promise.resolve());
const draft = () => panel.frame.inputValue('textarea');
/** The name of what has the focus. */
const focused = () =>
  panel.frame.evaluate(() => document.activeElement?.getAttribute('aria-label') || document.activeElement?.textContent);

test('does everything without a mouse', async () => {
  panel = await openPanel(browser);
  await seen('Hello.');
  await eventually(focused).toBe('Your message');
  await panel.page.keyboard.type('Can I return a jacket?');
  await press('Enter');
  const reply = await panel.api.nextReply();
  reply.write('Yes, and');
  await seen('Yes, and');
  await press('Tab');
  await eventually(focused).toBe('Stop the answer');
  await press('Enter');
  await seen('You stopped this answer.');
  await eventually(focused).toBe('Send');
  await press('Shift+Tab', 'Shift+Tab');
  await eventually(focused).toBe('Try again');
  await press('Enter');
  const again = await panel.api.nextReply();
  again.cite({ number: 1, title: 'Returns', excerpt: 'Within 60 days.' });
  again.write('Yes.[1]');
  again.end();
  await panel.frame.getByRole('button', { name: 'Copy the answer' }).waitFor();
  await panel.frame.locator('textarea').focus();
  await press('Shift+Tab');
  await eventually(focused).toBe('Not helpful');
  await press('Shift+Tab', 'Shift+Tab');
  await eventually(focused).toBe('Copy the answer');
  await press('Shift+Tab');
  await press('Enter');
  await seen('Within 60 days.');
});

test('breaks the line with Shift+Enter and sends with Enter', async () => {
  panel = await openPanel(browser);
  await eventually(focused).toBe('Your message');
  await panel.page.keyboard.type('One');
  await press('Shift+Enter');
  await panel.page.keyboard.type('two');
  expect(await draft()).toBe('One\ntwo');
  await press('Enter');
  expect((await panel.api.nextReply()).question.text).toBe('One\ntwo');
  expect(await draft()).toBe('');
});

test('does not send while an input method composes', async () => {
  panel = await openPanel(browser);
  await eventually(focused).toBe('Your message');
  await seen('Hello.');
  const keyboard = await panel.page.context().newCDPSession(panel.page);
  await keyboard.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
  await press('Enter');
  await keyboard.send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 });
  await panel.frame.fill('textarea', '日本');
  await press('Enter');
  expect((await panel.api.nextReply()).question.text).toBe('日本');
  expect(panel.api.requests.filter(({ path }) => path === '/chat')).toHaveLength(1);
});

test('opens, walks and closes the menu by its keys', async () => {
  panel = await openPanel(browser);
  await seen('Hello.');
  await panel.frame.getByRole('button', { name: 'More' }).focus();
  await press('Enter');
  await eventually(focused).toBe('New conversation');
  await press('ArrowDown');
  await eventually(focused).toBe('Past conversations');
  await press('ArrowDown');
  await eventually(focused).toBe('New conversation');
  await press('End');
  await eventually(focused).toBe('Past conversations');
  await press('Escape');
  await eventually(focused).toBe('More');
  expect(await panel.frame.getByRole('menu').count()).toBe(0);
  expect(await panel.said()).not.toContainEqual({ t: 'close' });
});

test('leaves the list of conversations with the first Escape, and closes with the next', async () => {
  panel = await openPanel(browser);
  await seen('Hello.');
  await panel.frame.getByRole('button', { name: 'More' }).click();
  await eventually(focused).toBe('New conversation');
  await press('End', 'Enter');
  await seen('No conversations yet.');
  await eventually(focused).toBe('Back');
  await press('Escape');
  await seen('Hello.');
  await eventually(focused).toBe('Your message');
  expect(await panel.said()).not.toContainEqual({ t: 'close' });
  await press('Escape');
  await eventually(() => panel.said()).toContainEqual({ t: 'close' });
});
