import { expect } from 'vitest';
import { openWidget, snippet, test } from './fake-frame-test.ts';
import { eventually, hearEvents } from './loader-test.ts';

test('a policy that forbids the request for the look is told by its code, and an open panel stays open', async ({
  widget,
  page,
  lines,
}) => {
  const headers = { 'content-security-policy': `connect-src 'none'` };
  const html = `<!doctype html><body>${snippet(widget, 'data-config="eager"')}`;
  await page.goto(widget.publish({ html, headers }));
  await page.evaluate('Casement.open()');
  await eventually(() => lines.length).toBe(1);
  expect(lines[0]).toContain('BLOCKED_BY_CSP');

  await page.reload();
  await eventually(() => lines.length).toBe(2);
  expect(await page.evaluate('Casement.isOpen()')).toBe(true);
  expect(lines[1]).toContain('BLOCKED_BY_CSP');
});

test('a policy that only reports is not taken for one that blocks', async ({ widget, page, lines }) => {
  const headers = { 'content-security-policy-report-only': `default-src 'none'` };
  await page.goto(widget.publish({ html: `<!doctype html><body>${snippet(widget)}`, headers }));
  expect(await (await openWidget(page))()).toEqual(['opened', 'ready']);
  expect(lines).toEqual([]);
});

test('something else of the widget origin that a policy blocks does not close the panel', async ({ widget, page }) => {
  const headers = { 'content-security-policy': `img-src 'none'` };
  await page.goto(widget.publish({ html: `<!doctype html><body>${snippet(widget)}`, headers }));
  const heard = await openWidget(page);
  await page.evaluate((origin) => {
    new Image().src = `${origin}/logo.png`;
  }, widget.origin);
  await eventually(heard).toContain('BLOCKED_BY_CSP');
  expect(await heard()).not.toContain('closed');
});

test('a policy without frame-src for the widget is told at once, and the panel closes', async ({
  widget,
  page,
  lines,
}) => {
  const headers = { 'content-security-policy': `default-src 'none'; script-src ${widget.origin}` };
  await page.goto(widget.publish({ html: `<!doctype html><body>${snippet(widget)}`, headers }));
  const heard = await hearEvents(page);
  await page.evaluate(() => Reflect.get(window, 'Casement').open());
  await eventually(heard).toEqual(['opened', 'closed', 'BLOCKED_BY_CSP']);
  expect(lines).toHaveLength(1);
});
