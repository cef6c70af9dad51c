import { OPENAPI_PATH } from '../../../shared/api-path.ts';
import { defineRoute, type Route } from '../guarded-router.ts';
import { requireNoQuery } from '../parse-query.ts';
import { answerPublished } from '../published-answer.ts';

/** `GET /api/v1/openapi.json`: every route of this server, for whoever reads or generates. */
export function createOpenApiRoutes(document: string): readonly Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: OPENAPI_PATH,
      guard: 'public',
      answers: ['published-json'],
      handle(ctx) {
        requireNoQuery(ctx);
        answerPublished(ctx, { contentType: 'application/json; charset=utf-8', body: document });
      },
    }),
  ];
}
