import { describe, expect } from 'vitest';
import { embeddingPage, framingPage } from '../support/hostile-pages.ts';
import { heardEvents, openWidget } from './embedder.ts';
import { eventually } from './eventually.ts';
import { expectBlocked } from './expect-blocked.ts';
import { BARE_ORIGIN, HOSTILE_EMBEDDERS } from './hostile-embedders.ts';
import { test } from './isolation-test.ts';

test('control: the listed shop frames the widget -> it is shown, and a session begins', async ({ stage, page }) => {
  const url = stage.frameUrl('shop');
  await page.goto(stage.sites.publish('shop', framingPage(url, { attributes: BARE_ORIGIN })));
  await eventually(() => stage.countSessions()).toBe(1);
  expect(page.frames().map((frame) => frame.url())).toContain(url);
  await expect(expectBlocked(stage, page, 'refused by the server')).rejects.toThrow();
  await stage.forgetSessions();
});

describe.each(HOSTILE_EMBEDDERS)('$what', ({ firstWall, publish }) => {
  test('-> blocked', async ({ stage, page }) => {
    await page.goto(publish(stage));
    await expectBlocked(stage, page, firstWall);
  });

  test('behind a proxy that makes the request look honest -> blocked by the browser', async ({ stage, page }) => {
    stage.proxy.rewriteRequests(stage.honestLooking);
    await page.goto(publish(stage));
    await expectBlocked(stage, page, 'not rendered by the browser');
  });
});

test.for([
  ['object', 'shop'],
  ['object', 'evil'],
  ['embed', 'shop'],
  ['embed', 'evil'],
] as const)('case 10: <%s> of the frame in %s -> blocked', async ([tag, site], { stage, page }) => {
  const url = stage.frameUrl('shop');
  await page.goto(stage.sites.publish(site, framingPage(url, { tag, attributes: BARE_ORIGIN })));
  await expectBlocked(stage, page, 'refused by the server');
  expect(stage.documents()[0]?.headers['sec-fetch-dest']).toBe(tag);
});

test('case 2: evil frames the widget with a claim of its own -> blocked', async ({ stage, page }) => {
  const url = stage.frameUrl('evil');
  await page.goto(stage.sites.publish('evil', framingPage(url, { attributes: BARE_ORIGIN })));
  await expectBlocked(stage, page, 'refused by the server');
});

test('case 2: evil embeds the loader with the shop’s key -> blocked, and the loader says why', async ({
  stage,
  page,
}) => {
  await page.goto(stage.sites.publish('evil', embeddingPage(stage.widgetOrigin, stage.keys.shop)));
  await openWidget(page);
  await expectBlocked(stage, page, 'refused by the server');
  await eventually(() => heardEvents(page)).toContain('FRAME_REFUSED');
  await expectBlocked(stage, page, 'refused by the server');
  expect(stage.documents()).toHaveLength(1);
});

test('case 4: evil frames the shop, which embeds the loader -> blocked, and the loader gives up quietly', async ({
  stage,
  page,
}) => {
  const thrown: string[] = [];
  page.on('pageerror', ({ message }) => thrown.push(message));
  const shop = stage.sites.publish('shop', embeddingPage(stage.widgetOrigin, stage.keys.shop));
  await page.goto(stage.sites.publish('evil', framingPage(shop)));
  const embedder = page.frame({ url: shop });
  if (embedder === null) throw new TypeError('evil did not frame the shop');
  await openWidget(embedder);
  await expectBlocked(stage, page, 'not rendered by the browser');
  await eventually(() => heardEvents(embedder)).toContain('FRAME_REFUSED');
  expect(thrown).toEqual([]);
});
