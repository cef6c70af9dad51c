import { API_BASE } from '../../../shared/api-path.ts';
import { DRAFT_MAX_BYTES, saveDraftRequestSchema } from '../../../shared/draft-api.ts';
import { type DraftParts, deleteDraft, readDraft, saveDraft } from '../../domain/drafts.ts';
import { parseAdminQuery } from '../admin-query.ts';
import { defineAdminRoute, type Route } from '../guarded-router.ts';
import { parseBody } from '../parse-body.ts';

/** What an admin has edited and not published yet: their own, of one widget. */
export function createDraftRoutes(parts: DraftParts): readonly Route[] {
  const path = `${API_BASE}/draft`;
  const permission = 'settings:write';
  return [
    defineAdminRoute({
      method: 'GET',
      path,
      permission,
      async handle(ctx, caller) {
        parseAdminQuery(ctx, {});
        ctx.body = await readDraft(caller, parts);
      },
    }),
    defineAdminRoute({
      method: 'PUT',
      path,
      permission,
      async handle(ctx, caller) {
        parseAdminQuery(ctx, {});
        const request = await parseBody(ctx, saveDraftRequestSchema, DRAFT_MAX_BYTES);
        ctx.body = await saveDraft(caller, request, parts);
      },
    }),
    defineAdminRoute({
      method: 'DELETE',
      path,
      permission,
      answers: ['nothing'],
      async handle(ctx, caller) {
        parseAdminQuery(ctx, {});
        await deleteDraft(caller);
        ctx.status = 204;
      },
    }),
  ];
}
