import type { Middleware } from 'koa';
import type { ErrorCode } from '../../shared/error-code.ts';
import { AppError } from '../errors.ts';
import type { RequestState } from './request-state.ts';

/** For whoever looks at the iframe by hand; the loader tells the embedder what to do. */
const REFUSAL_PAGE =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Refused</title><p>Refused.</p></html>\n';

export const REFUSAL_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
} as const;

const REFUSALS: Readonly<Partial<Record<ErrorCode, number>>> = { EMBED_REFUSED: 403, RATE_LIMITED: 429 };

/** Below these are the documents that show themselves in an iframe or not at all. */
export const FRAME_PATHS = /^\/(frame|settings|preview)\//;

/**
 * Answers every refused document of a frame with one page: the same bytes and the same headers whatever the reason, so
 * that nobody learns which keys exist, where they are used, or what the dashboards are. Who asks too often is told so,
 * which is decided before anybody looks at the key.
 */
export const refuseFrames: Middleware<RequestState> = async function refuseFrames(ctx, next) {
  try {
    await next();
  } catch (error) {
    if (!(error instanceof AppError) || !FRAME_PATHS.test(ctx.path)) throw error;
    const status = REFUSALS[error.code];
    if (status === undefined) throw error;
    for (const name of ctx.res.getHeaderNames()) ctx.remove(name);
    ctx.status = status;
    ctx.set(REFUSAL_HEADERS);
    const { retryAfterSeconds } = error.details;
    if (retryAfterSeconds !== undefined) ctx.set('Retry-After', String(retryAfterSeconds));
    ctx.body = REFUSAL_PAGE;
  }
};
