import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { openPanel, type Panel } from './open-panel.ts';

let browser: Browser;
let panel: Panel;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
afterEach(() => panel.close());

const seen = (text: string) => panel.frame.locator('.panel').getByText(text).first().waitFor();

/** Changes the answers on their way, as something between the server and the browser could. */
async function forge(page: Page, path: string, change: (body: string) => string): Promise<void> {
  await page.route(`**/api/v1/widget${path}`, async (route) => {
    const url = route.request().url().replace('widget.localhost', '127.0.0.1');
    const response = await route.fetch({ url });
    await route.fulfill({ response, body: change(await response.text()) });
  });
}

test('does not keep a reply whose words were changed on the way, and shows it when it comes as it was', async () => {
  panel = await openPanel(browser);
  await seen('Hello.');
  await forge(panel.page, '/chat', (body) => body.replace('60 days', '90 days'));
  const reply = await panel.ask('How long?');
  reply.write('Within 60 days.');
  reply.end();
  await seen('This is not sent yet.');
  expect(await panel.frame.getByText('90 days').count()).toBe(0);
  await panel.page.unrouteAll();
  await panel.frame.getByRole('button', { name: 'Try again' }).click();
  await seen('Within 60 days.');
});

test('does not take the end of a reply from somebody who cannot authenticate it', async () => {
  panel = await openPanel(browser);
  await seen('Hello.');
  await forge(panel.page, '/chat', (body) => body.replace(/,"mac":"\w+"/, ''));
  const reply = await panel.ask('May I?');
  reply.write('Do it.');
  reply.end();
  await seen('This is not sent yet.');
  expect(await panel.frame.getByText('Do it.').count()).toBe(0);
});

test('does not show a list of conversations that somebody else wrote', async () => {
  panel = await openPanel(browser);
  await seen('Hello.');
  await forge(panel.page, '/conversations', (body) => `${body} `);
  await panel.frame.getByRole('button', { name: 'More' }).click();
  await panel.frame.getByRole('menuitem', { name: 'Past conversations' }).click();
  await seen('Your conversations cannot be loaded right now.');
});

test('does not begin with a session whose answer is not signed with the key in it', async () => {
  panel = await openPanel(browser, {
    prepare: (page) =>
      forge(page, '/session', (body) => body.replace('"conversationId":null', '"conversationId": null')),
  });
  await panel.frame.fill('textarea', 'Hello?');
  await panel.frame.press('textarea', 'Enter');
  await seen('This is not sent yet.');
  expect(panel.api.requests.map(({ path }) => path)).toEqual(['/session']);
});
