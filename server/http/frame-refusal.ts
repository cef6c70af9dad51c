import type { Middleware } from 'koa';
import { AppError } from '../errors.ts';
import type { RequestState } from './request-state.ts';

/** For whoever looks at the iframe by hand; the loader tells the embedder what to do. */
const REFUSAL_PAGE =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Refused</title><p>Refused.</p></html>\n';

const REFUSAL_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
} as const;

/**
 * Answers every refused embed below `/frame/` with one page: the same bytes and the same headers whatever the reason, so
 * that nobody learns which keys exist or where they are used.
 */
export const refuseFrames: Middleware<RequestState> = async function refuseFrames(ctx, next) {
  try {
    await next();
  } catch (error) {
    const isRefusedFrame =
      error instanceof AppError && error.code === 'EMBED_REFUSED' && ctx.path.startsWith('/frame/');
    if (!isRefusedFrame) throw error;
    for (const name of ctx.res.getHeaderNames()) ctx.remove(name);
    ctx.status = 403;
    ctx.set(REFUSAL_HEADERS);
    ctx.body = REFUSAL_PAGE;
  }
};
