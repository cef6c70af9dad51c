import * as v from 'valibot';
import { API_BASE } from '../../../shared/api-path.ts';
import { MOST_UNANSWERED } from '../../../shared/unanswered-api.ts';
import { deleteUnanswered, readUnanswered } from '../../domain/unanswered.ts';
import { parseAdminQuery, wholeNumberText } from '../admin-query.ts';
import { defineAdminRoute, type Route } from '../guarded-router.ts';
import { requireValid } from '../require-valid.ts';

/** How many questions, beside the widget. */
export const unansweredQueryEntries = { limit: v.optional(wholeNumberText(1, MOST_UNANSWERED), '50') };
export const unansweredIdSchema = v.pipe(v.string(), v.uuid());

/** What visitors asked and found nothing for. Declared before the articles: none of them can have this name. */
export function createUnansweredRoutes(): readonly Route[] {
  const path = `${API_BASE}/knowledge/unanswered`;
  return [
    defineAdminRoute({
      method: 'GET',
      path,
      permission: 'knowledge:read',
      async handle(ctx, caller) {
        const { limit } = parseAdminQuery(ctx, unansweredQueryEntries);
        ctx.body = await readUnanswered(caller, limit);
      },
    }),
    defineAdminRoute({
      method: 'DELETE',
      path: `${path}/:id`,
      permission: 'knowledge:write',
      answers: ['nothing'],
      async handle(ctx, caller) {
        parseAdminQuery(ctx, {});
        const { id } = requireValid(v.strictObject({ id: unansweredIdSchema }), { id: ctx.params.id });
        await deleteUnanswered(caller, id);
        ctx.status = 204;
      },
    }),
  ];
}
