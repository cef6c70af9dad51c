import { expect } from 'vitest';
import { call, eventually, hearEvents, isPanelVisible, test } from './loader-test.ts';

test('asks for nothing but the script before a visitor shows intent, and stores nothing', async ({ stage, page }) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(stage.shopPage());
  await page.waitForLoadState('networkidle');

  const toWidget = requests.filter((url) => url.startsWith(stage.casement.origin));
  expect(toWidget).toEqual([`${stage.casement.origin}/loader.js`]);
  expect(await page.context().cookies()).toEqual([]);
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
});

test('asks for the published look, once, where the snippet wants it', async ({ stage, page }) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(stage.shopPage({ attributes: `data-key="${stage.key}" data-config="eager"` }));
  await page.waitForLoadState('networkidle');

  const paths = requests.filter((url) => url.startsWith(stage.casement.origin)).map((url) => new URL(url).pathname);
  expect(paths).toEqual(['/loader.js', '/api/v1/widget/config']);
});

test('works under the strictest policy of a page without a single violation', async ({ stage, page, trouble }) => {
  const widget = stage.casement.origin;
  const policy = `default-src 'none'; script-src ${widget}; frame-src ${widget}; require-trusted-types-for 'script'`;
  await page.addInitScript(() => {
    const violations: string[] = [];
    Reflect.set(window, 'violations', violations);
    document.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective));
  });
  await page.goto(stage.shopPage({ headers: { 'content-security-policy': policy } }));
  const heard = await hearEvents(page);
  await call(page, 'open');

  await eventually(heard).toEqual(['opened', 'ready']);
  await eventually(() => isPanelVisible(page, widget)).toBe(true);
  expect(await page.evaluate(() => Reflect.get(window, 'violations'))).toEqual([]);
  expect(trouble).toEqual({ errors: [], said: [] });
});

test('mounts the frame when the pointer comes near, and shows it with a click', async ({ stage, page }) => {
  await page.goto(stage.shopPage());
  await page.setViewportSize({ width: 1280, height: 800 });
  const isMounted = () => page.frames().some((frame) => frame.url().startsWith(`${stage.casement.origin}/frame/`));
  expect(isMounted()).toBe(false);

  await page.mouse.move(1228, 748);
  await eventually(isMounted).toBe(true);
  expect(await isPanelVisible(page, stage.casement.origin)).toBe(false);

  await page.mouse.click(1228, 748);
  await eventually(() => isPanelVisible(page, stage.casement.origin)).toBe(true);
});

test('plays the calls that were made before the script had come, in their order', async ({ stage, page }) => {
  const before = `<script>
    window.order = [];
    (window.Casement ||= { q: [] }).q.push(['on', 'opened', () => order.push('opened')]);
    Casement.q.push(['open']);
    Casement.q.push(['on', 'closed', () => order.push('closed')]);
  </script>`;
  // The queue belongs to the widget that the script tag boots.
  await page.goto(stage.shopPage({ before }));
  await eventually(() => page.evaluate(() => Reflect.get(window, 'order'))).toEqual(['opened']);
  await page.evaluate(() => Reflect.get(window, 'Casement').q.push(['close']));
  expect(await page.evaluate(() => Reflect.get(window, 'order'))).toEqual(['opened', 'closed']);
});

test('is harmless when the script is there twice', async ({ stage, page, trouble }) => {
  const again = `<script src="${stage.casement.origin}/loader.js" data-key="${stage.key}"></script>`;
  await page.goto(stage.shopPage({ after: again }));
  expect(await page.locator('casement-widget').count()).toBe(1);
  expect(trouble.errors).toEqual([]);
});

test('leaves what else the page has under its name alone', async ({ stage, page, trouble }) => {
  await page.goto(stage.shopPage({ before: '<script>window.Casement = { mine: 1 };</script>' }));
  expect(await page.evaluate(() => Reflect.get(window, 'Casement'))).toEqual({ mine: 1 });
  expect(await page.locator('casement-widget').count()).toBe(1);
  expect(trouble.errors).toEqual([]);
});
