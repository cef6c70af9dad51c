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
afterEach(() => panel.close());

const seen = (text: string) => panel.frame.locator('.panel').getByText(text).first().waitFor();
const gone = (text: string) => panel.frame.getByText(text).first().waitFor({ state: 'detached' });
const draft = () => panel.frame.inputValue('textarea');

test('says that it is offline, keeps the draft, and sends it when the connection is back', async () => {
  panel = await openPanel(browser);
  await seen('Hello.');
  await panel.page.context().setOffline(true);
  await seen('You are offline.');
  await panel.frame.fill('textarea', 'Where is my order?');
  await panel.frame.press('textarea', 'Enter');
  expect(await draft()).toBe('Where is my order?');
  expect(await panel.frame.getByRole('button', { name: 'Send' }).getAttribute('aria-disabled')).toBe('true');
  await panel.page.context().setOffline(false);
  await gone('You are offline.');
  await panel.frame.press('textarea', 'Enter');
  const reply = await panel.api.nextReply();
  expect(reply.question.text).toBe('Where is my order?');
});

test('goes on with a reply after being offline in the middle of it', async () => {
  panel = await openPanel(browser);
  const reply = await panel.ask('Can I?');
  reply.write('Yes, ');
  await seen('Yes,');
  await panel.page.context().setOffline(true);
  await seen('You are offline.');
  reply.drop();
  reply.write('within 60 days.');
  reply.end();
  await panel.page.context().setOffline(false);
  await seen('Yes, within 60 days.');
});

test('gives a refused message back to be changed', async () => {
  panel = await openPanel(browser);
  await seen('Hello.');
  panel.api.refuse('POST /chat', 'INVALID_REQUEST');
  await panel.frame.fill('textarea', 'Hm');
  await panel.frame.press('textarea', 'Enter');
  await seen('This message was not accepted.');
  expect(await draft()).toBe('Hm');
  expect(await panel.frame.locator('.bubble').count()).toBe(0);
});

test('counts what is too much and does not send it', async () => {
  panel = await openPanel(browser);
  await seen('Hello.');
  await panel.frame.fill('textarea', 'x'.repeat(3_900));
  await seen('100 characters left');
  await panel.frame.fill('textarea', 'x'.repeat(4_010));
  await seen('10 characters too many to send');
  await panel.frame.press('textarea', 'Enter');
  expect(await draft()).toHaveLength(4_010);
  expect(panel.api.requests.filter(({ path }) => path === '/chat')).toEqual([]);
});

test('opens the session as soon as the server can be reached, and sends what was waiting', async () => {
  panel = await openPanel(browser, {
    prepare: async (_, api) => api.refuse('POST /session', 'STORE_UNAVAILABLE', 2),
  });
  await seen('The chat cannot be reached right now.');
  const reply = await panel.ask('Are you there?');
  reply.write('Yes.');
  reply.end();
  await seen('Yes.');
  await gone('The chat cannot be reached right now.');
});

test('loads its later code again when the first try failed', async () => {
  let failures = 0;
  panel = await openPanel(browser, {
    prepare: (page) =>
      page.route(/\/assets\/connect-/, (route) =>
        failures++ === 0 ? route.abort('connectionreset') : route.continue(),
      ),
  });
  await seen('The chat cannot be reached right now.');
  await seen('Hello.');
  await gone('The chat cannot be reached right now.');
  expect(failures).toBe(2);
});

test('asks the host page for a new document when the session is over', async () => {
  panel = await openPanel(browser);
  const reply = await panel.ask('Can I?');
  reply.write('Yes.');
  reply.end();
  await seen('Yes.');
  panel.api.refuse('POST /chat', 'SESSION_ENDED');
  await panel.frame.fill('textarea', 'And this?');
  await panel.frame.press('textarea', 'Enter');
  await seen('This chat was open for a long time.');
  expect(await draft()).toBe('And this?');
  await panel.frame.getByRole('button', { name: 'Continue' }).click();
  await eventually(() => panel.said()).toContainEqual({ t: 'restart' });
  expect(await panel.said()).toContainEqual({ t: 'event', name: 'session-ended' });
});

test('says where else to turn when the widget was taken away', async () => {
  panel = await openPanel(browser);
  await seen('Hello.');
  panel.api.refuse('POST /chat', 'KEY_REVOKED');
  await panel.frame.fill('textarea', 'Hm');
  await panel.frame.press('textarea', 'Enter');
  await seen('The chat is not available right now. Write to help@shop.example.');
});

test('says that the list of conversations cannot be loaded, and loads it when asked again', async () => {
  panel = await openPanel(browser);
  await seen('Hello.');
  panel.api.refuse('GET /conversations', 'STORE_UNAVAILABLE');
  await panel.frame.getByRole('button', { name: 'More' }).click();
  await panel.frame.getByRole('menuitem', { name: 'Past conversations' }).click();
  await seen('Your conversations cannot be loaded right now.');
  await panel.frame.getByRole('button', { name: 'Try again' }).click();
  await seen('No conversations yet.');
});

test('works for the life of the tab where storage is blocked', async () => {
  panel = await openPanel(browser, {
    prepare: (page) =>
      page.addInitScript(() => {
        for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
          Object.defineProperty(globalThis, name, {
            get() {
              throw new DOMException('Blocked', 'SecurityError');
            },
          });
        }
      }),
  });
  const reply = await panel.ask('Can I?');
  reply.write('Yes.');
  reply.end();
  await seen('Yes.');
  expect(panel.problems).toEqual([]);
});
