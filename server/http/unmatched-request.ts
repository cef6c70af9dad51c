import type { Router } from '@koa/router';
import type { DefaultContextExtends, Middleware } from 'koa';
import { AppError } from '../errors.ts';
import type { RequestState } from './request-state.ts';

const LONGEST_PATH = 200;

/**
 * Answers what no route took: `METHOD_NOT_ALLOWED` with `Allow` where the path exists, `NOT_FOUND` elsewhere. `OPTIONS`
 * is no exception: a preflight gets no CORS header, so the browser refuses the request it stands for.
 */
export function unmatchedRequests(router: Router<RequestState, DefaultContextExtends>): Middleware<RequestState> {
  return async function refuseUnmatchedRequest(ctx) {
    const { path: layers } = router.match(ctx.path, ctx.method);
    if (layers.length === 0)
      throw new AppError('NOT_FOUND', { message: `There is nothing at "${ctx.path.slice(0, LONGEST_PATH)}"` });
    ctx.set('Allow', [...new Set(layers.flatMap(({ methods }) => methods))].join(', '));
    throw new AppError('METHOD_NOT_ALLOWED', { message: `"${ctx.method}" is not allowed here` });
  };
}
