import { computed, type Signal, signal } from '@preact/signals';
import { isPermitted } from '../../shared/permission.ts';
import type { SettingsAnswer } from '../../shared/settings-api.ts';
import type { SettingsBoot } from '../../shared/settings-boot.ts';
import type { AdminApi } from './api/admin-api.ts';
import type { Dashboard } from './host/dashboard.ts';
import type { ImportLater } from './host/page-chunks.ts';
import type { SeenPart } from './host/seen-part.ts';
import { PAGES } from './shell/pages.ts';
import { createAdopt } from './state/adopt.ts';
import { createDraft } from './state/draft.ts';
import { createDraftKeeper } from './state/draft-keeper.ts';
import { createFormats } from './state/formats.ts';
import type { Notices } from './state/notices.ts';
import { reasonAgainst } from './state/reason.ts';
import { createResources } from './state/resources.ts';
import { createRouter, splitRoute } from './state/router.ts';
import { createUnsaved, tellUnsaved } from './state/unsaved.ts';
import type { ConfirmDialogs } from './ui/confirm.tsx';
import type { View } from './view.ts';

export type ViewParts = {
  readonly boot: SettingsBoot;
  readonly api: AdminApi;
  readonly dashboard: Dashboard;
  readonly notices: Notices;
  readonly dialogs: ConfirmDialogs;
  readonly seen: Signal<SeenPart> | View['seen'];
  readonly importLater: ImportLater;
  readonly now: () => number;
};

/** Puts together what every page gets, from the settings as they are published. */
export function createView(parts: ViewParts, answer: SettingsAnswer): View {
  const { boot, api, dashboard, notices, dialogs, seen, importLater, now } = parts;
  const { role } = answer.you;
  const published = signal(answer);
  const draft = createDraft(answer);
  const unsaved = createUnsaved();
  const keeper = createDraftKeeper({ api, draft, published, mayWrite: isPermitted(role, 'settings:write') });
  const formats = computed(() => createFormats(dashboard.locale.value, now));

  async function mayLeave(): Promise<boolean> {
    const what = unsaved.what.value;
    if (what === undefined) return true;
    return dialogs.confirm({
      title: 'Leave without saving?',
      body: `What you wrote in ${what} is not saved yet, and is lost when you leave.`,
      action: 'Leave',
      isDangerous: true,
      otherwise: 'Stay',
    });
  }

  const router = createRouter({
    isKnown: (route) => PAGES.some((page) => page.route === splitRoute(route)[0]),
    tell: dashboard.tellRoute,
    mayLeave,
  });
  dashboard.wantedRoute.subscribe((route) => void router.follow(route));
  tellUnsaved(draft.count, unsaved, dashboard.tellUnsaved);

  return {
    boot,
    api,
    resources: createResources(now),
    published,
    draft,
    adopt: createAdopt({ published, draft, tellSaved: dashboard.tellSaved }),
    leftDraft: keeper.left,
    settleLeftDraft: keeper.settle,
    keptDraft: keeper.kept,
    role,
    may: (permission) => isPermitted(role, permission),
    reasonAgainst: (permission) => reasonAgainst(role, permission),
    route: router.route,
    rest: computed(() => splitRoute(router.route.value)[1]),
    go: router.go,
    locale: dashboard.locale,
    formats,
    notify: notices.notify,
    confirm: dialogs.confirm,
    unsaved,
    seen,
    now,
    importLater,
    dashboard,
  };
}
