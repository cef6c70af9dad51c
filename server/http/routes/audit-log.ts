import * as v from 'valibot';
import { API_BASE } from '../../../shared/api-path.ts';
import { AUDIT_ACTS } from '../../../shared/audit-api.ts';
import { requireAdminWidget } from '../../domain/admin-widget.ts';
import { readAudit, verifyAudit } from '../../domain/audit-log.ts';
import { logSettingsVersions } from '../../domain/settings-audit.ts';
import type { SaveParts } from '../../domain/settings-save.ts';
import { parseAdminQuery, wholeNumberText } from '../admin-query.ts';
import { defineAdminRoute, type Route } from '../guarded-router.ts';
import { momentText } from '../moment-text.ts';

/** A moment as ISO 8601 in UTC, brought into the one form that entries have, so that texts compare as times do. */
const MOMENT = v.optional(
  v.pipe(
    momentText,
    v.transform((date) => date.toISOString()),
  ),
);

/** Which entries are asked for, beside the widget. */
export const auditQueryEntries = {
  act: v.optional(v.picklist(AUDIT_ACTS)),
  actor: v.optional(v.pipe(v.string(), v.maxLength(200))),
  from: MOMENT,
  to: MOMENT,
  before: v.optional(wholeNumberText(1, 2 ** 31 - 1)),
  limit: v.optional(wholeNumberText(1, 200), '50'),
};

/** What admins did to a widget, for its owners. */
export function createAuditRoutes({ clock }: Pick<SaveParts, 'clock'>): readonly Route[] {
  return [
    defineAdminRoute({
      method: 'GET',
      path: `${API_BASE}/audit-log`,
      permission: 'audit:read',
      async handle(ctx, caller) {
        const { widget: _slug, ...filter } = parseAdminQuery(ctx, auditQueryEntries);
        const { id } = await requireAdminWidget(caller);
        await logSettingsVersions(id, clock);
        ctx.body = await readAudit(id, filter);
      },
    }),
    defineAdminRoute({
      method: 'GET',
      path: `${API_BASE}/audit-log/verification`,
      permission: 'audit:read',
      async handle(ctx, caller) {
        parseAdminQuery(ctx, {});
        const { id } = await requireAdminWidget(caller);
        await logSettingsVersions(id, clock);
        ctx.body = await verifyAudit(id);
      },
    }),
  ];
}
