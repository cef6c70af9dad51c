import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseOrigin } from '../../../shared/origin.ts';
import { ADMIN_SECRET, signAdminToken } from '../../support/admin-token.ts';
import { launchBrowser } from '../../support/browser.ts';
import { readMarkup, readSnippet } from '../../support/guide-snippets.ts';
import { type LateServer, startLateServer } from '../../support/late-server.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const GUIDE = 'dashboard.md';
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
// Inside the repository, so that the snippets find their packages.
const directory = join(ROOT, '.cache', `guide-page-${randomUUID()}`);
const file = (name: string) => join(directory, name);

let browser: Browser;
let page: Page;
let casement: Casement;
let dashboard: LateServer;
let company: string;
let publicKey: string;

/** What a snippet says of a server, said of ours. */
const here = (text: string) =>
  text
    .replaceAll('https://settings.example.com', casement.settingsOrigin)
    .replaceAll('https://widget.example.com', casement.origin)
    .replaceAll('PUB_...', publicKey);

beforeAll(async () => {
  vi.stubEnv('JWT_SECRET', ADMIN_SECRET);
  await mkdir(file('public'), { recursive: true });
  dashboard = await startLateServer('dashboard');
  const origin = parseOrigin(dashboard.origin) ?? expect.fail('no origin');
  casement = await startCasement({ assets: 'built', config: { dashboardOrigins: [origin] } });
  const made = await casement.createWidget({ allowlist: [dashboard.origin] });
  company = made.widget.companyId;
  publicKey = made.publicKey;
  await writeFile(
    file('login.mjs'),
    `export const findUser = () => ({ email: 'ada@acme.example', company: '${company}', role: 'owner' });`,
  );
  await writeFile(file('express.mjs'), readSnippet(GUIDE, 'express.mjs'));
  dashboard.serve((await import(pathToFileURL(file('express.mjs')).href)).app);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await casement.stop();
  await dashboard.stop();
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true, force: true });
});
beforeEach(async () => {
  const context = await browser.newContext();
  page = await context.newPage();
  return () => context.close();
});

/** The view's own frame, which stands in a closed shadow root. */
async function viewOf(shown: Page) {
  const find = () => shown.frames().find((frame) => frame.url().startsWith(casement.settingsOrigin));
  await expect.poll(find, { timeout: 20_000 }).toBeDefined();
  return find() ?? expect.fail('no view');
}

/** Publishes a page of the dashboard and bundles a snippet for it, with what its imports stand for. */
async function publish(name: string, script: string): Promise<string> {
  await writeFile(file(`${name}.jsx`), script);
  await build({
    entryPoints: [file(`${name}.jsx`)],
    outfile: file(`public/${name}.js`),
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    alias: { casement: join(ROOT, 'dist/casement.js'), react: 'preact/compat' },
  });
  const body = `<!doctype html><html lang="en"><div id="settings"></div><script type="module" src="/${name}.js"></script>`;
  await writeFile(file(`public/${name}.html`), body);
  return `${dashboard.origin}/${name}.html`;
}

describe('the guide for dashboards', () => {
  test('with a script tag, shows the view, keeps its page in the address, and back works', async () => {
    await writeFile(file('public/settings-page.js'), readSnippet(GUIDE, 'settings-page.js'));
    await writeFile(file('public/index.html'), `<!doctype html><html lang="en">${here(readMarkup(GUIDE))}`);
    await page.goto(`${dashboard.origin}/#keys`);
    const view = await viewOf(page);
    await view.getByRole('heading', { level: 1, name: 'Keys' }).waitFor();
    await view.getByRole('button', { name: 'Appearance', exact: true }).click();
    await view.getByRole('heading', { level: 1, name: 'Appearance' }).waitFor();
    await expect.poll(() => new URL(page.url()).hash).toBe('#appearance');
    await page.goBack();
    await view.getByRole('heading', { level: 1, name: 'Keys' }).waitFor();
    expect(await view.evaluate(() => getComputedStyle(document.body).fontFamily)).toContain('Segoe UI');
  });

  test('as a module with a provider’s token, shows the view', async () => {
    const token = await signAdminToken({ company });
    await writeFile(file('auth.js'), `export const auth = { getAccessToken: async () => '${token}' };`);
    const script = here(readSnippet(GUIDE, 'provider-page.js'));
    await page.goto(await publish('provider', script));
    await (await viewOf(page)).getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  });

  test('as a component, shows the view while it is there', async () => {
    const component = here(readSnippet(GUIDE, 'settings-view.jsx'));
    const script = `${component}
import { render } from 'react';
const place = document.querySelector('#settings');
window.leave = () => render(null, place);
render(<SettingsView widget="main" />, place);`;
    await page.goto(await publish('component', script));
    await (await viewOf(page)).getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await page.evaluate('leave()');
    await expect.poll(() => page.frames().length).toBe(1);
  });
});

test('the guide for embedders: as a module, draws the widget', async () => {
  const script = `${here(readSnippet('embedding.md', 'bundled-page.js'))}\nwindow.widget = widget;`;
  await page.goto(await publish('bundled', script));
  await page.evaluate('widget.open()');
  await expect.poll(() => page.evaluate(() => document.body.className)).toBe('chat-open');
});
