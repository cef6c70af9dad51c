import type { Browser, Frame, Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { PAGES } from '../../../frame/settings/shell/pages.ts';
import { splitRoute } from '../../../frame/settings/state/router.ts';
import { API_BASE } from '../../../shared/api-path.ts';
import type { Role } from '../../../shared/permission.ts';
import { eventually } from '../../isolation/eventually.ts';
import type { SettingsStage } from '../../isolation/settings-stage.ts';
import { untilDrawn } from '../settings/open-settings.ts';
import type { Screen } from './screens.ts';

/** The settings view of the built server, in a dashboard in which somebody of a role has signed in. */
export type OpenedView = {
  readonly page: Page;
  readonly view: Frame;
  /** What the view asked of the API, such as `PUT /knowledge/returns 200`, in the order of the answers. */
  readonly calls: readonly string[];
  /** Opens a page or a part of one, and waits until everything of it is there. */
  go(screen: Screen): Promise<void>;
  /** The token the dashboard has from now on. */
  setToken(token: string | null): Promise<void>;
  /** The dashboard's code, which has `view` and `said`. */
  inDashboard<T>(code: string): Promise<T>;
  close(): Promise<void>;
};

type Person = { readonly company: string; readonly role: Role };

export async function openAs(stage: SettingsStage, browser: Browser, person: Person): Promise<OpenedView> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
  const page = await context.newPage();
  const calls: string[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.startsWith(API_BASE)) return;
    calls.push(`${response.request().method()} ${pathname.slice(API_BASE.length)} ${response.status()}`);
  });
  await page.goto(stage.sites.publish('dashboard', stage.mountingPage(await stage.token(person))));
  const find = () => page.frames().find((frame) => frame.url().startsWith(`${stage.settingsOrigin}/settings/`));
  const view = await vi.waitFor(() => find() ?? expect.fail('no view'), { timeout: 20_000, interval: 50 });
  await view.locator('.page-body > :not(.skeleton)').first().waitFor();
  return {
    page,
    view,
    calls,
    async go({ route, ready, open }) {
      const title = PAGES.find((one) => one.route === splitRoute(route)[0])?.title ?? expect.fail(`no page ${route}`);
      await page.evaluate(`view.setRoute(${JSON.stringify(route)})`);
      await view.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
      await open?.(view);
      await view.locator('.main').getByText(ready).first().waitFor();
      await eventually(() => view.locator('.main .skeleton').count()).toBe(0);
      await untilDrawn(view);
    },
    setToken: (token) => page.evaluate(`void (window.token = ${JSON.stringify(token)})`),
    inDashboard: (code) => page.evaluate(code),
    close: () => context.close(),
  };
}

/** Publishes what is edited, by way of the review. */
export async function publish(view: Frame): Promise<void> {
  await view.getByRole('button', { name: 'Review and publish' }).click();
  const dialog = view.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
}

/** Waits for a call of the API that is newer than `before` of them, and answers its status. */
export async function statusOfNext({ calls }: OpenedView, before: number, call: RegExp): Promise<number> {
  const find = () => calls.slice(before).find((one) => call.test(one));
  await eventually(find).toBeDefined();
  return Number((find() ?? expect.fail('no call')).split(' ').at(-1));
}
