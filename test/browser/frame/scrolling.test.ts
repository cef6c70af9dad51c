import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import type { FakeReply } from './fake-reply.ts';
import { eventually, openPanel, type Panel } from './open-panel.ts';

let browser: Browser;
let panel: Panel;
let reply: FakeReply;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  panel = await openPanel(browser);
  reply = await panel.ask('Tell me everything.');
  reply.write(paragraphs(0, 30));
  await panel.frame.getByText('Paragraph 29.').waitFor();
});
afterEach(async () => {
  expect(panel.problems).toEqual([]);
  await panel.close();
});

function paragraphs(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, index) => `Paragraph ${from + index}.\n\n`).join('');
}

const scroller = () => panel.frame.locator('.scroller');
const fromEnd = () => scroller().evaluate((area) => Math.round(area.scrollHeight - area.scrollTop - area.clientHeight));
const top = () => scroller().evaluate((area) => area.scrollTop);
const pill = () => panel.frame.getByRole('button', { name: 'New answer' });

/** Scrolls as a hand on a touch pad does, and waits until it shows. */
async function scrollUp(pixels: number): Promise<void> {
  const before = await top();
  await scroller().hover();
  await panel.page.mouse.wheel(0, -pixels);
  await eventually(top).toBeLessThan(before);
}

test('follows a growing reply while the reader is at the end', async () => {
  await eventually(fromEnd).toBeLessThanOrEqual(2);
  reply.write(paragraphs(30, 60));
  await panel.frame.getByText('Paragraph 59.').waitFor();
  await eventually(fromEnd).toBeLessThanOrEqual(2);
  expect(await pill().count()).toBe(0);
});

test('stays where the reader is after the smallest move up, and offers the way back', async () => {
  await eventually(fromEnd).toBeLessThanOrEqual(2);
  await scrollUp(12);
  const reading = await top();
  reply.write(paragraphs(30, 60));
  await pill().waitFor();
  expect(await top()).toBe(reading);
  await pill().click();
  await eventually(fromEnd).toBeLessThanOrEqual(2);
  await pill().waitFor({ state: 'detached' });
  reply.write(paragraphs(60, 90));
  await panel.frame.getByText('Paragraph 89.').waitFor();
  await eventually(fromEnd).toBeLessThanOrEqual(2);
});

test('takes hold again when the reader comes back to the end', async () => {
  await eventually(fromEnd).toBeLessThanOrEqual(2);
  await scrollUp(400);
  await panel.page.mouse.wheel(0, 5_000);
  await eventually(fromEnd).toBeLessThanOrEqual(2);
  reply.write(paragraphs(30, 60));
  await panel.frame.getByText('Paragraph 59.').waitFor();
  await eventually(fromEnd).toBeLessThanOrEqual(2);
});

test('goes to the end for a message of the visitor’s own', async () => {
  reply.end();
  await panel.frame.getByRole('button', { name: 'Copy the answer' }).waitFor();
  await scrollUp(800);
  await panel.ask('And then?');
  await eventually(fromEnd).toBeLessThanOrEqual(2);
});

test('can be scrolled with the keyboard', async () => {
  await eventually(fromEnd).toBeLessThanOrEqual(2);
  await scroller().focus();
  await panel.page.keyboard.press('Home');
  await eventually(top).toBe(0);
});
