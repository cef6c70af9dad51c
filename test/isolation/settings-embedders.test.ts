import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { API_BASE } from '../../shared/api-path.ts';
import { launchBrowser } from '../support/browser.ts';
import { element, framingPage, htmlPage } from '../support/hostile-pages.ts';
import { frameOf } from './embedder.ts';
import { eventually } from './eventually.ts';
import type { Blocking } from './expect-blocked.ts';
import { type SettingsStage, startSettingsStage } from './settings-stage.ts';

let stage: SettingsStage;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  stage = await startSettingsStage();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await stage.stop();
});
beforeEach(async () => {
  stage.proxy.reset();
  const context = await browser.newContext();
  page = await context.newPage();
  return () => context.close();
});

const SERVER: Blocking = 'refused by the server';
const BROWSER: Blocking = 'not rendered by the browser';
const BARE_ORIGIN = { referrerpolicy: 'origin' };
const framed = (site: string, url: string, attributes: Record<string, string> = BARE_ORIGIN) =>
  stage.sites.publish(site, framingPage(url, { attributes }));
const view = () => stage.viewUrl('dashboard');

test('case 80: a listed dashboard mounts the view -> it is shown, and works with the dashboard’s token', async () => {
  await page.goto(stage.sites.publish('dashboard', stage.mountingPage(await stage.token())));
  const frame = await frameOf(page, stage.settingsOrigin);
  await frame.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  expect(stage.documents()).toMatchObject([
    { status: 200, headers: { referer: `${stage.sites.origin('dashboard')}/`, 'sec-fetch-dest': 'iframe' } },
  ]);
  await expect(expectBlocked(SERVER)).rejects.toThrow();
});

type Embedder = {
  readonly what: string;
  /** Which wall it meets when its browser tells the server the truth. */
  readonly firstWall: Blocking;
  /** Which one it meets when a proxy makes its request look like the dashboard's; the browser's own unless told. */
  readonly secondWall?: Blocking;
  readonly publish: () => string;
};

/** All of them claim to be the dashboard unless they say otherwise. */
const EMBEDDERS: readonly Embedder[] = [
  { what: 'case 81: evil frames the view', firstWall: SERVER, publish: () => framed('evil', view()) },
  {
    what: 'case 81: evil claims to be itself',
    firstWall: SERVER,
    secondWall: SERVER,
    publish: () => framed('evil', stage.viewUrl('evil')),
  },
  { what: 'case 81: a site that embeds the chat frames it', firstWall: SERVER, publish: () => framed('shop', view()) },
  {
    what: 'case 81: that site claims to be itself',
    firstWall: SERVER,
    secondWall: SERVER,
    publish: () => framed('shop', stage.viewUrl('shop')),
  },
  {
    what: 'case 81: a page without a referrer frames it',
    firstWall: SERVER,
    publish: () => framed('evil', view(), { referrerpolicy: 'no-referrer' }),
  },
  {
    what: 'case 81: a sibling of the same site frames it',
    firstWall: SERVER,
    publish: () => framed('intranet', view()).replace('intranet.localhost', 'intranet.dashboard.localhost'),
  },
  {
    what: 'case 81: the dashboard in a sandbox of its own policy frames it',
    firstWall: SERVER,
    publish: () =>
      stage.sites.publish('dashboard', {
        ...framingPage(view(), { attributes: BARE_ORIGIN }),
        headers: { 'content-security-policy': 'sandbox allow-scripts' },
      }),
  },
  {
    what: 'case 81: a srcdoc document in evil frames it',
    firstWall: SERVER,
    publish: () => {
      const inner = framingPage(view(), { attributes: BARE_ORIGIN }).body ?? '';
      return stage.sites.publish('evil', htmlPage(element('iframe', { srcdoc: inner })));
    },
  },
  {
    what: 'case 82: evil frames the dashboard, which frames the view',
    firstWall: BROWSER,
    publish: () => framed('evil', framed('dashboard', view())),
  },
  {
    what: 'case 82: a site that embeds the chat frames the dashboard, which frames the view',
    firstWall: BROWSER,
    publish: () => framed('shop', framed('dashboard', view())),
  },
  {
    what: 'case 82: the dashboard frames evil, which frames the view',
    firstWall: SERVER,
    publish: () => framed('dashboard', framed('evil', view())),
  },
];

describe.each(EMBEDDERS)('$what', ({ firstWall, secondWall = BROWSER, publish }) => {
  test('-> blocked', async () => {
    await page.goto(publish());
    await expectBlocked(firstWall);
  });

  test('behind a proxy that makes the request look honest -> blocked', async () => {
    stage.proxy.rewriteRequests(stage.honestLooking);
    await page.goto(publish());
    await expectBlocked(secondWall);
  });
});

test('case 81: the dashboard sends no referrer -> blocked', async () => {
  await page.goto(framed('dashboard', view(), { referrerpolicy: 'no-referrer' }));
  await expectBlocked(SERVER);
});

test('case 87: evil lays a frame of the dashboard under its own button -> a click there reaches no view', async () => {
  const dashboard = stage.sites.publish('dashboard', stage.mountingPage(await stage.token()));
  await page.goto(
    stage.sites.publish(
      'evil',
      htmlPage(
        `<style>iframe{position:fixed;inset:0;width:100%;height:100%;opacity:0;border:0}</style>
         <button style="position:fixed;inset:0">A prize</button>${element('iframe', { src: dashboard })}`,
      ),
    ),
  );
  await expectBlocked(BROWSER);
  for (const x of [100, 400, 800, 1200]) for (const y of [40, 120, 300, 600]) await page.mouse.click(x, y);
  await expectBlocked(BROWSER);
});

/** Asserts that the document was asked for and blocked in this way, and that nothing of it ran or asked for anything. */
async function expectBlocked(blocking: Blocking): Promise<void> {
  const isRefused = blocking === SERVER;
  await eventually(() => new Set(stage.documents().map(({ status }) => status))).toEqual(
    new Set([isRefused ? 403 : 200]),
  );
  const bodies = new Set(stage.documents().map(({ body }) => body));
  if (isRefused) expect([...bodies]).toEqual([expect.stringContaining('<p>Refused.</p>')]);
  else {
    const reports = () => stage.proxy.exchanges().filter(({ path }) => path === `${API_BASE}/reports`);
    await eventually(() => reports()[0]?.requestBody).toContain('"effective-directive":"frame-ancestors"');
  }
  await eventually(() => page.frames().map((frame) => frame.url())).not.toContain('');
  const requests = stage.proxy.exchanges().map(({ method, path }) => `${method} ${path.split('?')[0]}`);
  expect(requests.filter((request) => !HARMLESS.test(request))).toEqual([]);
  expect(page.frames().filter((frame) => frame.url().startsWith(stage.settingsOrigin))).toEqual([]);
}

const HARMLESS = new RegExp(`^GET /(settings/main|settings\\.js|favicon\\.ico)$|^POST ${API_BASE}/reports$`);
