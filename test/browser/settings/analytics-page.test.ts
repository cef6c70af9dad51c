import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Analytics } from '../../../shared/analytics-api.ts';
import { launchBrowser } from '../../support/browser.ts';
import { ANALYTICS, ago } from './answers.ts';
import { eventually, type OpenSettings, openSettings } from './open-settings.ts';

const DAY_MS = 86_400_000;

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

/** Seven days of 10, 20, … 70 messages. */
const WEEK: Analytics = {
  ...ANALYTICS,
  unit: 'day',
  series: [1, 2, 3, 4, 5, 6, 7].map((day) => ({
    at: ago((7 - day) * DAY_MS),
    counts: { ...ANALYTICS.totals, messages: day * 10 },
  })),
};

async function open(answer: Analytics = WEEK) {
  settings = await openSettings(browser, { route: 'analytics', answers: { 'GET /analytics': answer } });
  return settings.view;
}

test('asks for the period and the one before in the admin’s time zone, by hours for a day and by days else', async () => {
  const view = await open();
  await view.getByText('95th percentile 2.1 s').waitFor();
  const asked = () =>
    settings.api.requests.filter(({ path }) => path === '/analytics').map(({ query }) => Object.fromEntries(query));
  expect(asked().map(({ unit, timeZone }) => ({ unit, timeZone }))).toEqual(
    Array(2).fill({ unit: 'day', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }),
  );
  await view.getByRole('radio', { name: '24 hours' }).check();
  await eventually(() => asked().at(-1)?.unit).toBe('hour');
});

test('a chart is read by the arrow keys, and has a table of the same numbers', async () => {
  const view = await open();
  const chart = view.getByRole('slider', { name: 'Messages a day' });
  await view.locator('.uplot canvas').waitFor();
  await chart.focus();
  await chart.press('Home');
  expect(await chart.getAttribute('aria-valuetext')).toContain(': 10, 10 in the period before');
  await chart.press('ArrowRight');
  expect(await chart.getAttribute('aria-valuetext')).toContain(': 20, ');
  await view.getByRole('button', { name: 'Show as a table' }).click();
  expect(await view.getByRole('table', { name: 'Messages a day' }).getByRole('row').count()).toBe(8);
});

test('a chart shows what is chosen', async () => {
  const view = await open();
  await view.getByRole('combobox', { name: 'What is shown' }).click();
  await view.getByRole('option', { name: 'Conversations' }).click();
  await view.getByRole('slider', { name: 'Conversations a day' }).waitFor();
});

test('an empty time says so', async () => {
  const counts = Object.fromEntries(Object.keys(ANALYTICS.totals).map((name) => [name, 0]));
  const nothing = { ...counts, failures: {}, firstTokenMs: null } as unknown as Analytics['totals'];
  const view = await open({ ...WEEK, totals: nothing, series: [], origins: [] });
  await view.getByText('Nothing happened in this time').waitFor();
});

test('names failures by code with what they mean', async () => {
  const view = await open();
  await view.getByText('The model took too long.').waitFor();
});

test('saves the days and the sites as CSV, in which nothing is a formula', async () => {
  const view = await open({
    ...WEEK,
    origins: [{ origin: '=HYPERLINK("https://evil.example")', counts: WEEK.totals }],
  });
  const [days] = await Promise.all([
    settings.page.waitForEvent('download'),
    view.getByRole('button', { name: 'Download CSV', exact: true }).click(),
  ]);
  expect(days.suggestedFilename()).toMatch(/^analytics-series-\d{4}-\d{2}-\d{2}\.csv$/);
  expect((await readFile(await days.path(), 'utf8')).split('\r\n')[0]).toContain('Time,Messages,Conversations');
  const [sites] = await Promise.all([
    settings.page.waitForEvent('download'),
    view.getByRole('button', { name: 'Download CSV of the sites' }).click(),
  ]);
  expect(await readFile(await sites.path(), 'utf8')).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
});
