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

const words = (selector: string) => panel.frame.locator(selector).textContent();
const seen = (text: string) => panel.frame.locator('main').getByText(text).waitFor();
const posts = () => panel.api.requests.filter(({ method, path }) => method === 'POST' && path === '/chat');
const questions = () => posts().map(({ body }) => JSON.parse(body));

test('greets, and a starter question begins the conversation', async () => {
  panel = await openPanel(browser);
  await panel.frame.getByRole('button', { name: 'How do returns work?' }).click();
  const reply = await panel.api.nextReply();
  expect(reply.question.text).toBe('How do returns work?');
  reply.write('Within 60 days.');
  reply.end();
  await seen('Within 60 days.');
  expect(await words('.bubble')).toContain('How do returns work?');
});

test('shows a reply while it grows, with its Markdown, and its sources with the same numbers', async () => {
  panel = await openPanel(browser);
  const reply = await panel.ask('Can I return a jacket?');
  await panel.frame.locator('.caret').waitFor();
  reply.write('Yes, **within');
  await panel.frame.locator('strong', { hasText: 'within' }).waitFor();
  reply.write(' 60 days**.[1]\n\n1. Start\n2. Send');
  reply.cite({ number: 1, title: 'Returns', excerpt: 'You can return anything within 60 days.' });
  reply.end();
  await panel.frame.getByRole('button', { name: 'Copy the answer' }).waitFor();
  expect(await words('.markdown strong')).toBe('within 60 days');
  expect(await panel.frame.locator('.markdown ol li').allTextContents()).toEqual(['Start', 'Send']);
  expect(await panel.frame.locator('.caret').count()).toBe(0);
  await panel.frame.getByRole('button', { name: 'Source 1: Returns' }).click();
  await seen('You can return anything within 60 days.');
  expect(await panel.frame.locator('.source').evaluate((row) => row === document.activeElement)).toBe(true);
});

test('reaches the identical text over connections that drop', async () => {
  panel = await openPanel(browser);
  const pieces = ['Yes, ', 'within 60 ', 'days — 🚀 ', 'and é', ' too.[1]', ' Done.'];
  const reply = await panel.ask('Can I?');
  for (const [index, piece] of pieces.entries()) {
    reply.write(piece);
    if (index === 0) await seen('Yes,');
    if (index === 3) reply.cite({ number: 1, title: 'Returns', excerpt: 'Words.' });
    if (index % 2 === 1) {
      const { total } = reply.connections;
      reply.drop();
      await eventually(() => reply.connections.total).toBe(total + 1);
    }
  }
  reply.end();
  await seen('Done.');
  // The number of the source is a chip now.
  expect(await words('.markdown')).toBe(pieces.join('').replace('[1]', '1'));
  expect(posts()).toHaveLength(1);
  expect(await panel.frame.locator('.source').count()).toBe(1);
});

test('sends the same message again when the first try never arrived', async () => {
  panel = await openPanel(browser);
  await seen('Hello.');
  panel.api.refuse('POST /chat', undefined, 2);
  panel.api.refuse('POST /chat', 'STORE_UNAVAILABLE');
  const reply = await panel.ask('Can I?');
  reply.write('Yes.');
  reply.end();
  await seen('Yes.');
  expect(posts()).toHaveLength(4);
  expect(new Set(questions().map(({ messageId }) => messageId)).size).toBe(1);
});

test('stops where it is, keeps what was said, and asks again under a new id', async () => {
  panel = await openPanel(browser);
  const reply = await panel.ask('Can I?');
  reply.write('Yes, within');
  await seen('Yes, within');
  await panel.frame.getByRole('button', { name: 'Stop the answer' }).click();
  await seen('You stopped this answer.');
  expect(panel.api.requests.at(-1)?.path).toBe(`/chat/${reply.id}/stop`);
  expect(await words('.markdown')).toBe('Yes, within');
  await panel.frame.getByRole('button', { name: 'Try again' }).click();
  const again = await panel.api.nextReply();
  expect(again.question).toMatchObject({ text: 'Can I?', retryOf: reply.question.messageId });
  expect(again.question.messageId).not.toBe(reply.question.messageId);
  again.write('Yes, always.');
  again.end();
  await seen('Yes, always.');
  expect(await panel.frame.locator('.exchange').count()).toBe(1);
});

test('can be stopped before the first word', async () => {
  panel = await openPanel(browser);
  await seen('Hello.');
  const reply = await panel.ask('Can I?');
  await panel.frame.getByRole('button', { name: 'Stop the answer' }).click();
  await seen('You stopped this answer.');
  expect(reply.toMessages()).toMatchObject([{}, { status: 'stopped' }]);
});

test('says what went wrong and offers the way out', async () => {
  panel = await openPanel(browser);
  const reply = await panel.ask('Can I?');
  reply.write('Yes, with');
  reply.fail('INTERRUPTED');
  await seen('The answer was cut off.');
  expect(await words('.markdown')).toBe('Yes, with');
  await panel.frame.getByRole('button', { name: 'Try again' }).click();
  const again = await panel.api.nextReply();
  expect(again.question.retryOf).toBe(reply.question.messageId);
  again.fail('MODEL_TIMEOUT');
  await seen('The answer took too long.');
});

test('brings the conversation back after a reload and goes on with an unfinished reply', async () => {
  panel = await openPanel(browser);
  const first = await panel.ask('First?');
  first.write('One.');
  first.end();
  await seen('One.');
  const second = await panel.ask('Second?');
  second.write('Two, an');
  await seen('Two, an');
  await panel.reload();
  await seen('One.');
  await eventually(() => second.connections.open).toBe(1);
  second.write('d three.');
  second.end();
  await seen('Two, and three.');
  expect(posts()).toHaveLength(2);
  expect(questions()[1].conversationId).toBe(first.conversationId);
});

test('begins a new conversation and finds the old one in the list', async () => {
  panel = await openPanel(browser);
  const first = await panel.ask('Where is my order?');
  first.write('On its way.');
  first.end();
  await seen('On its way.');
  await panel.frame.getByRole('button', { name: 'More' }).click();
  await panel.frame.getByRole('menuitem', { name: 'New conversation' }).click();
  await seen('Hello.');
  const second = await panel.ask('Can I return it?');
  second.write('Yes.');
  second.end();
  await seen('Yes.');
  expect(second.conversationId).not.toBe(first.conversationId);
  await panel.frame.getByRole('button', { name: 'More' }).click();
  await panel.frame.getByRole('menuitem', { name: 'Past conversations' }).click();
  const rows = panel.frame.locator('.history .row');
  await rows.first().waitFor();
  expect(await rows.locator('span').first().textContent()).toBe('Can I return it?');
  await rows.nth(1).click();
  await seen('On its way.');
  const third = await panel.ask('And now?');
  expect(third.conversationId).toBe(first.conversationId);
});
