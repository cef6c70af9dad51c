import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { FakeReply } from './fake-reply.ts';
import { eventually, openPanel, type Panel } from './open-panel.ts';

const ANN = 'ann.ann.ann';
const BOB = 'bob.bob.bob';

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
const say = (t: string, fields: object = {}, page = panel.page) =>
  page.evaluate(([type, more]) => Reflect.get(window, 'host').say(type, more), [t, fields] as const);
const identify = (jwt: string) => say('identity', { jwt });
const calls = (start: string) =>
  panel.api.requests
    .map(({ method, path, body }) => `${method} ${path} ${body}`)
    .filter((call) => call.startsWith(start));
const identified = () => calls('POST /session/identify').map((call) => JSON.parse(call.slice(call.indexOf('{'))).jwt);
const events = async () => (await panel.said()).flatMap(({ t, name }) => (t === 'event' && name ? [name] : []));
const isAsked = () => eventually(() => panel.said()).toContainEqual({ t: 'visitor-needed' });

/** A conversation that the visitor has had in another browser. */
function hadElsewhere(question: string, answer: string): void {
  const conversationId = randomUUID();
  const reply = new FakeReply({ messageId: randomUUID(), text: question }, conversationId);
  reply.write(answer);
  reply.end();
  panel.api.elsewhere.set(conversationId, [reply]);
}

async function talk(question: string, answer: string): Promise<void> {
  const reply = await panel.ask(question);
  reply.write(answer);
  reply.end();
  await seen(answer);
}

async function begin(): Promise<void> {
  panel = await openPanel(browser);
  await isAsked();
}

test('asks the host page for its visitor, and sends the token that comes to the server', async () => {
  await begin();
  await identify(ANN);
  await eventually(events).toContain('identified');
  expect(identified()).toEqual([ANN]);
});

test('keeps what was said before in sight, as it is the visitor’s now', async () => {
  await begin();
  hadElsewhere('From my phone', 'Hello phone.');
  await talk('From my laptop', 'Hello laptop.');
  await identify(ANN);
  await eventually(events).toContain('identified');
  await seen('Hello laptop.');
  await panel.frame.getByRole('button', { name: 'More' }).click();
  await panel.frame.getByRole('menuitem', { name: 'Past conversations' }).click();
  await seen('From my phone');
});

test('brings back what the visitor said elsewhere, if nothing was said here', async () => {
  await begin();
  hadElsewhere('From my phone', 'Hello phone.');
  await identify(ANN);
  await seen('Hello phone.');
});

test('tries a token again while the server cannot be reached', async () => {
  await begin();
  panel.api.refuse('POST /session/identify', 'STORE_UNAVAILABLE', 2);
  await identify(ANN);
  await eventually(events).toContain('identified');
  expect(identified()).toEqual([ANN, ANN, ANN]);
});

test('says that a token is refused, and changes nothing', async () => {
  await begin();
  await talk('Mine', 'Yours.');
  panel.api.refuse('POST /session/identify', 'IDENTITY_INVALID');
  await identify(ANN);
  await eventually(() => panel.said()).toContainEqual({ t: 'error' });
  await seen('Yours.');
  expect(await events()).not.toContain('identified');
});

test('asks for another token when one has expired, once', async () => {
  await begin();
  const asked = async () => (await panel.said()).filter(({ t }) => t === 'visitor-needed').length;
  panel.api.refuse('POST /session/identify', 'IDENTITY_EXPIRED', 2);
  await identify(ANN);
  await eventually(asked).toBe(2);
  expect(await panel.said()).not.toContainEqual({ t: 'error' });
  await identify(ANN);
  await eventually(() => panel.said()).toContainEqual({ t: 'error' });
  expect(await asked()).toBe(2);
});

test('logs out: ends the session, shows nothing of it any more, and asks for a new document', async () => {
  await begin();
  await talk('Mine', 'Yours.');
  await panel.frame.fill('textarea', 'What I was about to say');
  await say('logout');
  await eventually(() => panel.said()).toContainEqual({ t: 'restart' });
  expect(calls('DELETE /session')).toHaveLength(1);
  expect(await events()).toContain('logged-out');
  expect(await panel.frame.locator('main').getByText('Yours.').count()).toBe(0);
  expect(await panel.frame.inputValue('textarea')).toBe('');
  await panel.reload();
  await seen('Hello.');
  expect(await panel.frame.inputValue('textarea')).toBe('');
});

test('is empty from the moment the page says so, also while the server cannot be reached', async () => {
  await begin();
  await talk('Mine', 'Yours.');
  panel.api.refuse('DELETE /session', 'STORE_UNAVAILABLE', 2);
  await say('logout');
  await eventually(() => panel.frame.locator('main').getByText('Yours.').count()).toBe(0);
  await eventually(events).toContain('logged-out');
  expect(calls('DELETE /session')).toHaveLength(3);
});

test('takes the next person for another: what the first one said is gone before the second is let in', async () => {
  await begin();
  await identify(ANN);
  await eventually(events).toContain('identified');
  await talk('Of Ann', 'Dear Ann.');
  panel.api.refuse('POST /session/identify', 'IDENTITY_CONFLICT');
  await identify(BOB);
  await eventually(() => panel.said()).toContainEqual({ t: 'restart' });
  expect(calls('DELETE /session')).toHaveLength(1);
  expect(await panel.frame.locator('main').getByText('Dear Ann.').count()).toBe(0);
  expect(await panel.said()).not.toContainEqual({ t: 'error' });
});

test('refuses another person whom a page names first in a session that is somebody’s', async () => {
  await begin();
  panel.api.refuse('POST /session/identify', 'IDENTITY_CONFLICT');
  await identify(BOB);
  await eventually(() => panel.said()).toContainEqual({ t: 'error' });
  expect(calls('DELETE /session')).toEqual([]);
});

test('logs out in the other tab, too', async () => {
  await begin();
  await talk('Mine', 'Yours.');
  const other: Page = await panel.page.context().newPage();
  await other.goto(panel.api.shopOrigin);
  await other.waitForFunction("host.said.some(({ t }) => t === 'visitor-needed')");
  await say('logout', {}, other);
  await eventually(() => panel.said()).toContainEqual({ t: 'restart' });
  expect(await events()).toContain('logged-out');
  expect(await panel.frame.locator('main').getByText('Yours.').count()).toBe(0);
});

test('sends what the page says about the visit with each message, as it is then', async () => {
  await begin();
  await talk('One?', 'First.');
  await say('context', { lines: ['Page: Arctic jacket'] });
  await talk('Two?', 'Second.');
  await say('context', { lines: [] });
  await talk('Three?', 'Third.');
  const contexts = calls('POST /chat').map((call) => JSON.parse(call.slice(call.indexOf('{'))).context);
  expect(contexts).toEqual([undefined, ['Page: Arctic jacket'], undefined]);
});
