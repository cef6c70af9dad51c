import { expect } from 'vitest';
import { frameOf, launcherOf, openWidget, snippet, spyOnRoots, test, visitShop } from './fake-frame-test.ts';
import { eventually } from './loader-test.ts';

const LOOK = {
  accent: '#0a7d33',
  mode: 'dark',
  icon: 'spark',
  label: 'Ask the harbour',
  position: 'end',
  offsetSide: 32,
  offsetBottom: 48,
  radius: 12,
  zIndex: 7,
};

test('stands 24 pixels from the lower end corner until told otherwise', async ({ widget, page }) => {
  await spyOnRoots(page);
  await visitShop(page, widget);
  expect(await launcherOf(page)).toMatchObject({
    name: 'Chat',
    isExpanded: 'false',
    colour: 'rgb(0, 89, 255)',
    fromRight: 24,
    fromBottom: 24,
    hasBadge: false,
  });
});

test('stands on the other side of a page that reads from right to left', async ({ widget, page }) => {
  await spyOnRoots(page);
  await page.goto(widget.publish({ html: `<!doctype html><html dir="rtl"><body>${snippet(widget)}` }));
  expect(await launcherOf(page)).toMatchObject({ fromLeft: 24, fromBottom: 24 });
});

test('looks as the attributes of the snippet say', async ({ widget, page }) => {
  await spyOnRoots(page);
  const attributes =
    'data-accent="#aa0000" data-label="Help" data-position="start" data-offset-side="40" data-offset-bottom="80"';
  await visitShop(page, widget, '', attributes);
  expect(await launcherOf(page)).toMatchObject({
    name: 'Help',
    colour: 'rgb(170, 0, 0)',
    fromLeft: 40,
    fromBottom: 80,
  });
});

test('follows the look that the frame tells', async ({ widget, page }) => {
  await spyOnRoots(page);
  await visitShop(page, widget);
  const { icon } = (await launcherOf(page)) ?? {};
  await openWidget(page);
  await (await frameOf(page, widget)).evaluate(`say({ t: 'look', look: ${JSON.stringify(LOOK)} })`);
  await page.evaluate('Casement.close()');
  await eventually(() => launcherOf(page)).toMatchObject({
    name: LOOK.label,
    colour: 'rgb(10, 125, 51)',
    fromRight: 32,
    fromBottom: 48,
  });
  expect((await launcherOf(page))?.icon).not.toBe(icon);
});

test('no style of the page reaches it', async ({ widget, page }) => {
  await spyOnRoots(page);
  const hostile = `<style>
    body, html > * { display: none !important; transform: scale(3) !important; }
    html > *, casement-widget { all: unset !important; position: static !important; opacity: 0 !important; }
    button { background: red !important; width: 300px !important; }
  </style>`;
  await visitShop(page, widget, hostile);
  expect(await launcherOf(page)).toMatchObject({ colour: 'rgb(0, 89, 255)', fromRight: 24, fromBottom: 24 });
  expect(await page.evaluate('getComputedStyle(document.querySelector("casement-widget")).opacity')).toBe('1');
});

test('shows and says that there is something unread', async ({ widget, page }) => {
  await spyOnRoots(page);
  await visitShop(page, widget);
  await openWidget(page);
  await page.evaluate('Casement.close()');
  const frame = await frameOf(page, widget);
  await frame.evaluate('say({ t: "unread", n: 2 })');
  await eventually(() => launcherOf(page)).toMatchObject({ name: 'Chat (2)', hasBadge: true });
  await frame.evaluate('say({ t: "unread", n: 0 })');
  await eventually(() => launcherOf(page)).toMatchObject({ name: 'Chat', hasBadge: false });
});

test('can be reached and pressed with the keyboard, and prefetches when it has the focus', async ({ widget, page }) => {
  await spyOnRoots(page);
  await visitShop(page, widget, '<a href="#x">The last link</a>');
  await page.locator('a').focus();
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.localName')).toBe('casement-widget');
  await eventually(() => widget.requests.length).toBe(2);
  await page.keyboard.press('Enter');
  await eventually(() => launcherOf(page)).toMatchObject({ isExpanded: 'true' });
  await eventually(() => page.evaluate('roots[0].activeElement?.localName')).toBe('iframe');
  await page.evaluate('Casement.close()');
  expect(await page.evaluate('roots[0].activeElement?.localName')).toBe('button');
});

test('prefetches when a finger touches it', async ({ widget, browser }) => {
  const context = await browser.newContext({ hasTouch: true, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await visitShop(page, widget);
  await page.touchscreen.tap(390 - 52, 844 - 52);
  await eventually(() => widget.requests.length).toBe(2);
  await context.close();
});

test('the iframe has exactly the attributes that the isolation rests on', async ({ widget, page }) => {
  await visitShop(page, widget);
  await openWidget(page);
  const element = await (await frameOf(page, widget)).frameElement();
  const attributes = await element.evaluate((node) =>
    node instanceof Element ? Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value])) : {},
  );
  expect(attributes).toEqual({
    allow: '',
    class: 'open',
    referrerpolicy: 'origin',
    sandbox: 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox',
    src: expect.stringMatching(
      /^http:\/\/widget\.localhost:\d+\/frame\/PUB_\w+\?o=http:\/\/shop\.localhost:\d+#[0-9a-f]{32}$/,
    ),
    title: 'Chat',
  });
});

test('refuses a page whose origin is opaque, and its own origin, without a request', async ({
  widget,
  page,
  lines,
}) => {
  const inner = `<body>${snippet(widget)}`.replaceAll('"', '&quot;');
  await page.goto(
    widget.publish({ html: `<!doctype html><iframe sandbox="allow-scripts" srcdoc="${inner}"></iframe>` }),
  );
  await eventually(() => lines.length).toBe(1);
  const host = new URL(widget.origin).hostname;
  await page.goto(widget.publish({ host, html: `<!doctype html><body>${snippet(widget)}` }));
  await eventually(() => lines.length).toBe(2);
  expect(lines).toEqual([expect.stringContaining('ORIGIN_NOT_ALLOWED'), expect.stringContaining('ORIGIN_NOT_ALLOWED')]);
  expect(widget.requests.filter((path) => path !== '/favicon.ico')).toEqual(['/loader.js', '/loader.js']);
});

test('an embedder that listens on what boot answers hears of a mistake in the options', async ({ widget, page }) => {
  await visitShop(page, widget);
  const code = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const typo = Reflect.get(window, 'Casement').boot({ key: 'PUB_typo' });
        typo.on('error', (problem: { code: string }) => resolve(problem.code));
      }),
  );
  expect(code).toBe('UNKNOWN_KEY');
});

test('opens from a script in the head, before there is a body', async ({ widget, page, lines }) => {
  const queue = `['on', 'ready', () => { window.isReady = true; }], ['open']`;
  const head = `<script>(window.Casement ||= { q: [] }).q.push(${queue});</script>${snippet(widget)}`;
  await page.goto(widget.publish({ html: `<!doctype html><head>${head}</head><body>The page` }));
  await eventually(() => page.evaluate('isReady && Casement.isOpen()')).toBe(true);
  expect(lines).toEqual([]);
});
