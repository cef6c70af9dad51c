import type { composeAdmin } from './compose-admin.ts';
import type { Counting } from './compose-counting.ts';
import type { ComposedKeys } from './compose-keys.ts';
import type { Config } from './config.ts';
import type { Sessions } from './domain/sessions.ts';
import type { WidgetDirectory } from './domain/widget-directory.ts';
import { createDashboardGuard } from './http/dashboard-guard.ts';
import type { Guards } from './http/guarded-router.ts';
import { createGuards } from './http/guards.ts';
import { limitGuards } from './http/limited-guards.ts';
import { createPreviewGuard } from './http/preview-guard.ts';
import { noteRefusedEmbeds } from './http/refused-embeds.ts';

type Parts = {
  readonly config: Config;
  readonly directory: WidgetDirectory;
  readonly sessions: Sessions;
  readonly keys: ComposedKeys;
  readonly counting: Pick<Counting, 'attempts' | 'limits'>;
  readonly admins: ReturnType<typeof composeAdmin>;
};

/** Who may ask what: every guard, with its limit, and with a note of each embed it refuses. */
export function composeGuards({ config, directory, sessions, keys, counting, admins }: Parts): Guards {
  const guards = createGuards({
    widgetOrigin: config.widgetOrigin,
    directory,
    sessions,
    adminLogin: admins.adminLogin,
    admin: keys.signForAdmins(admins.admin),
    dashboard: createDashboardGuard(config.dashboardOrigins),
    preview: createPreviewGuard(config),
    keyUses: keys.uses,
  });
  return limitGuards(noteRefusedEmbeds(guards, counting.attempts), counting.limits);
}
