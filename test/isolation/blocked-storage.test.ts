import { expect } from 'vitest';
import { embeddingPage } from '../support/hostile-pages.ts';
import { askInFrame, frameOf, openWidget } from './embedder.ts';
import { eventually } from './eventually.ts';
import { test } from './isolation-test.ts';

/** Every storage of the widget's documents, as a browser has it that blocks storage of third parties: it throws. */
function blockStorage(widgetOrigin: string): void {
  if (location.origin !== widgetOrigin) return;
  const explode = () => {
    throw new DOMException('Access is denied for this document', 'SecurityError');
  };
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore']) {
    Object.defineProperty(window, name, { get: explode });
  }
  Object.defineProperty(Document.prototype, 'cookie', { get: explode, set: explode });
  Object.defineProperty(navigator, 'storage', { get: explode });
}

test('case 39: every storage of the frame throws and no cookie is kept -> the chat works for the tab’s life', async ({
  stage,
  context,
  page,
  log,
}) => {
  await context.addInitScript(blockStorage, stage.widgetOrigin);
  stage.proxy.rewriteAnswers(({ 'set-cookie': _, ...headers }) => headers);
  await page.goto(stage.sites.publish('shop', embeddingPage(stage.widgetOrigin, stage.keys.shop)));
  await openWidget(page);
  const frame = await frameOf(page, stage.widgetOrigin);
  expect(await frame.evaluate(() => Object.keys(window.localStorage)).catch(String)).toContain('Access is denied');

  expect(await askInFrame(frame, 'What do you sell?')).not.toBe('');
  await page.evaluate(() => Reflect.get(window, 'Casement').close());
  await page.evaluate(() => Reflect.get(window, 'Casement').open());
  expect(await askInFrame(frame, 'Do you ship to islands?')).not.toBe('');
  await eventually(() => frame.locator('.exchange').count()).toBe(2);

  const asked = stage.proxy.exchanges().filter(({ method, path }) => method === 'POST' && path.endsWith('/chat'));
  const [first, second] = asked.map(({ requestBody }) => JSON.parse(requestBody));
  expect(first.conversationId).toBeUndefined();
  expect(second.conversationId).toMatch(/^[\w-]{20,}$/);
  expect(await context.cookies()).toEqual([]);
  expect(log.complaints).toEqual([]);
});
