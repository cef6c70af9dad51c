import { expect } from 'vitest';
import { embeddingPage, framingPage, htmlPage } from '../support/hostile-pages.ts';
import { askInFrame, frameOf, heardEvents } from './embedder.ts';
import { eventually } from './eventually.ts';
import { countWindows, openReadyWidget, shopWithAdvertisement } from './find-windows.ts';
import { test } from './isolation-test.ts';

test('case 33: the host page and an advertisement in it look for the widget -> each finds the other alone', async ({
  stage,
  page,
}) => {
  await page.goto(shopWithAdvertisement(stage));
  await openReadyWidget(page);
  const advertisement = await frameOf(page, stage.sites.origin('evil'));
  expect(page.frames().length).toBe(3);
  expect(await page.evaluate(countWindows, 'self')).toBe(2);
  expect(await advertisement.evaluate(countWindows, 'parent')).toBe(2);
  expect(await advertisement.evaluate(countWindows, 'top')).toBe(2);
  expect(await page.evaluate(() => document.querySelectorAll('iframe').length)).toBe(1);
});

test('case 33: the opener of the shop’s tab looks for the widget -> it finds the shop alone', async ({
  stage,
  page,
}) => {
  await page.goto(stage.sites.publish('evil', htmlPage('opener')));
  const opening = page.context().waitForEvent('page');
  const shopUrl = stage.sites.publish('shop', embeddingPage(stage.widgetOrigin, stage.keys.shop));
  await page.evaluate((url) => Reflect.set(window, 'opened', window.open(url)), shopUrl);
  const shop = await opening;
  await openReadyWidget(shop);
  expect(await page.evaluate(countWindows, 'opened')).toBe(1);
});

test('case 33: an ancestor that no policy keeps out looks for the widget -> it finds the shop alone', async ({
  stage,
  page,
}) => {
  stage.proxy.rewriteAnswers(({ 'content-security-policy': _, ...headers }) => headers);
  const shopUrl = stage.sites.publish('shop', embeddingPage(stage.widgetOrigin, stage.keys.shop));
  await page.goto(stage.sites.publish('evil', framingPage(shopUrl)));
  const shop = await frameOf(page, stage.sites.origin('shop'));
  await openReadyWidget(shop);
  expect(page.frames().length).toBe(3);
  expect(await page.evaluate(countWindows, 'self')).toBe(2);
});

test('case 33: two widgets of different keys on one page -> two channels, and no message crosses', async ({
  stage,
  page,
}) => {
  await page.goto(stage.sites.publish('shop', embeddingPage(stage.widgetOrigin, stage.keys.shop)));
  await openReadyWidget(page);
  await page.evaluate((key) => {
    const heard: string[] = [];
    const second = Reflect.get(window, 'Casement').boot({ key, id: 'second', position: 'start' });
    Object.assign(window, { second, heardOfSecond: heard });
    for (const name of ['ready', 'message-sent', 'reply-ended']) second.on(name, () => heard.push(name));
    second.open();
  }, stage.keys.rival);
  const heardOfSecond = () => page.evaluate((): string[] => Reflect.get(window, 'heardOfSecond'));
  await eventually(heardOfSecond).toEqual(['ready']);
  const second = page.frames().find((frame) => frame.url().includes(stage.keys.rival));
  if (second === undefined) throw new TypeError('The second widget has no frame');
  const before = await heardEvents(page);
  await askInFrame(second, 'What do you sell?');
  await eventually(heardOfSecond).toEqual(['ready', 'message-sent', 'reply-ended']);
  expect(await heardEvents(page)).toEqual(before);
  const first = page.frames().find((frame) => frame.url().includes(stage.keys.shop));
  expect(await first?.locator('.exchange').count()).toBe(0);
});
