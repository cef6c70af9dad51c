import { expect } from 'vitest';
import { CROSS_ORIGIN_ISOLATED, embeddingPage, strictPolicy } from '../support/hostile-pages.ts';
import type { SitePage } from '../support/hostile-sites.ts';
import { askInFrame, frameOf, openWidget } from './embedder.ts';
import { test } from './isolation-test.ts';
import type { IsolationStage } from './stage.ts';

const HOSTS: readonly [what: string, site: string, headers: (stage: IsolationStage) => SitePage['headers']][] = [
  ['a listed site', 'shop', () => ({})],
  ['a second listed site', 'shop2', () => ({})],
  ['a host page that sends no referrer', 'shop', () => ({ 'referrer-policy': 'no-referrer' })],
  ['a host page that is cross-origin isolated', 'shop', () => CROSS_ORIGIN_ISOLATED],
  ['a host page with a strict policy and Trusted Types', 'shop', ({ widgetOrigin }) => strictPolicy(widgetOrigin)],
];

test.for(HOSTS)(
  'case 1: %s embeds the loader -> the chat answers',
  async ([, site, headersFor], { stage, page, log }) => {
    await page.goto(stage.sites.publish(site, embeddingPage(stage.widgetOrigin, stage.keys.shop, headersFor(stage))));
    await openWidget(page);
    const frame = await frameOf(page, stage.widgetOrigin);
    expect(await askInFrame(frame, 'What do you sell?')).not.toBe('');
    expect(stage.documents()).toMatchObject([{ status: 200, headers: { referer: `${stage.sites.origin(site)}/` } }]);
    expect(log.complaints).toEqual([]);
  },
);

test('case 1: the cross-origin isolated host page really is', async ({ stage, page }) => {
  await page.goto(
    stage.sites.publish('shop', embeddingPage(stage.widgetOrigin, stage.keys.shop, CROSS_ORIGIN_ISOLATED)),
  );
  expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(true);
});

test('case 13: two companies’ keys on one listed site -> both work, and share no visitor and no conversation', async ({
  stage,
  context,
  page,
}) => {
  await stage.forgetSessions();
  const questions = ['Where is my parcel?', 'Do you know my parcel?'];
  for (const [index, key] of [stage.keys.shop, stage.keys.rival].entries()) {
    await page.goto(stage.sites.publish('shop', embeddingPage(stage.widgetOrigin, key)));
    await openWidget(page);
    const frame = await frameOf(page, stage.widgetOrigin);
    await askInFrame(frame, questions[index] ?? '');
    expect(await frame.locator('.exchange').count()).toBe(1);
  }
  const names = (await context.cookies()).map(({ name }) => name);
  expect(new Set(names).size).toBe(2);
  const sessions = await stage.casement.store.collection('widget_sessions').find().toArray();
  expect(new Set(sessions.map(({ widgetId }) => widgetId)).size).toBe(2);
  expect(new Set(sessions.map(({ visitorId }) => visitorId)).size).toBe(2);
});
