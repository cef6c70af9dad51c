import * as v from 'valibot';
import { API_BASE } from '../../../shared/api-path.ts';
import { restoreSettingsRequestSchema } from '../../../shared/settings-api.ts';
import { requireAdminWidget } from '../../domain/admin-widget.ts';
import { type SaveParts, saveSettings } from '../../domain/settings-save.ts';
import { diffVersions, listVersions, readVersion, requireVersion } from '../../domain/settings-versions.ts';
import { parseAdminQuery, parseNumberParameter, wholeNumberText } from '../admin-query.ts';
import { defineAdminRoute, type Route } from '../guarded-router.ts';
import { parseBody } from '../parse-body.ts';

const VERSION = wholeNumberText(0, 2 ** 31 - 1);
/** Which page of the list, beside the widget. */
export const versionPageEntries = {
  before: v.optional(VERSION),
  limit: v.optional(wholeNumberText(1, 100), '50'),
};
/** With which version one is compared, beside the widget. */
export const diffQueryEntries = { against: v.optional(VERSION) };

/** Everything that was ever saved: to be listed, read, compared and brought back. */
export function createSettingsVersionRoutes(parts: SaveParts): readonly Route[] {
  const base = `${API_BASE}/settings/versions`;
  return [
    defineAdminRoute({
      method: 'GET',
      path: base,
      permission: 'settings:read',
      async handle(ctx, caller) {
        const { before, limit } = parseAdminQuery(ctx, versionPageEntries);
        ctx.body = await listVersions(caller, { before, limit });
      },
    }),
    defineAdminRoute({
      method: 'GET',
      path: `${base}/:version`,
      permission: 'settings:read',
      async handle(ctx, caller) {
        parseAdminQuery(ctx, {});
        ctx.body = await readVersion(caller, parseNumberParameter(ctx, 'version'));
      },
    }),
    defineAdminRoute({
      method: 'GET',
      path: `${base}/:version/diff`,
      permission: 'settings:read',
      async handle(ctx, caller) {
        const to = parseNumberParameter(ctx, 'version');
        const { against = Math.max(0, to - 1) } = parseAdminQuery(ctx, diffQueryEntries);
        ctx.body = await diffVersions(caller, { from: against, to });
      },
    }),
    defineAdminRoute({
      method: 'POST',
      path: `${base}/:version/restore`,
      permission: 'settings:restore',
      async handle(ctx, caller) {
        parseAdminQuery(ctx, {});
        const restoredFrom = parseNumberParameter(ctx, 'version');
        const request = await parseBody(ctx, restoreSettingsRequestSchema);
        const { settings } = await requireVersion(await requireAdminWidget(caller), restoredFrom);
        ctx.body = await saveSettings(caller, { ...request, settings, restoredFrom }, parts);
      },
    }),
  ];
}
