import * as v from 'valibot';
import { API_BASE } from '../../../shared/api-path.ts';
import {
  articleSlugSchema,
  askKnowledgeRequestSchema,
  saveArticleRequestSchema,
} from '../../../shared/knowledge-api.ts';
import {
  type ArticleParts,
  askArticles,
  deleteArticle,
  readArticle,
  readArticles,
  saveArticle,
} from '../../domain/articles.ts';
import { parseAdminQuery, wholeNumberText } from '../admin-query.ts';
import { defineAdminRoute, type Route } from '../guarded-router.ts';
import { parseBody } from '../parse-body.ts';
import type { RouteContext } from '../request-state.ts';
import { requireValid } from '../require-valid.ts';

/** Room for the longest article, in which JSON has written every second character as two. */
const ARTICLE_BODY_MAX_BYTES = 256 * 1024;
/** Which page of the list, beside the widget. */
export const articlePageEntries = {
  after: v.optional(articleSlugSchema),
  limit: v.optional(wholeNumberText(1, 500), '100'),
};
/** Which version is to be deleted, beside the widget. */
export const deletionQueryEntries = { expectedVersion: wholeNumberText(1, 2 ** 31 - 1) };
const slugSchema = v.strictObject({ slug: articleSlugSchema });

/** What the assistant of a widget may cite. */
export function createKnowledgeRoutes(parts: ArticleParts): readonly Route[] {
  const base = `${API_BASE}/knowledge`;
  return [
    defineAdminRoute({
      method: 'GET',
      path: base,
      permission: 'knowledge:read',
      async handle(ctx, caller) {
        const { after, limit } = parseAdminQuery(ctx, articlePageEntries);
        ctx.body = await readArticles(caller, { after, limit });
      },
    }),
    defineAdminRoute({
      method: 'POST',
      path: `${base}/ask`,
      permission: 'knowledge:read',
      async handle(ctx, caller) {
        parseAdminQuery(ctx, {});
        const { question } = await parseBody(ctx, askKnowledgeRequestSchema);
        ctx.body = await askArticles(caller, question, parts);
      },
    }),
    defineAdminRoute({
      method: 'GET',
      path: `${base}/:slug`,
      permission: 'knowledge:read',
      async handle(ctx, caller) {
        parseAdminQuery(ctx, {});
        ctx.body = await readArticle(caller, requireSlug(ctx));
      },
    }),
    defineAdminRoute({
      method: 'PUT',
      path: `${base}/:slug`,
      permission: 'knowledge:write',
      async handle(ctx, caller) {
        parseAdminQuery(ctx, {});
        const slug = requireSlug(ctx);
        const request = await parseBody(ctx, saveArticleRequestSchema, ARTICLE_BODY_MAX_BYTES);
        const { article, isNew } = await saveArticle(caller, { ...request, slug }, parts);
        ctx.status = isNew ? 201 : 200;
        ctx.body = article;
      },
    }),
    defineAdminRoute({
      method: 'DELETE',
      path: `${base}/:slug`,
      permission: 'knowledge:write',
      answers: ['nothing'],
      async handle(ctx, caller) {
        const { expectedVersion } = parseAdminQuery(ctx, deletionQueryEntries);
        await deleteArticle(caller, { slug: requireSlug(ctx), expectedVersion }, parts);
        ctx.status = 204;
      },
    }),
  ];
}

/** Throws AppError `INVALID_REQUEST` for a name no article can have. */
function requireSlug(ctx: RouteContext): string {
  return requireValid(slugSchema, { slug: ctx.params.slug }).slug;
}
