import type { BrowserContext, Page } from 'playwright-core';
import { test as base } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { observe } from '../support/observation.ts';
import { startIsolationStage } from './stage.ts';

/** What the browser and the pages in it let be known while a test ran. */
export type PageLog = {
  /** Every line of the console. */
  readonly said: string[];
  /** The lines that are errors, and exceptions nobody caught, of the page and of its frames. */
  readonly complaints: string[];
  /** Dialogs and downloads that came up. */
  readonly happened: string[];
};

/**
 * A test with a deployment under attack (`stage`, one for each file) and a page in a fresh profile. Before each test that
 * uses a browser the recorded requests are forgotten and the proxy is honest again.
 */
export const test = base
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures are wanted
  .extend('stage', { scope: 'file' }, async ({}, { onCleanup }) => {
    const stage = await startIsolationStage();
    onCleanup(() => stage.stop());
    return stage;
  })
  // biome-ignore lint/correctness/noEmptyPattern: as above
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }) => {
    const browser = await launchBrowser();
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('context', async ({ browser, stage }, { onCleanup }): Promise<BrowserContext> => {
    stage.proxy.reset();
    const context = await browser.newContext();
    onCleanup(() => context.close());
    return context;
  })
  .extend('page', async ({ context }): Promise<Page> => context.newPage())
  .extend('log', async ({ page }): Promise<PageLog> => watch(page));

function watch(page: Page): PageLog {
  const log: PageLog = { said: [], complaints: [], happened: [] };
  page.on('pageerror', ({ message }) => {
    observe('happening', () => `an exception nobody caught: ${message}`);
    log.complaints.push(message);
  });
  page.on('console', (message) => {
    observe('console', () => `${message.type()}: ${message.text()}`);
    log.said.push(message.text());
    if (message.type() === 'error') log.complaints.push(message.text());
  });
  page.on('dialog', async (dialog) => {
    observe('happening', () => `a dialog: ${dialog.message()}`);
    log.happened.push('dialog');
    await dialog.dismiss();
  });
  page.on('download', () => {
    observe('happening', () => 'a download');
    log.happened.push('download');
  });
  return log;
}
