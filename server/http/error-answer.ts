import type { Middleware } from 'koa';
import type { ApiErrorBody } from '../../shared/api-error.ts';
import { ERROR_STATUS } from '../../shared/error-code.ts';
import { AppError } from '../errors.ts';
import { BASE_HEADERS } from './base-headers.ts';
import { RATE_LIMIT_HEADERS, tellAllowance } from './rate-limit-headers.ts';
import type { RequestContext, RequestState } from './request-state.ts';

/**
 * Turns whatever was thrown below into the one error body of the API. `toAppError` translates errors of the floors
 * below; what it does not know is `INTERNAL`, logged whole and answered with nothing but the request id.
 */
export function errorAnswers(toAppError: (error: unknown) => AppError | undefined): Middleware<RequestState> {
  return async function answerErrors(ctx, next) {
    try {
      await next();
    } catch (thrown) {
      const known = thrown instanceof AppError ? thrown : toAppError(thrown);
      const error = known ?? new AppError('INTERNAL', { cause: thrown });
      if (ERROR_STATUS[error.code] >= 500) ctx.state.log.error({ err: error.cause ?? error }, error.message);
      // A stream that broke after its headers has no status left to give; closing it is all that can be said.
      if (ctx.headerSent) ctx.res.destroy();
      else answerError(ctx, error);
    }
  };
}

/** Answers the request with `error`; of the headers that were set before, only those in `KEPT_HEADERS` stay. */
export function answerError(ctx: RequestContext, error: AppError): void {
  for (const name of ctx.res.getHeaderNames()) if (!KEPT_HEADERS.has(name)) ctx.remove(name);
  ctx.status = ERROR_STATUS[error.code];
  ctx.set(BASE_HEADERS);
  // What is left of a body that is too large is not worth reading.
  if (ctx.status === 413) ctx.set('Connection', 'close');
  if (ctx.status === 401) ctx.set('WWW-Authenticate', 'Bearer');
  if (error.details.retryAfterSeconds !== undefined) ctx.set('Retry-After', String(error.details.retryAfterSeconds));
  if (error.details.allowance !== undefined) tellAllowance(ctx, error.details.allowance);
  ctx.body = errorBody(error, ctx.state.requestId);
}

function errorBody({ code, message, details: { field, more } }: AppError, requestId: string): ApiErrorBody {
  // What went wrong on our side is nothing a stranger has to know; its code says what they can do.
  const said = ERROR_STATUS[code] >= 500 ? new AppError(code).message : message;
  return { error: { code, message: said, requestId, ...(field !== undefined && { field }) }, ...more };
}

const KEPT_HEADERS = new Set(['x-request-id', 'vary', 'allow', 'connection', ...RATE_LIMIT_HEADERS]);
