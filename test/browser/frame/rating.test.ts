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

async function answered(): Promise<void> {
  panel = await openPanel(browser);
  await panel.frame.locator('.greeting').waitFor();
  const reply = await panel.ask('Can I?');
  reply.write('Yes, within 60 days.');
  reply.end();
  await panel.frame.locator('.reply-actions').waitFor();
}
const button = (name: string) => panel.frame.getByRole('button', { name, exact: true });
const ratings = () =>
  panel.api.requests.filter(({ path }) => path.endsWith('/feedback')).map(({ body }) => JSON.parse(body));

test('a visitor says that a reply helped, and thinks better of it', async () => {
  await answered();
  await button('Helpful').click();
  await eventually(() => button('Helpful').getAttribute('aria-pressed')).toBe('true');
  await button('Not helpful').click();
  await eventually(() => button('Helpful').getAttribute('aria-pressed')).toBe('false');
  await eventually(ratings).toEqual([{ rating: 'helpful' }, { rating: 'not-helpful' }]);
});

test('a rating that the server does not take does not look as if it had', async () => {
  await answered();
  panel.api.refuse('POST /messages', 'REPLY_NOT_RATEABLE');
  await button('Helpful').click();
  await eventually(ratings).toHaveLength(1);
  await eventually(() => button('Helpful').getAttribute('aria-pressed')).toBe('false');
});

test('a reply that was stopped asks for no rating', async () => {
  panel = await openPanel(browser);
  await panel.frame.locator('.greeting').waitFor();
  const reply = await panel.ask('Can I?');
  reply.write('Yes, ');
  await panel.frame.getByRole('button', { name: 'Stop the answer' }).click();
  await panel.frame.getByText('You stopped this answer.').waitFor();
  expect(await button('Helpful').count()).toBe(0);
});
