import type { BrowserContext, Page } from 'playwright-core';
import { test as base, expect } from 'vitest';
import type { PublicKey } from '../../../shared/public-key.ts';
import { launchBrowser } from '../../support/browser.ts';
import { type HostileSites, startHostileSites } from '../../support/hostile-sites.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

export type LoaderStage = {
  readonly casement: Casement;
  readonly sites: HostileSites;
  /** Of a widget that `shop` may embed, and no other site. */
  readonly key: PublicKey;
  /** Of a second widget that `shop` may embed. */
  readonly secondKey: PublicKey;
  /** Publishes a page on `shop` with the snippet; `attributes` go into the script tag. */
  shopPage(options?: PageOptions): string;
};

type PageOptions = {
  readonly site?: string;
  readonly attributes?: string;
  /** HTML before the snippet. */
  readonly before?: string;
  /** HTML after the snippet. */
  readonly after?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** What an embedder would see go wrong on the page: uncaught exceptions and refusals by its own policy. */
export type PageTrouble = { readonly errors: string[]; readonly said: string[] };

export const test = base
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures are wanted
  .extend('stage', { scope: 'file' }, async ({}, { onCleanup }): Promise<LoaderStage> => {
    const sites = await startHostileSites();
    const casement = await startCasement({ assets: 'built' });
    onCleanup(async () => {
      await casement.stop();
      await sites.stop();
    });
    const allowlist = [sites.origin('shop')];
    const { publicKey: key } = await casement.createWidget({ allowlist });
    const { publicKey: secondKey } = await casement.createWidget({ allowlist });
    return {
      casement,
      sites,
      key,
      secondKey,
      shopPage({ site = 'shop', attributes = `data-key="${key}"`, before = '', after = '', headers = {} } = {}) {
        const script = `<script src="${casement.origin}/loader.js" ${attributes}></script>`;
        const body = `<!doctype html><html lang="en"><title>Shop</title><body>${before}${script}${after}`;
        return sites.publish(site, { body, headers });
      },
    };
  })
  // biome-ignore lint/correctness/noEmptyPattern: as above
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }) => {
    const browser = await launchBrowser();
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('context', async ({ browser }, { onCleanup }): Promise<BrowserContext> => {
    const context = await browser.newContext();
    onCleanup(() => context.close());
    return context;
  })
  .extend('page', async ({ context }): Promise<Page> => context.newPage())
  .extend('trouble', async ({ page }): Promise<PageTrouble> => {
    const trouble: PageTrouble = { errors: [], said: [] };
    page.on('pageerror', ({ message }) => trouble.errors.push(message));
    page.on('console', (message) => trouble.said.push(message.text()));
    return trouble;
  });

/** Waits for a fact; a machine that is busy with other things gets the time it needs. */
export function eventually<T>(read: () => T | Promise<T>) {
  return expect.poll(read, { timeout: 20_000 });
}

/** Calls a method of `window.Casement` in the page. */
export function call(page: Page, name: string, ...args: readonly (string | object)[]): Promise<unknown> {
  return page.evaluate(([method, list]) => Reflect.get(window, 'Casement')[method](...list), [name, args] as const);
}

/** Keeps the names of the widget's events, and the codes of its errors, in the page from here on. */
export async function hearEvents(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const heard: string[] = [];
    Reflect.set(window, 'heard', heard);
    const casement = Reflect.get(window, 'Casement');
    for (const name of ['ready', 'opened', 'closed']) casement.on(name, () => heard.push(name));
    casement.on('error', ({ code }: { code: string }) => heard.push(code));
  });
  return () => page.evaluate(() => Reflect.get(window, 'heard'));
}

/** Whether a panel shows: the iframe is visible to a person. */
export function isPanelVisible(page: Page, widgetOrigin: string): Promise<boolean> {
  const frame = page.frames().find((each) => each.url().startsWith(`${widgetOrigin}/frame/`));
  if (frame === undefined) return Promise.resolve(false);
  return frame.frameElement().then(
    (element) => element.isVisible(),
    () => false,
  );
}
