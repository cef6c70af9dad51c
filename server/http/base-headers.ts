import type { Middleware } from 'koa';
import type { RequestState } from './request-state.ts';

/** What holds for every answer unless its route says otherwise: not sniffed, not stored, not for other origins. */
export const setBaseHeaders: Middleware<RequestState> = async function setBaseHeaders(ctx, next) {
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.set('Cross-Origin-Resource-Policy', 'same-origin');
  ctx.set('Cache-Control', 'no-store');
  await next();
};
