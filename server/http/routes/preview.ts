import { API_BASE } from '../../../shared/api-path.ts';
import { previewRequestSchema } from '../../../shared/preview-api.ts';
import { issuePreviewTicket, type PreviewParts } from '../../domain/preview-ticket.ts';
import { parseAdminQuery } from '../admin-query.ts';
import { defineAdminRoute, type Route } from '../guarded-router.ts';
import { parseBody } from '../parse-body.ts';

/** Lets an admin chat with what they have not published yet. */
export function createPreviewRoutes(parts: PreviewParts): readonly Route[] {
  return [
    defineAdminRoute({
      method: 'POST',
      path: `${API_BASE}/preview`,
      permission: 'settings:write',
      async handle(ctx, caller) {
        parseAdminQuery(ctx, {});
        const { challenge } = await parseBody(ctx, previewRequestSchema);
        ctx.body = await issuePreviewTicket(caller, challenge, parts);
      },
    }),
  ];
}
