import type { Browser, CDPSession, Frame, Page } from 'playwright-core';
import type { Casement } from '../test/support/start-casement.ts';

/** What something that was done in the view cost its main thread. */
export type Cost = {
  /** The longest task in milliseconds; 0 if none was as long as the 50 ms from which browsers tell of one. */
  readonly longestTaskMs: number;
  /** From the press to the next picture, in steps of 8 ms as browsers tell; 0 if it was sooner than two steps. */
  readonly toPaintMs: number;
};

export type SlowView = {
  readonly page: Page;
  /** The view's document. */
  readonly frame: Frame;
  /** Of every page in the navigation. */
  readonly titles: readonly string[];
  /** Opens a page by a press in the navigation, and waits until it is drawn and quiet. */
  openPage(title: string): Promise<Cost>;
  /** Does something in the view, and waits until it is quiet. */
  measure(act: () => Promise<unknown>): Promise<Cost>;
};

const QUIET_MS = 500;

/** Signs in to the demo's dashboard as owner, and slows the processor of the view down. */
export async function openSlowView(browser: Browser, casement: Casement, slowdown: number): Promise<SlowView> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addInitScript(observe);
  const page = await context.newPage();
  await page.goto(casement.server.config.demoDashboard?.origin ?? '');
  await page.getByLabel('Email').fill('ada@harbour.example');
  await page.getByLabel('Password').fill('ada-anchor');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: /chat/i }).first().click();
  const isView = (frame: Frame) => frame.url().startsWith(`${casement.settingsOrigin}/settings/`);
  const frame = page.frames().find(isView) ?? (await page.waitForEvent('framenavigated', isView));
  await frame.locator('.page-body > :not(.skeleton)').first().waitFor();

  // A process of its own, as the view is of another site than the dashboard.
  const devtools: CDPSession = await context.newCDPSession(frame);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });

  // A small number may stand behind a title.
  const titles = await frame
    .locator('.nav-link')
    .evaluateAll((links) => links.map(({ firstChild }) => firstChild?.textContent ?? ''));

  async function measure(act: () => Promise<unknown>): Promise<Cost> {
    await frame.evaluate(forget);
    await act();
    await page.waitForTimeout(QUIET_MS);
    return frame.evaluate(readCost);
  }

  return {
    page,
    frame,
    titles,
    measure,
    async openPage(title) {
      // The place first: looking for it runs script in the view.
      await page.evaluate('scrollTo(0, 0)');
      const box = await frame.locator('.nav-link', { hasText: title }).boundingBox();
      if (box === null) throw new Error(`The navigation has no page "${title}"`);
      const cost = await measure(() => page.mouse.click(box.x + box.width / 2, box.y + box.height / 2));
      await frame.locator('h1', { hasText: title }).waitFor();
      await frame.locator('.page-body > :not(.skeleton)').first().waitFor();
      return cost;
    },
  };
}

function observe(): void {
  const observed = { longestTaskMs: 0, toPaintMs: 0 };
  Object.assign(window, { observed });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) observed.longestTaskMs = Math.max(observed.longestTaskMs, duration);
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) observed.toPaintMs = Math.max(observed.toPaintMs, duration);
  }).observe({ type: 'event', buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
}

function forget(): void {
  Object.assign((window as unknown as { observed: object }).observed, { longestTaskMs: 0, toPaintMs: 0 });
}

function readCost(): Cost {
  return { ...(window as unknown as { observed: Cost }).observed };
}
