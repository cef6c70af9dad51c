import { expect } from 'vitest';
import { frameOf } from './embedder.ts';
import { countWindows, openReadyWidget, shopWithAdvertisement } from './find-windows.ts';
import { test } from './weakened-test.ts';

test('case 33: without the shadow root all of them would find it', async ({ stage, page }) => {
  await page.goto(shopWithAdvertisement(stage));
  await openReadyWidget(page);
  const advertisement = await frameOf(page, stage.sites.origin('evil'));
  expect(await page.evaluate(countWindows, 'self')).toBe(3);
  expect(await advertisement.evaluate(countWindows, 'top')).toBe(3);
});
