import { expect } from 'vitest';
import { frameOf, openWidget, test, visitShop } from './fake-frame-test.ts';
import { call, eventually } from './loader-test.ts';

const PHONE = { width: 390, height: 844 };
const TALL = '<div style="height: 4000px">A long page</div>';

test.for([
  ['scrolls smoothly', '<style>html { scroll-behavior: smooth }</style>'],
  ['scrolls by its body', '<style>html { height: 100% } body { height: 100%; overflow-y: scroll; margin: 0 }</style>'],
  ['insists on scroll bars', '<style>html { overflow-y: scroll !important }</style>'],
] as const)('a phone page that %s is back where it was when the panel closes', async ([, style], { widget, page }) => {
  await page.setViewportSize(PHONE);
  await visitShop(page, widget, style + TALL);
  const position = () => page.evaluate('document.scrollingElement.scrollTop || document.body.scrollTop');
  await page.evaluate('scrollTo({ top: 1234, behavior: "instant" }); document.body.scrollTop = 1234;');
  const before = await position();
  expect(before).toBe(1234);
  await openWidget(page);
  await page.mouse.move(200, 400);
  await page.mouse.wheel(0, 500);
  await page.evaluate('scrollBy({ top: 300, behavior: "instant" }); Casement.close()');
  expect(await position()).toBe(before);
  await page.mouse.wheel(0, 100);
  await eventually(position).not.toBe(before);
});

test('a wide page may be scrolled while the panel is open, and stays there when it closes', async ({
  widget,
  page,
}) => {
  await visitShop(page, widget, TALL);
  await openWidget(page);
  await page.evaluate('scrollTo(0, 700)');
  await page.evaluate('Casement.close()');
  expect(await page.evaluate('scrollY')).toBe(700);
});

test("keeps the page's own adopted style sheets, and lets go when the last of two panels closes", async ({
  widget,
  page,
}) => {
  await page.setViewportSize(PHONE);
  await visitShop(page, widget, TALL);
  await page.evaluate('document.adoptedStyleSheets = [window.own = new CSSStyleSheet()]');
  await page.evaluate(`window.second = Casement.boot({ key: "${widget.key}", id: "second" })`);
  await page.evaluate(`window.first = Casement.boot({ key: "${widget.key}" }); first.open(); second.open()`);
  const overflow = () => page.evaluate('getComputedStyle(document.documentElement).overflowY');
  expect(await overflow()).toBe('hidden');
  await page.evaluate('first.close()');
  expect(await overflow()).toBe('hidden');
  await page.evaluate('second.close()');
  expect(await overflow()).toBe('visible');
  expect(
    await page.evaluate('document.adoptedStyleSheets.length === 1 && document.adoptedStyleSheets[0] === own'),
  ).toBe(true);
});

test('case 33: two widgets of one key have a channel each, and the page finds no window of theirs', async ({
  widget,
  page,
}) => {
  await visitShop(page, widget);
  const first = await openWidget(page);
  await page.evaluate(`window.second = Casement.boot({ key: "${widget.key}", id: "second", position: "start" })`);
  await page.evaluate('window.secondEvents = []; second.on("unread", (n) => secondEvents.push(n)); second.open()');
  await eventually(() => page.frames().length).toBe(3);
  const [, , inSecond] = page.frames();
  await eventually(() => inSecond?.evaluate('heard[0]')).toBe('open');
  await (await frameOf(page, widget)).evaluate('heard.length = 0');
  await inSecond?.evaluate('say({ t: "unread", n: 5 })');
  await eventually(() => page.evaluate('secondEvents')).toEqual([5]);
  expect(await first()).toEqual(['opened', 'ready']);
  expect(await page.evaluate('window.length + document.querySelectorAll("iframe").length')).toBe(0);
});

test('a page that takes the element away whenever it comes is not driven into an endless loop', async ({
  widget,
  page,
  lines,
}) => {
  await visitShop(page, widget);
  await page.evaluate(() => {
    Reflect.set(window, 'removals', 0);
    const remove = () => {
      const element = document.querySelector('casement-widget');
      if (element) Reflect.set(window, 'removals', Reflect.get(window, 'removals') + 1);
      element?.remove();
    };
    new MutationObserver(remove).observe(document.documentElement, { childList: true });
    remove();
  });
  expect(await page.evaluate('removals')).toBe(100);
  expect(lines).toEqual([]);
});

test('stays silent when all is well', async ({ widget, page, lines }) => {
  await visitShop(page, widget);
  await openWidget(page);
  await call(page, 'destroy');
  expect(lines).toEqual([]);
});

test('works in a page whose storage is blocked', async ({ widget, page, lines }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'sessionStorage', {
      get() {
        throw new DOMException('blocked', 'SecurityError');
      },
    });
  });
  await visitShop(page, widget);
  await openWidget(page);
  await call(page, 'close');
  expect(lines).toEqual([]);
});

test('is not printed', async ({ widget, page }) => {
  await visitShop(page, widget);
  await page.emulateMedia({ media: 'print' });
  expect(await page.evaluate('getComputedStyle(document.querySelector("casement-widget")).display')).toBe('none');
});

test('leaves no listener and no element after destroy', async ({ widget, page }) => {
  await page.addInitScript(() => {
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    const active = new Set<string>();
    Reflect.set(window, 'active', active);
    EventTarget.prototype.addEventListener = function (
      this: EventTarget,
      ...args: Parameters<typeof addEventListener>
    ) {
      if (this === window || this === document) active.add(args[0]);
      return addEventListener.apply(this, args);
    };
    EventTarget.prototype.removeEventListener = function (
      this: EventTarget,
      ...args: Parameters<typeof removeEventListener>
    ) {
      active.delete(args[0]);
      return removeEventListener.apply(this, args);
    };
  });
  await visitShop(page, widget);
  await openWidget(page);
  expect(await page.evaluate('[...active]')).toContain('keydown');
  await call(page, 'destroy');
  expect(await page.evaluate('[...active]')).toEqual([]);
  expect(await page.evaluate('document.documentElement.children.length')).toBe(2);
});

test('lets go of a phone page even if the page threw the element away first', async ({ widget, page }) => {
  await page.setViewportSize(PHONE);
  await visitShop(page, widget, TALL);
  await openWidget(page);
  await page.evaluate('document.querySelector("casement-widget").remove(); Casement.destroy()');
  expect(await page.evaluate('getComputedStyle(document.documentElement).overflowY')).toBe('visible');
  expect(await page.locator('casement-widget').count()).toBe(0);
});
