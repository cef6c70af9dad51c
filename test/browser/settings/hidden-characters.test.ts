import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { AUDIT_LOG, ago, EVERY_ANSWER, RETIRING } from './answers.ts';
import { eventually, type OpenSettings, openSettings } from './open-settings.ts';

let browser: Browser;
let settings: OpenSettings;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
afterEach(async () => {
  expect(settings.problems).toEqual([]);
  await settings.close();
});

// Written as it stands, this would read backwards: "txt.exe si siht".
const TURNED = '\u202ethis is exe.txt';
const READ = 'this is exe.txt';
const actor = { subject: TURNED, role: 'owner' };

test.each([
  [
    'audit',
    'GET /audit-log',
    { ...AUDIT_LOG, entries: [{ ...AUDIT_LOG.entries[0], actor, act: 'article-deleted', details: { title: TURNED } }] },
  ],
  ['keys', 'GET /rotations', { ...RETIRING, rotations: [{ ...RETIRING.rotations[0], actor, reason: TURNED }] }],
  [
    'history',
    'GET /settings/versions',
    { versions: [{ version: 1, savedAt: ago(1_000), savedBy: actor, note: TURNED, sections: [] }], next: null },
  ],
])('%s shows words as they were said, whatever turns the direction of letters', async (route, call, answer) => {
  settings = await openSettings(browser, { route, answers: { ...EVERY_ANSWER, [call]: answer } });
  await eventually(() => settings.view.getByText(READ).count()).toBe(2);
  expect(await settings.view.locator('.page-body').innerText()).not.toContain('\u202e');
});

test('the review of a change shows a text as it was said, whatever turns the direction of letters', async () => {
  settings = await openSettings(browser, { route: 'texts', answers: EVERY_ANSWER });
  await settings.view.getByLabel('Greeting', { exact: true }).fill(TURNED);
  await settings.view.getByRole('button', { name: 'Review and publish' }).click();
  await settings.view.locator('.words', { hasText: 'exe.txt' }).waitFor();
  expect(await settings.view.locator('.changes').innerText()).not.toContain('\u202e');
});
