import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Role } from '../../../shared/permission.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { SettingsFrameMessage, SettingsHostMessage } from '../../../shared/settings-port-message.ts';
import { type FakeAnswer, type FakeSettingsApi, startFakeSettingsApi } from '../../support/fake-settings-api.ts';
import { createFakeWidget, FAKE_SETTINGS } from '../../support/fake-widget.ts';
import type { DashboardOptions } from './dashboard-page.ts';

/** Waits for a fact; a machine that is busy with other things gets the time it needs. */
export function eventually<T>(read: () => T | Promise<T>) {
  return expect.poll(read, { timeout: 20_000 });
}

export type OpenSettings = {
  readonly api: FakeSettingsApi;
  readonly page: Page;
  /** The view's document. */
  readonly view: Frame;
  /** What the view said over the port, without the sequence numbers. */
  said<T extends SettingsFrameMessage['t']>(type: T): Promise<Extract<SettingsFrameMessage, { t: T }>[]>;
  /** Speaks to the view as the dashboard. */
  say(message: SettingsHostMessage): Promise<void>;
  /** What the dashboard's `getToken` answers from now on. */
  setToken(token: string | null): Promise<void>;
  /** Errors, and refusals by the Content-Security-Policy or by Trusted Types, of the whole page. */
  readonly problems: readonly string[];
  close(): Promise<void>;
};

export type SettingsOptions = Partial<DashboardOptions> & {
  readonly role?: Role;
  readonly settings?: (settings: Settings) => Settings;
  /** What `METHOD /path` of the API answers, such as `'GET /knowledge'`; settings and draft answer by themselves. */
  readonly answers?: Readonly<Record<string, FakeAnswer>>;
  readonly context?: BrowserContextOptions;
  /** Before the page is opened. */
  readonly prepare?: (api: FakeSettingsApi) => void;
};

/** A token that says when it ends, and which the fake API takes. */
export function fakeToken(name: string, expiresInSeconds = 900): string {
  const claims = { sub: name, exp: Math.floor(Date.now() / 1_000) + expiresInSeconds };
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${name}`;
}

/**
 * The view in a dashboard, with a page open, on an API that answers as told: `openSettings(browser, { role: 'viewer',
 * route: 'keys', answers: { 'GET /keys': … } })`. Ready when the first page is there.
 */
export async function openSettings(browser: Browser, options: SettingsOptions = {}): Promise<OpenSettings> {
  const { role = 'owner', settings = (same) => same, answers = {}, context: given, prepare, ...dashboard } = options;
  const api = await startFakeSettingsApi(
    { route: '', locale: 'en', appearance: {}, token: fakeToken('first'), ...dashboard },
    createFakeWidget(settings(FAKE_SETTINGS), role),
  );
  for (const [call, answer] of Object.entries(answers)) api.answer(call, answer);
  prepare?.(api);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...given });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (/security policy|trusted|integrity|refused to/i.test(message.text())) problems.push(message.text());
  });

  await page.goto(api.dashboardOrigin);
  const opened: OpenSettings = {
    api,
    page,
    problems,
    get view() {
      const frame = page.frames().find((one) => one.url().startsWith(`${api.settingsOrigin}/settings/`));
      if (frame === undefined) throw new Error('There is no settings frame');
      return frame;
    },
    said: (type) => page.evaluate(`host.said.filter(({ t }) => t === '${type}').map(({ s, ...message }) => message)`),
    say: (message) => page.evaluate(`host.say(${JSON.stringify(message)})`),
    setToken: (token) => page.evaluate(`void (host.token = ${JSON.stringify(token)})`),
    async close() {
      await context.close();
      await api.close();
    },
  };
  if (dashboard.token !== null) await untilDrawn(opened.view);
  await eventually(() => takesFocus(opened)).toBe(true);
  return opened;
}

/**
 * Whether keys go to the view from now on. A browser forgets a first wish of a frame of another process for the focus now
 * and then, and then what is typed goes to the page around it.
 */
async function takesFocus({ page, view }: OpenSettings): Promise<boolean> {
  await view.evaluate('window.focus()');
  return await page.evaluate('document.activeElement?.tagName === "IFRAME"');
}

/** Waits until the open page is there, with everything that it draws later. */
export async function untilDrawn(view: Frame): Promise<void> {
  await view.locator('.page-body > :not(.skeleton)').first().waitFor();
  await eventually(() => view.locator(':is(.portions, .table)[aria-busy="true"]').count()).toBe(0);
}
