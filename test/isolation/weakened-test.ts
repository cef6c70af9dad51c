import type { Page } from 'playwright-core';
import { embeddingPage } from '../support/hostile-pages.ts';
import { frameOf, openWidget } from './embedder.ts';
import { test as isolationTest } from './isolation-test.ts';
import { type IsolationStage, startIsolationStage } from './stage.ts';
import { buildWithoutShadowRoot } from './weakened-build.ts';

/** As the isolation test, but its loader shows the iframe to everybody: the walls behind the shadow root have to hold. */
export const test = isolationTest.extend(
  'stage',
  { scope: 'file' },
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures are wanted
  async ({}, { onCleanup }): Promise<IsolationStage> => {
    const { dist, remove } = await buildWithoutShadowRoot();
    const stage = await startIsolationStage({ assets: { dist } });
    onCleanup(async () => {
      await stage.stop();
      await remove();
    });
    return stage;
  },
);

/** Opens the widget of a shop whose frame has its document and waits for its script, which `letScriptRun` lets go. */
export async function openHeldWidget(stage: IsolationStage, page: Page) {
  const letScriptRun = stage.proxy.hold('/assets/');
  await page.goto(stage.sites.publish('shop', embeddingPage(stage.widgetOrigin, stage.keys.shop)));
  await openWidget(page);
  return { frame: await frameOf(page, stage.widgetOrigin), letScriptRun };
}
