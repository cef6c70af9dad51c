import type { Frame, Page } from 'playwright-core';
import { element, embeddingPage, htmlPage } from '../support/hostile-pages.ts';
import { heardEvents, openWidget } from './embedder.ts';
import { eventually } from './eventually.ts';
import type { IsolationStage } from './stage.ts';

/** Runs in any window: how many windows it finds from the one in its variable `start`, which counts, going down by index. */
export function countWindows(start: string): number {
  const count = (root: Window): number => {
    let sum = 1;
    for (let index = 0; index < root.length; index++) {
      const inner = root[index];
      if (inner) sum += count(inner);
    }
    return sum;
  };
  return count(Reflect.get(window, start));
}

/** The shop with the widget open in it and an advertisement of evil beside it. */
export function shopWithAdvertisement(stage: IsolationStage): string {
  const advertisement = element('iframe', { src: stage.sites.publish('evil', htmlPage('advertisement')) });
  const shop = embeddingPage(stage.widgetOrigin, stage.keys.shop);
  return stage.sites.publish('shop', { ...shop, body: `${shop.body}${advertisement}` });
}

/** Opens the widget and waits for its handshake. */
export async function openReadyWidget(embedder: Page | Frame): Promise<void> {
  await openWidget(embedder);
  await eventually(() => heardEvents(embedder)).toContain('ready');
}
