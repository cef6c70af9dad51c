import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isPermitted, PERMISSIONS, SECTION_PERMISSIONS } from '../../../shared/permission.ts';
import { type SettingsStage, startSettingsStage } from '../../isolation/settings-stage.ts';
import { launchBrowser } from '../../support/browser.ts';
import { ACTS } from './acts.ts';
import { ADMIN_ROLES } from './admin-roles.ts';
import { type FurnishedWidget, furnishWidget } from './furnished-widget.ts';
import { type OpenedView, openAs, statusOfNext } from './open-as.ts';

let stage: SettingsStage;
let browser: Browser;

beforeAll(async () => {
  stage = await startSettingsStage();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await stage.stop();
});

test('there is an act for each permission to change something, and for each part of the settings', () => {
  const needed = new Set<string>(ACTS.map(({ needs }) => needs));
  // The first save makes the widget, every save is a write, and the wallet is filled by backends only.
  const otherwise = ['widget:create', 'settings:write', 'wallet:write'];
  const changing = Object.keys(PERMISSIONS).filter((name) => !name.endsWith(':read') && !otherwise.includes(name));
  expect(changing.filter((name) => !needed.has(name))).toEqual([]);
  const parts = new Set<string>(ACTS.map(({ section }) => section ?? ''));
  expect(Object.keys(SECTION_PERMISSIONS).filter((part) => !parts.has(part))).toEqual([]);
});

describe.each(ADMIN_ROLES)('somebody of the role %s', (role) => {
  let furnished: FurnishedWidget;
  let opened: OpenedView;
  beforeAll(async () => {
    furnished = await furnishWidget(stage.casement);
    opened = await openAs(stage, browser, { company: furnished.company, role });
    return () => opened.close();
  });
  const permitted = ACTS.filter(({ needs }) => isPermitted(role, needs));
  const refused = ACTS.filter(({ needs }) => !isPermitted(role, needs));

  test.each(refused.map((act) => [act.does, act] as const))('is refused by the server: %s', async (_, act) => {
    const request = await act.request((asked) => furnished.askAs('owner', asked));
    const { status, json } = await furnished.askAs(role, request);
    expect({ status, code: json.error?.code }).toEqual({ status: 403, code: 'PERMISSION_DENIED' });
    // Whoever may save nothing at all is told that first.
    const isStranger = act.section !== undefined && !isPermitted(role, 'settings:write');
    expect(json.error.message).toContain(isStranger ? '"settings:write"' : `"${act.needs}"`);
  });

  test.each(permitted.map((act) => [act.does, act] as const))('%s in the view', async (_, act) => {
    await opened.go(act.screen);
    const before = opened.calls.length;
    await act.press(opened.view);
    expect(await statusOfNext(opened, before, act.calls)).toBeLessThan(300);
  });

  test.each([
    ['analytics', 'The CSV has all.', 'Download CSV', /\.csv$/],
    ['analytics', 'The CSV has all.', 'Download CSV of the sites', /\.csv$/],
    ['knowledge', 'opening-hours', 'Export all articles as a zip', /\.zip$/],
  ])('takes a copy of what it may read on %s', async (route, ready, name, file) => {
    await opened.go({ route, ready });
    const download = opened.page.waitForEvent('download');
    await opened.view.getByRole('button', { name, exact: true }).click();
    expect((await download).suggestedFilename()).toMatch(file);
  });

  test(`${isPermitted(role, 'audit:read') ? 'reads' : 'is refused'} the audit log`, async () => {
    const { status } = await furnished.askAs(role, { path: '/audit-log' });
    expect(status).toBe(isPermitted(role, 'audit:read') ? 200 : 403);
    await opened.inDashboard("view.setRoute('audit')");
    const title = isPermitted(role, 'audit:read') ? 'Audit log' : 'Overview';
    await opened.view.getByRole('heading', { level: 1, name: title }).waitFor();
  });
});
