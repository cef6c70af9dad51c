import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseOrigin } from '../../../shared/origin.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { signAdminToken } from '../../support/admin-token.ts';
import { launchBrowser } from '../../support/browser.ts';
import { type HostileSites, startHostileSites } from '../../support/hostile-sites.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

/** What `window.call` of the page below answers: what its code could read, or that it could not. */
type Outcome = { readonly status: number; readonly body: unknown } | { readonly error: string };

let browser: Browser;
let sites: HostileSites;
let casement: Casement;
let page: Page;
let token: string;

beforeAll(async () => {
  sites = await startHostileSites();
  const dashboard = parseOrigin(sites.origin('dashboard')) ?? expect.fail('no origin');
  casement = await startCasement({ config: { dashboardOrigins: [dashboard] } });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await casement.stop();
  await sites.stop();
});

beforeEach(async () => {
  token = await signAdminToken({ company: randomUUID() });
  const context = await browser.newContext();
  page = await context.newPage();
  return () => context.close();
});

/** A page whose own code calls the API as a company's dashboard does: the base is the settings origin's `/api`. */
function dashboardPage(): string {
  return `<!doctype html><title>Dashboard</title><script>
    const API = ${JSON.stringify(`${casement.settingsOrigin}/api`)};
    window.call = async (method, path, token, body, more) => {
      try {
        const answer = await fetch(API + '/v1/widget' + path, {
          method,
          headers: {
            Authorization: 'Bearer ' + token,
            ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          ...more,
        });
        return { status: answer.status, body: await answer.json() };
      } catch (error) {
        return { error: error.name };
      }
    };
  </script>`;
}

const open = (site: string) => page.goto(sites.publish(site, { body: dashboardPage() }));

function call(
  method: string,
  path: string,
  { body, more = {}, by = token }: { body?: unknown; more?: object; by?: string } = {},
) {
  const args = [method, path, by, body, more];
  return page.evaluate((given) => Reflect.apply(Reflect.get(window, 'call'), window, given), args) as Promise<Outcome>;
}

describe('a page of a dashboard', () => {
  test('reads the settings with the token of its own login', async () => {
    await open('dashboard');
    expect(await call('GET', '/settings')).toMatchObject({ status: 200, body: { version: 0, you: { role: 'owner' } } });
  });

  test('saves, and reads of a conflict what has to be shown', async () => {
    await open('dashboard');
    const body = { expectedVersion: 0, settings: DEFAULT_SETTINGS };
    expect(await call('POST', '/settings', { body })).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await call('POST', '/settings', { body: { ...body, note: 'mine' } })).toMatchObject({
      status: 409,
      body: { error: { code: 'SETTINGS_CONFLICT' }, conflict: { currentVersion: 1 } },
    });
  });

  test('can tell that its token is no good', async () => {
    await open('dashboard');
    expect(await call('GET', '/settings', { by: 'expired' })).toMatchObject({
      status: 401,
      body: { error: { code: 'ADMIN_TOKEN_INVALID' } },
    });
  });

  test('cannot send credentials along', async () => {
    await open('dashboard');
    expect(await call('GET', '/settings', { more: { credentials: 'include' } })).toEqual({ error: 'TypeError' });
  });
});

describe('every other page', () => {
  test.each(['evil', 'shop', 'dashboard2'])(
    'on %s reads nothing and changes nothing, even with the token',
    async (site) => {
      await open(site);
      expect(await call('GET', '/settings')).toEqual({ error: 'TypeError' });
      const body = { expectedVersion: 0, settings: DEFAULT_SETTINGS };
      expect(await call('POST', '/settings', { body })).toEqual({ error: 'TypeError' });
      await open('dashboard');
      expect(await call('GET', '/settings')).toMatchObject({ body: { version: 0 } });
    },
  );

  test('case 60: not even a document of the widget origin', async () => {
    await page.goto(`${casement.origin}/healthz`);
    await page.evaluate(`document.open(); document.write(${JSON.stringify(dashboardPage())}); document.close();`);
    expect(await page.evaluate('origin')).toBe(casement.origin);
    expect(await call('GET', '/settings')).toEqual({ error: 'TypeError' });
  });
});
