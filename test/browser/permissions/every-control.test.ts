import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PAGES } from '../../../frame/settings/shell/pages.ts';
import { splitRoute } from '../../../frame/settings/state/router.ts';
import { isPermitted, type Permission, SECTION_PERMISSIONS } from '../../../shared/permission.ts';
import type { Settings } from '../../../shared/settings.ts';
import { eventually } from '../../isolation/eventually.ts';
import { type SettingsStage, startSettingsStage } from '../../isolation/settings-stage.ts';
import { launchBrowser } from '../../support/browser.ts';
import { ADMIN_ROLES } from './admin-roles.ts';
import { furnishWidget } from './furnished-widget.ts';
import { type OpenedView, openAs } from './open-as.ts';
import { type FoundControl, readControls, showsReason } from './read-controls.ts';
import { SCREENS } from './screens.ts';

let stage: SettingsStage;
let browser: Browser;
let company: string;

beforeAll(async () => {
  stage = await startSettingsStage();
  browser = await launchBrowser();
  ({ company } = await furnishWidget(stage.casement));
});
afterAll(async () => {
  await browser.close();
  await stage.stop();
});

/** Opening the view, asking for a check, and keeping one's own draft change nothing for anybody. */
const HARMLESS = /^(GET |POST \/settings\/check-site |POST \/knowledge\/ask |DELETE \/draft )/;

const permissionOf = (route: string): Permission | undefined =>
  PAGES.find((page) => page.route === splitRoute(route)[0])?.permission;

test('every page of the view is walked', () => {
  expect(new Set(SCREENS.map(({ route }) => splitRoute(route)[0]))).toEqual(new Set(PAGES.map(({ route }) => route)));
});

/** What a control needs by its path or its name. One that nobody has thought of fails the walk. */
function needOf({ name, path }: FoundControl, needs: (typeof SCREENS)[number]['needs']): Permission | undefined {
  const section = path?.split('.')[0];
  if (section === 'article') return 'knowledge:write';
  if (section !== undefined) return SECTION_PERMISSIONS[section as keyof Settings] ?? expect.fail(`no part ${section}`);
  const [, need] = needs.find(([pattern]) => pattern.test(name)) ?? expect.fail(`nothing says what "${name}" needs`);
  return need;
}

describe.each(ADMIN_ROLES)('for the role %s', (role) => {
  let opened: OpenedView;
  beforeAll(async () => {
    opened = await openAs(stage, browser, { company, role });
    return () => opened.close();
  });
  const screens = SCREENS.filter(({ route }) => {
    const permission = permissionOf(route);
    return permission === undefined || isPermitted(role, permission);
  });
  const isLockedForRole = ({ description }: FoundControl) => description.includes(`Your role is ${role}. This needs `);

  test.each(screens.map((screen, index) => [`${index + 1} ${screen.route}`, screen] as const))(
    'screen %s has every control enabled, or disabled with its reason, as the table of permissions says',
    async (_, screen) => {
      await opened.go(screen);
      const controls = await readControls(opened.view);
      const expected = controls.map((control) => {
        const need = needOf(control, screen.needs);
        return { name: control.name, isLocked: need !== undefined && !isPermitted(role, need) };
      });
      expect(controls.map((control) => ({ name: control.name, isLocked: isLockedForRole(control) }))).toEqual(expected);

      for (const control of controls) {
        // Whatever the role is: a control that cannot be used says why.
        if (control.isDisabled) expect(control.description, control.name).not.toBe('');
        if (!isLockedForRole(control)) continue;
        expect(control.isDisabled, control.name).toBe(true);
        await eventually(() => showsReason(control), `the reason of "${control.name}" on hover`).toBe(true);
      }
    },
  );

  test('no control that is disabled for it does anything', async () => {
    for (const screen of screens) {
      await opened.go(screen);
      for (const control of (await readControls(opened.view)).filter(isLockedForRole)) {
        await control.element.evaluate((element) => element.click());
        if (await control.element.evaluate((element) => element.matches('input[type="text"], textarea'))) {
          expect(control.isReadOnly, control.name).toBe(true);
        }
      }
      expect(await opened.view.locator('[role="dialog"], [role="listbox"], .follow').count()).toBe(0);
      expect(await opened.view.getByText(/unpublished change/).count()).toBe(0);
    }
    expect(opened.calls.filter((call) => !HARMLESS.test(call))).toEqual([]);
  });

  test('nothing that the view asks for by itself is refused', () => {
    expect(opened.calls.length).toBeGreaterThan(0);
    expect(opened.calls.filter((call) => !/ 20\d$/.test(call))).toEqual([]);
  });

  test('the navigation has the pages that are for it, and no other', async () => {
    const names = await opened.view.getByRole('navigation').locator('.nav-link').allInnerTexts();
    const pages = PAGES.filter(({ permission }) => permission === undefined || isPermitted(role, permission));
    expect(names.map((name) => name.replace(/\s*\d+$/, '').trim())).toEqual(pages.map(({ title }) => title));
  });
});

test('for the role service there are no settings at all, and the view says so', async () => {
  const { view, calls, close } = await openAs(stage, browser, { company, role: 'service' });
  await view.getByText('The settings cannot be shown').waitFor();
  await view.getByText('The role "service" has no permission "settings:read"').waitFor();
  expect(calls).toEqual(['GET /settings 403']);
  await close();
});
