import { expect } from 'vitest';
import { frameOf, openWidget, test, visitShop } from './fake-frame-test.ts';
import { eventually, hearEvents, isPanelVisible } from './loader-test.ts';

test('shows a frame that shakes hands, and nothing of it before', async ({ widget, page }) => {
  await visitShop(page, widget);
  const heard = await openWidget(page);
  expect(await heard()).toEqual(['opened', 'ready']);
  await eventually(() => isPanelVisible(page, widget.origin)).toBe(true);
  const frame = await frameOf(page, widget);
  await eventually(() => frame.evaluate('heard[0]')).toBe('open');
});

test.for(['wrong-nonce', 'talks-first'] as const)(
  'a frame that is %s instead of ready is refused and not shown',
  async (manners, { widget, page, lines }) => {
    widget.manners = manners;
    await visitShop(page, widget);
    const heard = await hearEvents(page);
    await page.evaluate('Casement.open()');
    await eventually(heard).toEqual(['opened', 'closed', 'FRAME_REFUSED']);
    await eventually(() => page.frames().length).toBe(1);
    expect(lines).toEqual([expect.stringContaining('FRAME_REFUSED')]);
  },
);

test('a document that loads and never says hello is refused', async ({ widget, page }) => {
  widget.manners = 'silent';
  await visitShop(page, widget);
  const heard = await hearEvents(page);
  await page.evaluate('Casement.open()');
  await eventually(heard).toEqual(['opened', 'closed', 'FRAME_REFUSED']);
});

test('a second document in the iframe kills the channel, and nothing is shown', async ({ widget, page }) => {
  await visitShop(page, widget);
  const heard = await openWidget(page);
  const frame = await frameOf(page, widget);
  await frame.evaluate('setTimeout(() => location.assign("/frame/somebody-else"))');
  await eventually(heard).toEqual(['opened', 'ready', 'closed', 'FRAME_REFUSED']);
  await eventually(() => page.frames().length).toBe(1);

  await page.evaluate('Casement.open()');
  await eventually(heard).toEqual(['opened', 'ready', 'closed', 'FRAME_REFUSED', 'opened', 'ready']);
});

test('a message that is not of the protocol ends the frame', async ({ widget, page }) => {
  await visitShop(page, widget);
  const heard = await openWidget(page);
  const frame = await frameOf(page, widget);
  await frame.evaluate('setTimeout(() => say({ t: "navigate", url: "https://evil.example" }))');
  await eventually(heard).toContain('FRAME_REFUSED');
  await eventually(() => page.frames().length).toBe(1);
});

test('a frame that answers no ping is given up after the second', async ({ widget, page }) => {
  await page.clock.install();
  await visitShop(page, widget);
  const heard = await openWidget(page);
  const frame = await frameOf(page, widget);
  await frame.evaluate('isDeaf = true');
  await eventually(() => frame.evaluate('heard.join()')).toBe('open,ping');
  await page.clock.runFor(20_000);
  await eventually(() => frame.evaluate('heard.join()')).toBe('open,ping,ping');
  expect(await heard()).not.toContain('TIMEOUT');
  await page.clock.runFor(20_000);
  await eventually(heard).toContain('TIMEOUT');
});

test('a frame that answers is pinged every 20 seconds while the panel is open, and not while closed', async ({
  widget,
  page,
}) => {
  await page.clock.install();
  await visitShop(page, widget);
  await openWidget(page);
  await page.evaluate('window.unread = 0; Casement.on("unread", (n) => { unread = n; })');
  const frame = await frameOf(page, widget);
  for (const count of [1, 2, 3, 4]) {
    await eventually(() => frame.evaluate('heard.filter((t) => t === "ping").length')).toBe(count);
    // What the frame says after its pong arrives after it.
    await frame.evaluate(`say({ t: 'unread', n: ${count} })`);
    await eventually(() => page.evaluate('unread')).toBe(count);
    await page.clock.runFor(20_000);
  }
  await page.evaluate('Casement.close()');
  await page.clock.runFor(60_000);
  await page.evaluate('Casement.open()');
  await eventually(() => frame.evaluate('heard.slice(-3).join()')).toBe('close,open,ping');
});

test('a frame that asks for a restart gets a new document and stays open', async ({ widget, page }) => {
  await visitShop(page, widget);
  const heard = await openWidget(page);
  const first = await frameOf(page, widget);
  const firstUrl = first.url();
  await first.evaluate('setTimeout(() => say({ t: "restart" }))');
  await eventually(heard).toEqual(['opened', 'ready', 'ready']);
  const second = await frameOf(page, widget);
  expect(second.url()).not.toBe(firstUrl);
  await eventually(() => second.evaluate('heard[0]')).toBe('open');
});

test('the frame closes the panel, and its events are heard by name', async ({ widget, page }) => {
  await visitShop(page, widget);
  const heard = await openWidget(page);
  await page.evaluate('window.names = []; Casement.on("message-sent", () => names.push("message-sent"))');
  await page.evaluate('Casement.on("unread", (n) => names.push(n))');
  const frame = await frameOf(page, widget);
  await frame.evaluate('say({ t: "event", name: "message-sent" })');
  await frame.evaluate('say({ t: "unread", n: 3 })');
  await frame.evaluate('say({ t: "close" })');
  await eventually(heard).toContain('closed');
  expect(await page.evaluate('names')).toEqual(['message-sent', 3]);
});

test('a page that floods the window with forged hellos does not keep the frame from its handshake', async ({
  widget,
  page,
  lines,
}) => {
  await visitShop(page, widget);
  await page.evaluate((origin) => {
    const data = { v: 1, t: 'hello', n: '0'.repeat(32), f: '1'.repeat(32) };
    setInterval(() => {
      dispatchEvent(new MessageEvent('message', { data, origin, source: window }));
      postMessage(data, location.origin);
    });
  }, widget.origin);
  await openWidget(page);
  expect(lines).toEqual([]);
});
