import { API_BASE } from '../../../shared/api-path.ts';
import { saveSettingsRequestSchema } from '../../../shared/settings-api.ts';
import { type CheckedSite, checkSiteRequestSchema } from '../../../shared/site-check-api.ts';
import { checkSite } from '../../domain/allowlist-entry.ts';
import { type SaveParts, saveSettings } from '../../domain/settings-save.ts';
import { readSettings } from '../../domain/settings-versions.ts';
import { parseAdminQuery } from '../admin-query.ts';
import { defineAdminRoute, type Route } from '../guarded-router.ts';
import { parseBody } from '../parse-body.ts';

/** Room for 5,000 sites. */
const SETTINGS_MAX_BYTES = 384 * 1024;

/** The current settings of a widget. */
export function createSettingsRoutes(parts: SaveParts): readonly Route[] {
  const base = `${API_BASE}/settings`;
  return [
    defineAdminRoute({
      method: 'GET',
      path: base,
      permission: 'settings:read',
      async handle(ctx, caller) {
        parseAdminQuery(ctx, {});
        ctx.body = await readSettings(caller, parts.widgetOrigin);
      },
    }),
    defineAdminRoute({
      method: 'POST',
      path: base,
      permission: 'settings:write',
      async handle(ctx, caller) {
        parseAdminQuery(ctx, {});
        const request = await parseBody(ctx, saveSettingsRequestSchema, SETTINGS_MAX_BYTES);
        ctx.body = await saveSettings(caller, request, parts);
      },
    }),
    defineAdminRoute({
      method: 'POST',
      path: `${base}/check-site`,
      permission: 'settings:read',
      async handle(ctx) {
        parseAdminQuery(ctx, {});
        const { site } = await parseBody(ctx, checkSiteRequestSchema);
        const checked = checkSite(site, parts.siteRules);
        const answer: CheckedSite =
          'reason' in checked
            ? { kind: 'refused', reason: checked.reason }
            : { kind: 'accepted', saved: checked.entry };
        ctx.body = answer;
      },
    }),
  ];
}
