import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { FakeWidgetOrigin } from '../../support/fake-widget-origin.ts';
import { frameOf, openWidget, test, visitShop } from './fake-frame-test.ts';
import { call, eventually } from './loader-test.ts';

/** What the frame has heard about the visitor, by the messages it was sent. */
async function heardOf(page: Page, widget: FakeWidgetOrigin): Promise<unknown[]> {
  const frame = await frameOf(page, widget);
  const messages: { t: string }[] = await frame.evaluate('messages');
  return messages.filter(({ t }) => !['open', 'close', 'ping'].includes(t));
}

async function askInFrame(page: Page, widget: FakeWidgetOrigin): Promise<void> {
  const frame = await frameOf(page, widget);
  await frame.evaluate("say({ t: 'visitor-needed' })");
}

test('what a page says before a frame is there waits for it: no frame, no request, nothing stored', async ({
  widget,
  page,
  lines,
}) => {
  await visitShop(page, widget);
  const requests = [...widget.requests];
  await page.evaluate(() => {
    const { Casement } = window as never as { Casement: Record<string, (given?: unknown) => void> };
    Reflect.set(window, 'asked', 0);
    Casement.setContext?.(['Page: Arctic jacket']);
    Casement.identify?.(async () => {
      Reflect.set(window, 'asked', Reflect.get(window, 'asked') + 1);
      return 'a.b.c';
    });
  });
  expect(widget.requests).toEqual(requests);
  expect(page.frames()).toHaveLength(1);
  expect(await page.evaluate('[asked, localStorage.length, sessionStorage.length, document.cookie].join()')).toBe(
    '0,0,0,',
  );
  await openWidget(page);
  await askInFrame(page, widget);
  await eventually(() => heardOf(page, widget)).toEqual([
    { t: 'context', lines: ['Page: Arctic jacket'] },
    { t: 'identity', jwt: 'a.b.c' },
  ]);
  expect(lines).toEqual([]);
});

test('calls in the queue are made in their order', async ({ widget, page }) => {
  const queue = `<script>
    (window.Casement ||= { q: [] }).q.push(['identify', 'old.old.old'], ['logout'], ['identify', 'a.b.c'], ['setContext', ['Queued']]);
  </script>`;
  await visitShop(page, widget, queue);
  await openWidget(page);
  await askInFrame(page, widget);
  await eventually(() => heardOf(page, widget)).toEqual([
    { t: 'logout' },
    { t: 'context', lines: ['Queued'] },
    { t: 'identity', jwt: 'a.b.c' },
  ]);
});

test('a new document in place of the old one is told anew, by a new token', async ({ widget, page }) => {
  await visitShop(page, widget);
  await page.evaluate("asked = 0; Casement.identify(() => 'a.b.' + ++asked)");
  await openWidget(page);
  await askInFrame(page, widget);
  await eventually(() => heardOf(page, widget)).toEqual([{ t: 'identity', jwt: 'a.b.1' }]);
  const old = await frameOf(page, widget);
  // The document that says it is taken away before it could answer.
  await old.evaluate("say({ t: 'restart' })").catch(() => {});
  await eventually(() => old.isDetached()).toBe(true);
  await eventually(async () => (await frameOf(page, widget)).evaluate('heard').catch(() => [])).toContain('open');
  await askInFrame(page, widget);
  await eventually(() => heardOf(page, widget)).toEqual([{ t: 'identity', jwt: 'a.b.2' }]);
});

test('two widgets of a page have a visitor each', async ({ widget, page }) => {
  await visitShop(page, widget);
  await page.evaluate(`second = Casement.boot({ key: '${widget.key}', id: 'second', origin: '${widget.origin}' })`);
  await page.evaluate("second.setContext(['Second']); second.open()");
  const frame = await frameOf(page, widget);
  await eventually(() => frame.evaluate('heard').catch(() => [])).toContain('open');
  await askInFrame(page, widget);
  await eventually(() => heardOf(page, widget)).toEqual([{ t: 'context', lines: ['Second'] }]);
});

test('bad calls are one line in the console and one error event each, and never an exception', async ({
  widget,
  page,
  lines,
}) => {
  await visitShop(page, widget);
  await page.evaluate("errors = []; Casement.on('error', ({ code }) => errors.push(code))");
  const BAD = [
    'Casement.identify(42)',
    'Casement.identify()',
    "Casement.identify('a'.repeat(10240))",
    "Casement.setContext('text')",
    'Casement.setContext([1])',
    "Casement.setContext(Array(11).fill('x'))",
    "Casement.q.push(['identify', {}])",
  ];
  for (const bad of BAD) await page.evaluate(bad);
  expect(lines).toEqual(BAD.map(() => expect.stringMatching(/^Casement VISITOR_REFUSED ./)));
  expect(await page.evaluate('errors')).toEqual(BAD.map(() => 'VISITOR_REFUSED'));
  await openWidget(page);
  await askInFrame(page, widget);
  await call(page, 'setContext', ['Good']);
  await eventually(() => heardOf(page, widget)).toEqual([{ t: 'context', lines: ['Good'] }]);
});

test('a token that the frame says is refused is one line and one error event; the panel stays', async ({
  widget,
  page,
  lines,
}) => {
  await visitShop(page, widget);
  const heard = await openWidget(page);
  const frame = await frameOf(page, widget);
  await frame.evaluate("say({ t: 'error' })");
  await eventually(heard).toContain('VISITOR_REFUSED');
  expect(lines).toEqual([expect.stringMatching(/^Casement VISITOR_REFUSED ./)]);
  expect(await call(page, 'isOpen')).toBe(true);
});

test('the page hears that its visitor is identified, and that they have logged out', async ({ widget, page }) => {
  await visitShop(page, widget);
  await page.evaluate(
    "told = []; for (const name of ['identified', 'logged-out']) Casement.on(name, () => told.push(name))",
  );
  await openWidget(page);
  const frame = await frameOf(page, widget);
  await frame.evaluate("say({ t: 'event', name: 'identified' }); say({ t: 'event', name: 'logged-out' })");
  await eventually(() => page.evaluate('told')).toEqual(['identified', 'logged-out']);
});
