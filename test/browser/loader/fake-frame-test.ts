import type { Frame, Page } from 'playwright-core';
import { test as base } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { type FakeWidgetOrigin, startFakeWidgetOrigin } from '../../support/fake-widget-origin.ts';
import { eventually, hearEvents } from './loader-test.ts';

/** For what a real frame never does: every test has a page and says what the frame on it does. */
export const test = base
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures are wanted
  .extend('widget', async ({}, { onCleanup }): Promise<FakeWidgetOrigin> => {
    const widget = await startFakeWidgetOrigin();
    onCleanup(() => widget.stop());
    return widget;
  })
  // biome-ignore lint/correctness/noEmptyPattern: as above
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }) => {
    const browser = await launchBrowser();
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('page', async ({ browser }, { onCleanup }): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    onCleanup(() => context.close());
    return context.newPage();
  })
  .extend('lines', async ({ page }): Promise<string[]> => {
    const lines: string[] = [];
    page.on('console', (message) => message.text().startsWith('Casement') && lines.push(message.text()));
    page.on('pageerror', ({ message }) => lines.push(`uncaught: ${message}`));
    return lines;
  });

/** The snippet, with attributes besides the key. */
export function snippet({ origin, key }: FakeWidgetOrigin, attributes = ''): string {
  return `<script src="${origin}/loader.js" data-key="${key}" ${attributes}></script>`;
}

/** Goes to a page of the shop with the snippet in its body. */
export async function visitShop(page: Page, widget: FakeWidgetOrigin, body = '', attributes = ''): Promise<void> {
  await page.goto(
    widget.publish({ html: `<!doctype html><title>Shop</title><body>${body}${snippet(widget, attributes)}` }),
  );
}

/** Opens the panel and waits until the frame is ready; answers how to read the events heard so far. */
export async function openWidget(page: Page): Promise<() => Promise<string[]>> {
  const heard = await hearEvents(page);
  await page.evaluate('Casement.open()');
  await eventually(heard).toContain('ready');
  return heard;
}

/** The fake frame of the page; waits for it. */
export async function frameOf(page: Page, { origin }: FakeWidgetOrigin): Promise<Frame> {
  const find = () => page.frames().find((frame) => frame.url().startsWith(`${origin}/frame/`));
  await eventually(() => find() !== undefined).toBe(true);
  const frame = find();
  if (frame === undefined) throw new TypeError('The frame has gone again');
  return frame;
}

/** Keeps what is behind closed shadow roots within reach of {@link launcherOf}. To be called before the page is visited. */
export async function spyOnRoots(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { attachShadow } = Element.prototype;
    const roots: ShadowRoot[] = [];
    Reflect.set(window, 'roots', roots);
    Element.prototype.attachShadow = function (options) {
      const root = attachShadow.call(this, options);
      roots.push(root);
      return root;
    };
  });
}

export type SeenLauncher = {
  readonly name: string | null;
  readonly isExpanded: string | null;
  readonly colour: string;
  readonly icon: string | null | undefined;
  /** CSS pixels from the edges of the viewport. */
  readonly fromLeft: number;
  readonly fromRight: number;
  readonly fromBottom: number;
  readonly hasBadge: boolean;
};

/** The launcher of the page's `index`-th widget, as a visitor finds it. */
export function launcherOf(page: Page, index = 0): Promise<SeenLauncher | undefined> {
  return page.evaluate((at) => {
    const button: HTMLButtonElement | null | undefined = Reflect.get(window, 'roots')[at]?.querySelector('button');
    if (!button) return undefined;
    const { left, right, bottom } = button.getBoundingClientRect();
    return {
      name: button.getAttribute('aria-label'),
      isExpanded: button.getAttribute('aria-expanded'),
      colour: getComputedStyle(button).backgroundColor,
      icon: button.querySelector('path')?.getAttribute('d'),
      fromLeft: left,
      fromRight: innerWidth - right,
      fromBottom: innerHeight - bottom,
      hasBadge: getComputedStyle(button, '::after').display !== 'none',
    };
  }, index);
}
