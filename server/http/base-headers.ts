import type { Middleware } from 'koa';
import type { RequestState } from './request-state.ts';

export const BASE_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const;

/** What holds for every answer unless its route says otherwise: not sniffed, not stored, not for other origins. */
export const setBaseHeaders: Middleware<RequestState> = async function setBaseHeaders(ctx, next) {
  ctx.set(BASE_HEADERS);
  await next();
};
