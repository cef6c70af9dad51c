import type { BrowserContext, Frame, Page } from 'playwright-core';
import { expect } from 'vitest';
import { embeddingPage } from '../support/hostile-pages.ts';
import { askInFrame, frameOf, openWidget } from './embedder.ts';
import { test } from './isolation-test.ts';
import type { IsolationStage } from './stage.ts';

async function openOn(site: string, stage: IsolationStage, page: Page): Promise<Frame> {
  await page.goto(stage.sites.publish(site, embeddingPage(stage.widgetOrigin, stage.keys.shop)));
  await openWidget(page);
  return frameOf(page, stage.widgetOrigin);
}

/** Leaves a mark in every kind of storage a document has. */
async function leaveMarks(frame: Frame): Promise<void> {
  await frame.evaluate(async () => {
    localStorage.setItem('mark', 'left');
    sessionStorage.setItem('mark', 'left');
    await (await caches.open('mark')).put('/mark', new Response('left'));
    await new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open('mark', 1);
      opening.onsuccess = () => resolve();
      opening.onerror = () => reject(opening.error);
    });
    // biome-ignore lint/suspicious/noDocumentCookie: the test is about where it goes
    document.cookie = '__Host-mark=left; Secure; Path=/; SameSite=None; Partitioned';
    Reflect.set(window, 'channel', new BroadcastChannel('mark'));
    Reflect.get(window, 'channel').onmessage = () => Reflect.set(window, 'called', true);
  });
}

function findMarks(frame: Frame) {
  return frame.evaluate(async () => {
    const channel = new BroadcastChannel('mark');
    channel.postMessage('are you there?');
    channel.close();
    const databases = await indexedDB.databases();
    return {
      local: localStorage.getItem('mark'),
      session: sessionStorage.getItem('mark'),
      caches: await caches.keys(),
      databases: databases.map(({ name }) => name).filter((name) => name === 'mark'),
      cookie: document.cookie.includes('mark'),
    };
  });
}

const NOTHING = { local: null, session: null, caches: [], databases: [], cookie: false };

test('case 38: one key on two sites -> storage and channels of one are not there on the other', async ({
  stage,
  context,
  page,
}) => {
  const onShop = await openOn('shop', stage, page);
  expect(await findMarks(onShop)).toEqual(NOTHING);
  await leaveMarks(onShop);
  expect(await findMarks(onShop)).toMatchObject({ local: 'left', caches: ['mark'], databases: ['mark'], cookie: true });

  const onShop2 = await openOn('shop2', stage, await context.newPage());
  expect(await findMarks(onShop2)).toEqual(NOTHING);
  expect(await onShop.evaluate(() => Reflect.get(window, 'called'))).toBe(true);
  await onShop.evaluate(() => Reflect.set(window, 'called', false));
  await findMarks(onShop2);
  expect(await onShop.evaluate(() => Reflect.get(window, 'called'))).toBe(false);
});

test('case 38: one key on two sites -> two visitors, two cookies, and a conversation on one of them only', async ({
  stage,
  context,
  page,
}) => {
  await stage.forgetSessions();
  await askInFrame(await openOn('shop', stage, page), 'Do you know my parcel?');
  const other = await context.newPage();
  const onShop2 = await openOn('shop2', stage, other);
  await onShop2.getByRole('textbox').waitFor();
  expect(await onShop2.locator('.exchange').count()).toBe(0);
  await askInFrame(onShop2, 'Where is my order?');

  expect(await readPartitions(context, stage)).toEqual([
    `${stage.sites.origin('shop').replace(/:\d+$/, '')}`,
    `${stage.sites.origin('shop2').replace(/:\d+$/, '')}`,
  ]);
  const sessions = await stage.casement.store.collection('widget_sessions').find().toArray();
  expect(new Set(sessions.map(({ visitorId }) => visitorId)).size).toBe(2);

  const again = await openOn('shop', stage, page);
  await again.locator('.exchange').waitFor();
  expect(await again.locator('.exchange').count()).toBe(1);
  expect(await again.locator('.exchange').textContent()).toContain('parcel');
});

/** The top-level sites of which the widget's cookies are a part. */
async function readPartitions(context: BrowserContext, stage: IsolationStage): Promise<(string | undefined)[]> {
  const cookies = await context.cookies(stage.widgetOrigin);
  return cookies
    .filter(({ name }) => name.startsWith('__Host-'))
    .map(({ partitionKey }) => partitionKey)
    .sort();
}
