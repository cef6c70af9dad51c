import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { call, eventually, hearEvents, isPanelVisible, test } from './loader-test.ts';

const TALL = '<div style="height: 4000px">A long page</div>';
const PHONE = { width: 390, height: 844 };

async function openAndWait(page: Page): Promise<() => Promise<string[]>> {
  const heard = await hearEvents(page);
  await call(page, 'open');
  await eventually(heard).toContain('ready');
  return heard;
}

test('open, close, toggle and isOpen do what they say', async ({ stage, page }) => {
  await page.goto(stage.shopPage());
  const heard = await openAndWait(page);
  expect(await call(page, 'isOpen')).toBe(true);
  await call(page, 'close');
  expect(await call(page, 'isOpen')).toBe(false);
  await call(page, 'toggle');
  expect(await call(page, 'isOpen')).toBe(true);
  expect((await heard()).filter((name) => name !== 'ready')).toEqual(['opened', 'closed', 'opened']);
});

test('Escape closes the panel from the frame, and focus goes back to the launcher', async ({ stage, page }) => {
  await page.goto(stage.shopPage());
  await page.setViewportSize({ width: 1280, height: 800 });
  const heard = await hearEvents(page);
  await page.mouse.click(1228, 748);
  await eventually(heard).toContain('ready');
  const frame = page.frames().find((each) => each.url().startsWith(`${stage.casement.origin}/frame/`));
  await eventually(() => frame?.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');

  await page.keyboard.press('Escape');
  await eventually(heard).toContain('closed');
  expect(await page.evaluate(() => document.activeElement?.localName)).toBe('casement-widget');
  await page.keyboard.press('Enter');
  await eventually(() => isPanelVisible(page, stage.casement.origin)).toBe(true);
});

test('Escape on the page closes the panel unless the page wanted the key', async ({ stage, page }) => {
  await page.goto(stage.shopPage({ before: '<input id="search">' }));
  const heard = await openAndWait(page);
  await page.evaluate(() => {
    const search = document.querySelector('#search');
    search?.addEventListener('keydown', (event) => event.preventDefault(), { once: true });
  });
  await page.locator('#search').press('Escape');
  expect(await call(page, 'isOpen')).toBe(true);
  await page.locator('#search').press('Escape');
  await eventually(heard).toContain('closed');
});

test('covers a phone and gives the page back where it was, to the pixel', async ({ stage, page }) => {
  await page.setViewportSize(PHONE);
  await page.goto(stage.shopPage({ before: TALL }));
  await page.evaluate(() => scrollTo(0, 1234));
  await openAndWait(page);
  const frame = page.frames().find((each) => each.url().startsWith(`${stage.casement.origin}/frame/`));
  const element = await frame?.frameElement();
  await eventually(() => element?.boundingBox()).toEqual({ x: 0, y: 0, ...PHONE });

  await call(page, 'close');
  expect(await page.evaluate(() => scrollY)).toBe(1234);
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).overflowY)).toBe('visible');
});

test('opens again after a reload while it was open, and not after it was closed', async ({ stage, page }) => {
  await page.goto(stage.shopPage());
  await openAndWait(page);
  await page.reload();
  await eventually(() => isPanelVisible(page, stage.casement.origin)).toBe(true);

  await call(page, 'close');
  await page.reload();
  expect(await call(page, 'isOpen')).toBe(false);
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
});

test('survives a navigation that swaps the body', async ({ stage, page }) => {
  await page.goto(stage.shopPage());
  const heard = await openAndWait(page);
  await page.evaluate(() => {
    const next = document.createElement('body');
    next.textContent = 'The next page';
    document.body.replaceWith(next);
  });
  expect(await isPanelVisible(page, stage.casement.origin)).toBe(true);
  await call(page, 'close');
  await eventually(heard).toContain('closed');
});

test('comes back when the page takes its element away', async ({ stage, page }) => {
  await page.goto(stage.shopPage());
  await page.evaluate(() => document.querySelector('casement-widget')?.remove());
  await eventually(() => page.locator('casement-widget').count()).toBe(1);
  await openAndWait(page);
});

test('shows two widgets on one page, each with its own conversation and API', async ({ stage, page }) => {
  await page.goto(stage.shopPage());
  const second = `(() => {
    window.second = window.Casement.boot({ key: '${stage.secondKey}', position: 'start' });
    return window.second.isOpen();
  })()`;
  expect(await page.evaluate(second)).toBe(false);
  await page.evaluate(() => Reflect.get(window, 'second').open());
  const keys = () =>
    page
      .frames()
      .map((frame) => /\/frame\/(PUB_\w+)/.exec(frame.url())?.[1])
      .filter((key) => key !== undefined);
  await eventually(keys).toEqual([stage.secondKey]);
  expect(await page.locator('casement-widget').count()).toBe(2);
});

test('destroy leaves nothing behind, and the widget can be booted again', async ({ stage, page }) => {
  await page.goto(stage.shopPage());
  await openAndWait(page);
  await call(page, 'destroy');
  expect(await page.locator('casement-widget').count()).toBe(0);
  expect(page.frames()).toHaveLength(1);
  expect(await page.evaluate(() => sessionStorage.length + document.adoptedStyleSheets.length)).toBe(0);

  await call(page, 'boot', { key: stage.key });
  await openAndWait(page);
});
