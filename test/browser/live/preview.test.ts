import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DEMO_SETTINGS } from '../../../server/demo/demo-settings.ts';
import type { Widget } from '../../../server/domain/widget.ts';
import { parseOrigin } from '../../../shared/origin.ts';
import { configurationOf, type Settings } from '../../../shared/settings.ts';
import { frameOf } from '../../isolation/embedder.ts';
import { launchBrowser } from '../../support/browser.ts';
import { fakeSettingsView } from '../../support/fake-settings-view.ts';
import { type HostileSites, startHostileSites } from '../../support/hostile-sites.ts';
import { askForTicket, createPreviewNonce, putDraft } from '../../support/preview-visitor.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

let browser: Browser;
let sites: HostileSites;
let casement: Casement;
let widget: Widget;
let page: Page;

beforeAll(async () => {
  sites = await startHostileSites();
  const [settingsOrigin, dashboard] = ['settings', 'dashboard'].map((site) => parseOrigin(sites.origin(site)));
  if (settingsOrigin === undefined || dashboard === undefined) throw new TypeError('A site has no origin');
  casement = await startCasement({ assets: 'built', config: { settingsOrigin, dashboardOrigins: [dashboard] } });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await casement.stop();
  await sites.stop();
});
beforeEach(async () => {
  ({ widget } = await casement.createWidget({ allowlist: [] }));
  const context = await browser.newContext({ colorScheme: 'light' });
  page = await context.newPage();
  return () => context.close();
});

/** The settings view in the dashboard, with a preview that is connected and open. */
async function openPreview() {
  const nonce = createPreviewNonce();
  const previewUrl = `${casement.origin}/preview/main?o=${encodeURIComponent(sites.origin('dashboard'))}`;
  const viewUrl = sites.publish('settings', { body: fakeSettingsView(previewUrl, nonce.proof, casement.origin) });
  const body = `<!doctype html><iframe width="500" height="700" src="${viewUrl}"></iframe>`;
  await page.goto(sites.publish('dashboard', { body }));
  const view = await frameOf(page, casement.settingsOrigin);
  const frame = await frameOf(page, casement.origin);
  await expect.poll(() => heard(view), { timeout: 20_000 }).toContain('look');
  await say(view, { t: 'open' });
  await frame.getByRole('textbox').waitFor();
  return { view, frame, nonce };
}

const heard = (view: Frame): Promise<string[]> =>
  view.evaluate(() => Reflect.get(window, 'heard').map(({ t }: { t: string }) => t));
const say = (view: Frame, message: object) => view.evaluate((said) => Reflect.get(window, 'say')(said), message);
const show = (view: Frame, settings: Settings, version = 1) =>
  say(view, {
    t: 'preview',
    configuration: JSON.stringify(configurationOf(settings, version, settings.defaultLocale)),
  });

const DRAFT: Settings = {
  ...DEMO_SETTINGS,
  theme: { ...DEMO_SETTINGS.theme, primary: '#7a00ff', mode: 'dark' },
  locales: { en: { ...DEMO_SETTINGS.locales.en, greeting: 'Soon.', contact: 'Write to draft@shop.example.' } },
};

test('a preview looks as the settings view says within one animation frame, says that it is one, and keeps what is typed', async () => {
  const { view, frame } = await openPreview();
  await frame.getByText('Preview', { exact: true }).waitFor();
  await show(view, DEMO_SETTINGS);
  await frame.getByText('How can we help?').waitFor();
  await frame.getByRole('textbox').fill('Half a quest');
  // Read in the frame of the animation after the one in which the change arrived.
  const seen = frame.evaluate(
    () =>
      new Promise((resolve) => {
        new MutationObserver(() =>
          requestAnimationFrame(() => resolve([document.documentElement.dataset.mode, document.body.innerText])),
        ).observe(document.documentElement, { attributes: true, attributeFilter: ['data-mode'] });
      }),
  );
  await frame.evaluate('1');
  await show(view, DRAFT);
  expect(await seen).toEqual(['dark', expect.stringContaining('Soon.')]);
  expect(await frame.getByRole('textbox').inputValue()).toBe('Half a quest');
  expect(await heard(view)).toContain('look');
});

test('it chats with the draft once it has a ticket, and a question that was sent before waits for it', async () => {
  const { view, frame, nonce } = await openPreview();
  const admin = { company: widget.companyId };
  await putDraft(casement, admin, DRAFT);
  await show(view, DRAFT);
  await frame.getByRole('textbox').fill('Xylophone?');
  await frame.getByRole('textbox').press('Enter');
  const { ticket } = (await askForTicket(casement, admin, nonce)).json;
  await say(view, { t: 'preview', ticket });
  await frame.getByText('Write to draft@shop.example.', { exact: true }).waitFor();
  expect(await page.context().cookies()).toEqual([]);
});

test('what is not a configuration changes nothing', async () => {
  const { view, frame } = await openPreview();
  await show(view, DRAFT);
  await frame.getByText('Soon.').waitFor();
  for (const configuration of ['', '{', '{}', 'null', JSON.stringify({ ...DRAFT, version: 'x' })]) {
    await say(view, { t: 'preview', configuration });
  }
  await show(view, {
    ...DRAFT,
    locales: { en: { ...DRAFT.locales.en, greeting: 'Later.' } as Settings['locales'][string] },
  });
  await frame.getByText('Later.').waitFor();
});
