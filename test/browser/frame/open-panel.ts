import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Configuration } from '../../../shared/configuration.ts';
import { type FakeApi, startFakeApi } from '../../support/fake-api.ts';
import type { FakeReply } from './fake-reply.ts';

/** Waits for a fact; a machine that is busy with other things gets the time it needs. */
export function eventually<T>(read: () => T | Promise<T>) {
  return expect.poll(read, { timeout: 20_000 });
}

export type Panel = {
  readonly api: FakeApi;
  readonly page: Page;
  /** The frame of the document that is in the iframe now. */
  readonly frame: Frame;
  /** What was said over the port, without the sequence numbers. */
  said(): Promise<{ t: string; name?: string; n?: number }[]>;
  /** Types a question, sends it with Enter, and answers the reply the test then speaks for. */
  ask(question: string): Promise<FakeReply>;
  /** Errors, and refusals by the Content-Security-Policy or by Trusted Types, of the whole page. */
  readonly problems: readonly string[];
  reload(): Promise<void>;
  /** Waits until nothing moves any more: in the middle of a move, 40 px may measure 39.99997. */
  settle(): Promise<void>;
  close(): Promise<void>;
};

export type PanelOptions = {
  readonly context?: BrowserContextOptions;
  readonly configure?: (configuration: Configuration) => Configuration;
  /** Before the page is opened, such as to spoil something in it. */
  readonly prepare?: (page: Page, api: FakeApi) => Promise<unknown>;
  /** A silent one never answers the handshake. */
  readonly hostPage?: 'silent';
  /** Where both sites are; `localhost` unless told, below which each name is a site of its own. */
  readonly domain?: string;
};

/** A host page with the frame in it, open, and its code all there. */
export async function openPanel(
  browser: Browser,
  { context: given, configure, prepare, hostPage, domain }: PanelOptions = {},
): Promise<Panel> {
  const api = await startFakeApi(domain);
  if (configure) api.configure(configure);
  const context = await browser.newContext({ viewport: { width: 400, height: 680 }, ...given });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (/security policy|trusted|integrity|refused to/i.test(message.text())) problems.push(message.text());
  });
  await prepare?.(page, api);

  const panel: Panel = {
    api,
    page,
    problems,
    get frame() {
      const frame = page.frames().find((one) => one.url().startsWith(api.widgetOrigin));
      if (frame === undefined) throw new Error('There is no frame');
      return frame;
    },
    said: () => page.evaluate('host.said.map(({ s, ...message }) => message)'),
    async ask(question) {
      await panel.frame.fill('textarea', question);
      await panel.frame.press('textarea', 'Enter');
      return api.nextReply();
    },
    async reload() {
      await page.reload();
      await open(page);
    },
    settle: () => panel.frame.evaluate(settle),
    async close() {
      await context.close();
      await api.close();
    },
  };
  await page.goto(`${api.shopOrigin}/${hostPage ?? ''}`);
  if (hostPage !== 'silent') await open(page);
  return panel;
}

async function open(page: Page): Promise<void> {
  await page.waitForFunction('host.said.length >= 2');
  await page.evaluate('host.open()');
}

/** Runs in the frame. What pulses for ever, such as the caret, is not waited for. */
async function settle(): Promise<void> {
  for (;;) {
    const moves = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    if (moves.length === 0) return;
    await Promise.all(moves.map(({ finished }) => finished.catch(() => {})));
  }
}
