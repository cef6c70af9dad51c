import type { Middleware } from 'koa';
import { AppError } from '../errors.ts';
import type { RequestState } from './request-state.ts';

/**
 * While the server stops, answers `SHUTTING_DOWN` on connections that are still open and asks for them to be closed, so
 * that the next request goes to another process. Whether it lives can be asked until the end.
 */
export function stopRefusals(isStopping: () => boolean): Middleware<RequestState> {
  return async function refuseWhileStopping(ctx, next) {
    if (isStopping()) ctx.set('Connection', 'close');
    if (isStopping() && ctx.path !== '/healthz') throw new AppError('SHUTTING_DOWN', { retryAfterSeconds: 1 });
    await next();
  };
}
