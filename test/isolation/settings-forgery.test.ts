import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { API_BASE } from '../../shared/api-path.ts';
import { type AdminRequest, askAdmin } from '../support/admin-api.ts';
import { launchBrowser } from '../support/browser.ts';
import { element, htmlPage } from '../support/hostile-pages.ts';
import { rawRequest } from '../support/raw-http.ts';
import { frameOf } from './embedder.ts';
import { eventually } from './eventually.ts';
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

/** Asks as an owner, or as whoever the token is of. */
async function ask(request: AdminRequest) {
  return askAdmin(stage.casement, { company: stage.company }, { token: await stage.token(), ...request });
}

/** What publishing, rotating and revoking would change. */
async function readState() {
  const [versions, rotations] = await Promise.all([ask({ path: '/settings/versions' }), ask({ path: '/rotations' })]);
  return { versions: versions.json, rotations: rotations.json.rotations, keys: rotations.json.keys };
}

/** The routes that change something for an admin, with a whole and valid request each. */
async function acts(): Promise<readonly (readonly [method: string, path: string, body: unknown])[]> {
  const { settings, version } = (await ask({ path: '/settings' })).json;
  const changed = { ...settings, theme: { ...settings.theme, primary: '#ff0000' } };
  const rotation = await ask({ method: 'POST', path: '/rotate-key', body: { target: 'public' } });
  return [
    ['POST', '/settings', { expectedVersion: version, settings: changed }],
    ['POST', '/rotate-key', { target: 'signing' }],
    ['POST', `/rotations/${rotation.json.rotation.id}/revoke`, {}],
  ];
}

test('case 86: evil, in the browser of a signed-in admin, publishes, rotates and revokes in every way a page can ask -> nothing changes', async () => {
  await page.goto(stage.sites.publish('dashboard', stage.mountingPage(await stage.token())));
  await (await frameOf(page, stage.settingsOrigin)).getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  const tried = await acts();
  const before = await readState();
  stage.proxy.reset();

  const evil = await page.context().newPage();
  await evil.goto(stage.sites.publish('evil', htmlPage('')));
  const outcomes = await evil.evaluate(
    async ({ base, tried }) => {
      const seen: string[] = [];
      const note = (promise: Promise<Response>) =>
        promise.then(
          (answer) => seen.push(`${answer.type} ${answer.status}`),
          (error: Error) => seen.push(error.name),
        );
      for (const [method, path, body] of tried) {
        const url = `${base}${path}`;
        const text = JSON.stringify(body);
        const credentials = 'include';
        await note(fetch(url, { method, body: text, credentials, headers: { 'content-type': 'application/json' } }));
        await note(fetch(url, { method, body: text, credentials, mode: 'no-cors' }));
        navigator.sendBeacon(url, new Blob([text], { type: 'text/plain' }));
        const form = document.createElement('form');
        form.method = 'post';
        form.enctype = 'text/plain';
        form.action = url;
        form.target = 'sink';
        const field = document.createElement('input');
        field.name = text.slice(0, -1);
        field.value = '}';
        form.append(field);
        const sink = document.createElement('iframe');
        sink.name = 'sink';
        document.body.append(sink, form);
        const loaded = new Promise((resolve) => sink.addEventListener('load', resolve, { once: true }));
        form.submit();
        await loaded;
        sink.remove();
      }
      return seen;
    },
    { base: `${stage.settingsOrigin}${API_BASE}`, tried },
  );

  expect(outcomes).toEqual(tried.flatMap(() => ['TypeError', 'TypeError']));
  // A preflight, the simple request, the beacon and the form of each.
  const answers = () => stage.proxy.exchanges().filter(({ path }) => tried.some(([, each]) => path.endsWith(each)));
  await eventually(() => answers().filter(({ method }) => method === 'POST').length).toBe(3 * tried.length);
  expect(new Set(answers().map(({ method, status }) => `${method} ${status}`))).toEqual(
    new Set(['OPTIONS 405', 'POST 403']),
  );
  expect(answers().filter(({ answerHeaders }) => 'access-control-allow-origin' in answerHeaders)).toEqual([]);
  expect(await readState()).toEqual(before);
  expect(await page.context().cookies(stage.settingsOrigin)).toEqual([]);
});

