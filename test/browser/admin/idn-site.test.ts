import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { askAdmin } from '../../support/admin-api.ts';
import { launchBrowser } from '../../support/browser.ts';
import { type HostileSites, startHostileSites } from '../../support/hostile-sites.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

let browser: Browser;
let sites: HostileSites;
let casement: Casement;
let page: Page;

beforeAll(async () => {
  sites = await startHostileSites();
  casement = await startCasement();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await casement.stop();
  await sites.stop();
});
beforeEach(async () => {
  page = await browser.newPage();
  return () => page.close();
});

/** Saves a widget for the site as somebody types it; answers how it is kept and the widget's key. */
async function allow(typed: string) {
  const body = { expectedVersion: 0, settings: { ...DEFAULT_SETTINGS, allowlist: [typed] } };
  const { json } = await askAdmin(casement, { company: randomUUID() }, { method: 'POST', path: '/settings', body });
  return { normalised: json.normalised, publicKey: String(json.publicKeys[0].publicKey) };
}

/** Lets a page on `site` (a host in punycode) show the widget's frame; answers the status the frame got. */
async function statusOfFrameOn(site: string, publicKey: string): Promise<number> {
  const source = `${casement.origin}/frame/${publicKey}?o=${encodeURIComponent(sites.origin(site))}`;
  const answered = page.waitForResponse((response) => response.url() === source);
  await page.goto(sites.publish(site, { body: `<iframe referrerpolicy="origin" src="${source}"></iframe>` }));
  return (await answered).status();
}

const portOf = (origin: string) => new URL(origin).port;

test('case 22: a site in other letters is listed as typed, kept in punycode, shown back, and works', async () => {
  const port = portOf(sites.origin('shop'));
  const { normalised, publicKey } = await allow(`http://Bücher.localhost:${port}`);
  const saved = `http://xn--bcher-kva.localhost:${port}`;
  expect(normalised).toEqual([{ typed: `http://Bücher.localhost:${port}`, saved }]);
  expect(sites.origin('xn--bcher-kva')).toBe(saved);
  expect(await statusOfFrameOn('xn--bcher-kva', publicKey)).toBe(200);
});

test('case 22: a site that only looks like the listed one is refused', async () => {
  const { publicKey } = await allow(sites.origin('shop'));
  expect(await statusOfFrameOn('shop', publicKey)).toBe(200);
  // The host of "shоp" with a Cyrillic о.
  expect(await statusOfFrameOn('xn--shp-ted', publicKey)).toBe(403);
});
