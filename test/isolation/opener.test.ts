import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { bareHostPage } from '../support/hostile-host.ts';
import { htmlPage } from '../support/hostile-pages.ts';
import { answerHello } from './bare-host.ts';
import { eventually } from './eventually.ts';
import { test } from './isolation-test.ts';
import type { IsolationStage } from './stage.ts';

/** Opens, from a page of `site`, the shop with the widget's frame in plain sight, which waits for its init. */
async function openShopFrom(stage: IsolationStage, page: Page, site: string): Promise<Page> {
  await page.goto(stage.sites.publish(site, htmlPage(site)));
  const opening = page.context().waitForEvent('page');
  await page.evaluate(
    (url) => {
      Reflect.set(window, 'shop', window.open(url));
    },
    stage.sites.publish('shop', bareHostPage(stage.frameUrl('shop'))),
  );
  const shop = await opening;
  await eventually(() => shop.evaluate(() => Reflect.get(window, 'heard')?.length)).toBe(1);
  return shop;
}

test.for([
  ['a page of evil', 'evil'],
  ['another page of the shop', 'shop'],
])(
  'case 25: %s opens the shop in a tab and posts a right init right into the frame -> dropped',
  async ([, site = ''], { stage, page, log }) => {
    const shop = await openShopFrom(stage, page, site);
    const hello = await shop.evaluate(() => Reflect.get(window, 'heard')[0].data);
    await page.evaluate(
      ({ init, widgetOrigin }) => {
        const answers: unknown[] = [];
        Object.assign(window, { answers });
        const frame: Window = Reflect.get(window, 'shop')[0];
        for (const target of [widgetOrigin, '*']) {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = ({ data }) => answers.push(data);
          frame.postMessage(init, target, [port2]);
        }
      },
      { init: { ...hello, t: 'init' }, widgetOrigin: stage.widgetOrigin },
    );
    // The parent's init is answered, and it came to the frame after the opener's.
    const { first, pong } = await answerHello(shop, { widgetOrigin: stage.widgetOrigin });
    expect(first).toMatchObject({ t: 'ready', f: hello.f });
    expect(pong).toMatchObject({ t: 'pong' });
    expect(await page.evaluate(() => Reflect.get(window, 'answers'))).toEqual([]);
    expect(log.complaints).toEqual([]);
  },
);