test('case 84: the chat’s origin asks the settings origin for every admin route and for the view, with an owner’s token -> 403', async () => {
  const authorization = `Bearer ${await stage.token()}`;
  const routes = stage.casement.server.app.routes.filter(({ guard }) => guard === 'admin');
  expect(routes.length).toBeGreaterThan(10);
  const host = new URL(stage.settingsOrigin).host;
  const send = (method: string, path: string, headers: Record<string, string>) =>
    rawRequest({ port: stage.casement.port, method, path, headers: { host, ...headers } });
  for (const { method, path } of routes) {
    const headers = { origin: stage.casement.origin, authorization };
    const { status, body } = await send(method, path.replaceAll(/:\w+/g, '1'), headers);
    expect(`${method} ${path}: ${status} ${JSON.parse(body).error.code}`).toBe(
      `${method} ${path}: 403 CROSS_SITE_REQUEST`,
    );
  }
  const asChat = { referer: `${stage.casement.origin}/`, 'sec-fetch-dest': 'iframe', origin: stage.casement.origin };
  for (const claimed of [stage.sites.origin('dashboard'), stage.casement.origin]) {
    const { status, body } = await send('GET', `/settings/main?o=${encodeURIComponent(claimed)}`, asChat);
    expect({ status, body }).toEqual({ status: 403, body: expect.stringContaining('Refused.') });
  }
});

test('case 85: tokens of another company, of another audience, expired, and of a role that was lowered -> as the API says, and nothing changes', async () => {
  const before = await readState();
  const { settings, version } = (await ask({ path: '/settings' })).json;
  const publishWith = async (token: string) => {
    const theme = { ...settings.theme, primary: '#00ff00' };
    const body = { expectedVersion: version, settings: { ...settings, theme } };
    const answer = await ask({ method: 'POST', path: '/settings', body, token });
    return `${answer.status} ${answer.json.error?.code}`;
  };
  expect(await publishWith(await stage.token({ company: 'somebody-else' }))).toBe('409 SETTINGS_CONFLICT');
  expect(await publishWith(await stage.token({}, { exp: Math.floor(Date.now() / 1000) - 60 }))).toBe(
    '401 ADMIN_TOKEN_EXPIRED',
  );
  expect(await publishWith(await stage.token({}, { aud: 'another-application' }))).toBe('401 ADMIN_TOKEN_INVALID');
  expect(await publishWith(await stage.token({ role: 'viewer' }))).toBe('403 PERMISSION_DENIED');
  expect(await publishWith(await stage.token({ role: 'service' }))).toBe('403 PERMISSION_DENIED');
  expect(await readState()).toEqual(before);
});

test('case 85: the dashboard’s token ends in the middle of an edit -> the edit stays, and goes on with the next token', async () => {
  await page.goto(stage.sites.publish('dashboard', stage.mountingPage(await stage.token())));
  const view = await frameOf(page, stage.settingsOrigin);
  await view.getByRole('button', { name: 'Assistant', exact: true }).click();
  const field = view.getByRole('textbox', { name: 'Instructions' });
  await field.fill('Answer in one sentence.');
  await eventually(() => page.evaluate('said.some(([name, { count }]) => name === "unsaved" && count > 0)')).toBe(true);

  // From now on the dashboard has no token, and the server takes none of the old ones.
  await page.evaluate('window.token = null');
  stage.proxy.rewriteRequests((headers) =>
    headers.authorization === undefined ? headers : { ...headers, authorization: 'Bearer ended' },
  );
  await field.fill('Answer in two sentences.');
  await eventually(() => page.evaluate('said.some(([name, { code }]) => code === "SIGN_IN_ENDED")')).toBe(true);
  expect(await field.inputValue()).toBe('Answer in two sentences.');

  stage.proxy.rewriteRequests((headers) => headers);
  await page.evaluate(`window.token = ${JSON.stringify(await stage.token())}; view.signedIn()`);
  await view.getByText('Your sign-in has ended').waitFor({ state: 'detached' });
  expect(await field.inputValue()).toBe('Answer in two sentences.');
  await view.getByRole('button', { name: 'Review and publish' }).click();
  await view
    .getByRole('dialog')
    .getByRole('button', { name: /^Publish/ })
    .click();
  await eventually(() => page.evaluate('said.some(([name]) => name === "saved")')).toBe(true);
  expect((await ask({ path: '/settings' })).json.settings.assistant.instructions).toBe('Answer in two sentences.');
});

test('case 88: a frame in the dashboard says hello and asks for a token -> it is never given one', async () => {
  const attack = stage.sites.publish(
    'evil',
    htmlPage(`<script>
      window.got = 0;
      addEventListener('message', ({ ports }) => { got += ports.length; });
      setInterval(() => {
        const f = 'ab'.repeat(16);
        parent.postMessage({ v: 1, t: 'hello', n: '${'0'.repeat(32)}', f }, '*');
        parent.postMessage({ t: 'token-needed', id: 1, s: 1 }, '*');
      }, 5);
    </script>`),
  );
  const { body = '' } = stage.mountingPage(await stage.token());
  await page.goto(stage.sites.publish('dashboard', { body: body + element('iframe', { src: attack }) }));
  const view = await frameOf(page, stage.settingsOrigin);
  await view.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  expect(await (await frameOf(page, stage.sites.origin('evil'))).evaluate('got')).toBe(0);
  expect(await page.evaluate('asked')).toBe(1);
  // Nor does anybody find the view's window by looking for it.
  expect(await page.evaluate('frames.length')).toBe(1);
});
