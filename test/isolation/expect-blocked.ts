import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { API_BASE } from '../../shared/api-path.ts';
import { eventually } from './eventually.ts';
import type { IsolationStage } from './stage.ts';

/** The server said no, or it said yes to a claim and the browser did not show the document. */
export type Blocking = 'refused by the server' | 'not rendered by the browser';

/**
 * Asserts that whoever was to be kept out of `page` was: the frame's document was asked for and blocked in this way, and
 * nothing of it ran. No code of the frame was fetched, no ticket redeemed, no session written, no frame shows a document
 * of ours. The page's `load` event, which waits for its frames, has to be over.
 */
export async function expectBlocked(stage: IsolationStage, page: Page, blocking: Blocking): Promise<void> {
  const isRefused = blocking === 'refused by the server';
  await eventually(() => new Set(stage.documents().map(({ status }) => status))).toEqual(
    new Set([isRefused ? 403 : 200]),
  );
  if (!isRefused) await expectViolationReport(stage);
  await eventually(() => page.frames().map((frame) => frame.url())).not.toContain('');

  const requests = stage.proxy.exchanges().map(({ method, path }) => `${method} ${path.split('?')[0]}`);
  expect(requests.filter((request) => !HARMLESS.test(request))).toEqual([]);
  expect(await stage.countSessions()).toBe(0);
  expect(page.frames().filter((frame) => frame.url().startsWith(stage.widgetOrigin))).toEqual([]);
}

const HARMLESS = new RegExp(`^GET /(frame/PUB_\\w+|loader\\.js|favicon\\.ico)$|^POST ${API_BASE}/reports$`);

/** Chromium reports the violation to the policy's `report-uri`; the report names no page, but the directive. */
async function expectViolationReport(stage: IsolationStage): Promise<void> {
  const reports = () => stage.proxy.exchanges().filter(({ path }) => path === `${API_BASE}/reports`);
  await eventually(() => reports().length).toBeGreaterThan(0);
  expect(reports()[0]?.requestBody).toContain('"effective-directive":"frame-ancestors"');
}
