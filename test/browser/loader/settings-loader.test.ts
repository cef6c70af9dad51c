import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { frameOf } from '../../isolation/embedder.ts';
import { type SettingsStage, startSettingsStage } from '../../isolation/settings-stage.ts';
import { launchBrowser } from '../../support/browser.ts';

const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 });

let stage: SettingsStage;
let browser: Browser;
let page: Page;
/** Every line of the console. */
let said: string[];

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
  said = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', ({ message }) => said.push(`thrown: ${message}`));
  return () => context.close();
});

type Site = { readonly site?: string; readonly headers?: Record<string, string>; readonly script?: string };

/** Opens a page that mounts the view; `script` runs after it. */
async function mount({ site = 'dashboard', headers = {}, script = '' }: Site = {}): Promise<void> {
  const { body } = stage.mountingPage(await stage.token());
  await page.goto(stage.sites.publish(site, { headers, body: `${body}<script>${script}</script>` }));
}
const errors = () => page.evaluate('said.filter(([name]) => name === "error").map(([, { code }]) => code)');
const overview = async () =>
  (await frameOf(page, stage.settingsOrigin)).getByRole('heading', { level: 1, name: 'Overview' }).waitFor();

test('a getToken that fails, or gives what is no token, ends the sign-in; the console never repeats what it gave', async () => {
  await mount({ script: 'window.token = "secret with spaces"' });
  await eventually(errors).toEqual(['SIGN_IN_ENDED']);
  expect(said.join('\n')).toContain('getToken gave something that is no token');
  expect(said.join('\n')).not.toContain('secret');
  await page.evaluate(`window.token = ${JSON.stringify(await stage.token())}; view.signedIn()`);
  await overview();
});

test('an appearance that is not valid is not passed on, and said in the console; the view goes on', async () => {
  await mount({
    script: 'view.setAppearance({ primary: "red; background: url(//evil.example)" }); view.setRoute("../x y")',
  });
  await overview();
  expect(said.join('\n')).toContain('the appearance is not valid');
  expect(said.join('\n')).toContain('the route is not valid');
  await page.evaluate('view.setAppearance({ background: "#123456" })');
  const view = await frameOf(page, stage.settingsOrigin);
  await eventually(() => view.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(18, 52, 86)');
});

test('a page that is not listed hears what to do, and shows it in place of the view', async () => {
  await mount({ site: 'office' });
  await eventually(errors).toEqual(['FRAME_REFUSED']);
  expect(said.join('\n')).toContain(`add ${stage.sites.origin('office')} to DASHBOARD_ORIGINS`);
  expect(page.frames()).toHaveLength(1);
});

test('a page whose policy forbids the frame hears which directive', async () => {
  const policy = `default-src 'none'; script-src 'unsafe-inline' ${stage.settingsOrigin}; frame-src 'none'`;
  await mount({ headers: { 'content-security-policy': policy } });
  await eventually(errors).toEqual(['BLOCKED_BY_CSP']);
  expect(said.join('\n')).toContain(`add ${stage.settingsOrigin} to frame-src`);
});

test('a page with the strict policy of the guide shows the view without a violation', async () => {
  const policy = [
    "default-src 'none'",
    // The page of this test has its own script in it; a dashboard has it in a file.
    `script-src 'unsafe-inline' ${stage.settingsOrigin}`,
    `frame-src ${stage.settingsOrigin}`,
    "connect-src 'self'",
    "require-trusted-types-for 'script'",
  ].join('; ');
  await mount({ headers: { 'content-security-policy': policy } });
  await overview();
  expect(said).toEqual([]);
});

test('an opaque page is told that it cannot show the view', async () => {
  await mount({ headers: { 'content-security-policy': 'sandbox allow-scripts' } });
  await eventually(errors).toContain('ORIGIN_NOT_ALLOWED');
});

test('destroy takes everything out of the page', async () => {
  await mount();
  await overview();
  await page.evaluate('view.destroy(); view.setRoute("keys"); view.signedIn()');
  await eventually(() => page.frames().length).toBe(1);
  expect(await page.evaluate('document.querySelector("#settings").childElementCount')).toBe(0);
  expect(said).toEqual([]);
});

test('two views on one page are two, each with its own token', async () => {
  await mount({
    script: `const second = document.body.appendChild(document.createElement('div'));
      Casement.mountSettings(second, { widget: 'main', route: 'keys', getToken: () => window.token });`,
  });
  const find = () => page.frames().filter((frame) => frame.url().startsWith(stage.settingsOrigin));
  await eventually(() => find().length).toBe(2);
  const headings = () => Promise.all(find().map((frame) => frame.locator('h1').first().textContent()));
  await eventually(async () => (await headings()).sort()).toEqual(['Keys', 'Overview']);
});
