import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { htmlPage } from '../support/hostile-pages.ts';
import { eventually } from './eventually.ts';
import { test } from './isolation-test.ts';
import type { IsolationStage } from './stage.ts';

/** Opens the frame's URL as a window from a page of `site`, and answers that window when it has loaded. */
async function openFrameFrom(site: string, opener: Page, stage: IsolationStage): Promise<Page> {
  await opener.goto(stage.sites.publish(site, htmlPage('An opener', { 'referrer-policy': 'origin' })));
  const opened = opener.waitForEvent('popup');
  await opener.evaluate((url) => {
    Object.assign(window, { opened: window.open(url), heard: [] });
    addEventListener('message', ({ data }) => Reflect.get(window, 'heard').push(data));
  }, stage.frameUrl('shop'));
  const popup = await opened;
  await popup.waitForLoadState();
  return popup;
}

/** The window is out of the opener's reach, and nothing in it ever spoke to the server or to the opener. */
async function expectInert(popup: Page, opener: Page, stage: IsolationStage): Promise<void> {
  await eventually(() => opener.evaluate(() => Reflect.get(window, 'opened').closed)).toBe(true);
  expect(await popup.evaluate(() => window.opener)).toBeNull();
  expect(await opener.evaluate(() => Reflect.get(window, 'heard'))).toEqual([]);
  expect(stage.proxy.exchanges().filter(({ method }) => method === 'POST')).toEqual([]);
  expect(await stage.countSessions()).toBe(0);
}

test.for(['evil', 'shop'])(
  'case 11: %s opens the frame’s URL as a window -> 403, out of reach',
  async (site, { stage, page }) => {
    const popup = await openFrameFrom(site, page, stage);
    expect(stage.documents()).toMatchObject([{ status: 403, headers: { 'sec-fetch-dest': 'document' } }]);
    await expectInert(popup, page, stage);
  },
);

test.for(['evil', 'shop'])(
  'case 11: %s does so behind a proxy that strips Sec-Fetch-Dest -> 403',
  async (site, { stage, page }) => {
    stage.proxy.rewriteRequests(({ 'sec-fetch-dest': _, ...headers }) => headers);
    const popup = await openFrameFrom(site, page, stage);
    expect(stage.documents()).toMatchObject([{ status: 403 }]);
    await expectInert(popup, page, stage);
  },
);

test('case 11: evil does so behind a proxy that makes the request look honest -> an inert page', async ({
  stage,
  page,
}) => {
  stage.proxy.rewriteRequests(stage.honestLooking);
  const popup = await openFrameFrom('evil', page, stage);
  expect(stage.documents()).toMatchObject([{ status: 200 }]);
  // Its code has come and drawn the panel; whatever it would ask the server for, it asks before the network is idle.
  await popup.getByRole('textbox').waitFor();
  await popup.waitForLoadState('networkidle');
  await expectInert(popup, page, stage);
});
