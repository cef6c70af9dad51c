import { randomUUID } from 'node:crypto';
import type { Middleware } from 'koa';
import type { Logger } from 'pino';
import type { RequestState } from './request-state.ts';

const LONGEST_PATH = 200;

/**
 * Gives every request an id, which is in its log lines, in `X-Request-Id` and in the body of an error, and writes one
 * line when the answer is out. An id sent by the caller is not taken over. The query is not logged.
 */
export function requestLog(log: Logger): Middleware<RequestState> {
  return async function logRequest(ctx, next) {
    const requestId = randomUUID();
    const startedAt = performance.now();
    // Cut by hand: the target is not known to be well-formed yet, and its query may hold what no log should.
    const path = ctx.req.url?.split('?', 1)[0]?.slice(0, LONGEST_PATH);
    ctx.state.requestId = requestId;
    ctx.state.log = log.child({ requestId });
    ctx.set('X-Request-Id', requestId);
    ctx.res.once('close', () => {
      const ms = Math.round(performance.now() - startedAt);
      const isWhole = ctx.res.writableFinished;
      ctx.state.log.info({ method: ctx.method, path, status: ctx.res.statusCode, ms, isWhole }, 'request');
    });
    await next();
  };
}
