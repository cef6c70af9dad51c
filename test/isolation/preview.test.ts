import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { parseOrigin } from '../../shared/origin.ts';
import { launchBrowser } from '../support/browser.ts';
import { fakeSettingsView } from '../support/fake-settings-view.ts';
import { framingPage } from '../support/hostile-pages.ts';
import { type HostileSites, startHostileSites } from '../support/hostile-sites.ts';
import { createPreviewNonce } from '../support/preview-visitor.ts';
import { type Casement, startCasement } from '../support/start-casement.ts';
import { answerHello, openBareHost } from './bare-host.ts';
import { frameOf } from './embedder.ts';
import { eventually } from './eventually.ts';
import { startIsolationStage } from './stage.ts';

const BARE_ORIGIN = { referrerpolicy: 'origin' };
let browser: Awaited<ReturnType<typeof launchBrowser>>;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  const context = await browser.newContext();
  page = await context.newPage();
  return () => context.close();
});

/** A deployment whose settings view is a page of the test, on a site of its own. */
async function startViewStage(): Promise<{ casement: Casement; sites: HostileSites; stop(): Promise<void> }> {
  const sites = await startHostileSites();
  const [settingsOrigin, dashboard] = ['settings', 'dashboard'].map((site) => parseOrigin(sites.origin(site)));
  if (settingsOrigin === undefined || dashboard === undefined) throw new TypeError('A site has no origin');
  const casement = await startCasement({ assets: 'built', config: { settingsOrigin, dashboardOrigins: [dashboard] } });
  return {
    casement,
    sites,
    async stop() {
      await casement.stop();
      await sites.stop();
    },
  };
}

test('case 94: only the settings view in a dashboard shows a preview; a page that frames the view or the preview shows none', async () => {
  const { casement, sites, stop } = await startViewStage();
  onTestFinished(stop);
  const previewUrl = `${casement.origin}/preview/main?o=${encodeURIComponent(sites.origin('dashboard'))}`;
  const view = () =>
    sites.publish('settings', { body: fakeSettingsView(previewUrl, createPreviewNonce().proof, casement.origin) });
  const framed = (site: string, url: string) => sites.publish(site, framingPage(url, { attributes: BARE_ORIGIN }));

  await page.goto(framed('dashboard', view()));
  await (await frameOf(page, casement.origin)).getByRole('textbox').waitFor();

  const hostile = {
    'evil, of the view': framed('evil', view()),
    'a shop, of the view': framed('shop', view()),
    'evil, of a dashboard with the view': framed('evil', framed('dashboard', view())),
    'evil, of the preview': framed('evil', previewUrl),
    'the dashboard, of the preview': framed('dashboard', previewUrl),
  };
  for (const [what, url] of Object.entries(hostile)) {
    const failures: string[] = [];
    const answers: number[] = [];
    page.on('response', (answer) => {
      if (answer.url().startsWith(previewUrl)) answers.push(answer.status());
    });
    page.on('requestfailed', (request) => failures.push(request.url()));
    await page.goto(url);
    const isOver = () => answers.length > 0 || failures.some((failed) => failed.startsWith(previewUrl));
    await eventually(isOver).toBe(true);
    await page.evaluate('1');
    const shown = page.frames().filter((frame) => frame.url().startsWith(`${casement.origin}/`));
    const boxes = await Promise.all(
      shown.map((frame) =>
        frame
          .locator('textarea')
          .count()
          .catch(() => 0),
      ),
    );
    expect(
      boxes.every((count) => count === 0),
      `framed by ${what}`,
    ).toBe(true);
    page.removeAllListeners();
  }
});

test('case 96: a host page says to an ordinary frame what a settings view says to a preview -> nothing changes', async () => {
  const stage = await startIsolationStage();
  onTestFinished(() => stage.stop());
  await openBareHost(stage, page);
  await answerHello(page, { widgetOrigin: stage.widgetOrigin });
  const frame = await frameOf(page, stage.widgetOrigin);
  const look = () => frame.evaluate(() => [document.title, document.documentElement.getAttribute('style')]);
  const before = await look();
  const configuration = { version: 9, texts: { name: 'Evil' } };
  await page.evaluate((text) => {
    const port: MessagePort = Reflect.get(window, 'port');
    port.postMessage({ t: 'preview', configuration: text, ticket: 'none', s: 2 });
    port.postMessage({ t: 'ping', s: 3 });
  }, JSON.stringify(configuration));
  const pongs = () =>
    page.evaluate(() => Reflect.get(window, 'overPort').filter(({ t }: { t: string }) => t === 'pong'));
  await eventually(async () => (await pongs()).length).toBe(2);
  expect(await look()).toEqual(before);
  expect(await frame.getByText('Preview', { exact: true }).count()).toBe(0);
});
