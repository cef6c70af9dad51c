import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DashboardAccount } from '../../../server/demo/start-dashboard.ts';
import { parseOrigin } from '../../../shared/origin.ts';
import { launchBrowser } from '../../support/browser.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 });
const freeSite = (name: string) => ({
  origin: parseOrigin(`http://${name}.localhost:0`) ?? expect.fail('no origin'),
  port: 0,
});

let browser: Browser;
let context: BrowserContext;
let page: Page;
let casement: Casement;
let dashboard: string;
/** What the console said that is an error, and exceptions nobody caught. */
let complaints: string[];

beforeAll(async () => {
  const demoDashboard = freeSite('dashboard');
  casement = await startCasement({
    assets: 'built',
    config: { demo: freeSite('shop'), demoDashboard, dashboardOrigins: [demoDashboard.origin] },
  });
  dashboard = casement.server.demoDashboard?.origin ?? expect.fail('no dashboard');
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await casement.stop();
});
beforeEach(async () => {
  context = await browser.newContext();
  page = await context.newPage();
  complaints = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return () => context.close();
});

function accountOf(role: string): DashboardAccount {
  const accounts = casement.server.demoDashboard?.accounts ?? [];
  return accounts.find((account) => account.role === role) ?? expect.fail(`no ${role}`);
}

async function signIn({ email, password }: Pick<DashboardAccount, 'email' | 'password'>): Promise<void> {
  await page.goto(`${dashboard}/chat`);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function openView(route = ''): Promise<Frame> {
  await page.goto(`${dashboard}/chat${route && `/${route}`}`);
  const find = () => page.frames().find((frame) => frame.url().startsWith(casement.settingsOrigin));
  await eventually(find).toBeDefined();
  return find() ?? expect.fail('no view');
}

const heading = (view: Frame, name: string) => view.getByRole('heading', { level: 1, name });

describe('the example of a dashboard', () => {
  test('lets nobody in who has no account, and keeps the address they typed', async () => {
    await signIn({ email: 'ada@harbour.example', password: 'wrong' });
    await page.getByText('There is no account with this address and password.').waitFor();
    expect(await page.getByLabel('Email').inputValue()).toBe('ada@harbour.example');
    const answer = await page.evaluate(async () => {
      const given = await fetch('/token', { method: 'POST' });
      return { status: given.status, body: await given.json() };
    });
    expect(answer).toEqual({ status: 401, body: { token: null } });
  });

  test('shows an owner the settings of the demo shop’s widget, without a complaint of any policy', async () => {
    await signIn(accountOf('owner'));
    await page.getByRole('heading', { name: 'Good to see you, Ada' }).waitFor();
    const view = await openView('sites');
    await heading(view, 'Sites').waitFor();
    await view
      .getByText(casement.server.demo?.origin ?? 'no shop')
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
  });

  test('has the open page in its address; back and forward open what they name', async () => {
    await signIn(accountOf('owner'));
    const view = await openView();
    await heading(view, 'Overview').waitFor();
    for (const name of ['Texts', 'Keys']) {
      await view.getByRole('button', { name, exact: true }).click();
      await heading(view, name).waitFor();
    }
    await eventually(() => page.url()).toBe(`${dashboard}/chat/keys`);
    await page.goBack();
    await heading(view, 'Texts').waitFor();
    await page.goBack();
    await heading(view, 'Overview').waitFor();
    await page.goForward();
    await heading(view, 'Texts').waitFor();
    expect(page.url()).toBe(`${dashboard}/chat/texts`);
    await page.reload();
    await heading(await openView('texts'), 'Texts').waitFor();
  });

  test('gives the view its own colours, and others in the dark', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await signIn(accountOf('owner'));
    const view = await openView();
    await heading(view, 'Overview').waitFor();
    const background = () => view.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const own = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await background()).toBe(await own());
    const before = await own();
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('button', { name: 'Theme' }).click();
    await eventually(own).not.toBe(before);
    await eventually(background).toBe(await own());
  });

  test('is as high as the view, which has no scroll bar of its own', async () => {
    await page.setViewportSize({ width: 360, height: 640 });
    await signIn(accountOf('owner'));
    const view = await openView('texts');
    await heading(view, 'Texts').waitFor();
    await eventually(() =>
      view.evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight),
    ).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(await view.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });

  test('shows a viewer everything and lets them change nothing', async () => {
    await signIn(accountOf('viewer'));
    const view = await openView('assistant');
    await heading(view, 'Assistant').waitFor();
    const field = view.getByRole('textbox', { name: 'Instructions' });
    expect(await field.evaluate((element) => element.ariaDisabled === 'true' || element.matches(':disabled'))).toBe(
      true,
    );
  });

  test('says when the sign-in has ended, and goes on when the admin is back from signing in', async () => {
    await signIn(accountOf('owner'));
    await page.route('**/token', (route) => route.fulfill({ status: 401, json: { token: null } }));
    const view = await openView('assistant');
    const link = page.getByRole('link', { name: 'Sign in again' });
    await link.waitFor();
    await page.unroute('**/token');
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await heading(view, 'Assistant').waitFor();
    await link.waitFor({ state: 'hidden' });
  });
});
