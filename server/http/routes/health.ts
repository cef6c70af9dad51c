import { AppError } from '../../errors.ts';
import { defineRoute, type Route } from '../guarded-router.ts';
import { requireNoQuery } from '../parse-query.ts';

/** For whoever watches the process: whether it lives, and whether it should be sent requests. */
export function createHealthRoutes(isReady: () => Promise<boolean>): readonly Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/healthz',
      guard: 'public',
      handle(ctx) {
        requireNoQuery(ctx);
        ctx.body = { status: 'alive' };
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/readyz',
      guard: 'public',
      async handle(ctx) {
        requireNoQuery(ctx);
        if (!(await isReady())) throw new AppError('STORE_UNAVAILABLE');
        ctx.body = { status: 'ready' };
      },
    }),
  ];
}
