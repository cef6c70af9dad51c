import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Middleware } from 'koa';
import type { Logger } from 'pino';
import type { RequestState } from './request-state.ts';

const LONGEST_PATH = 200;

/** Follows every request; see {@link followRequest}. The id is in `X-Request-Id` as well. */
export function requestLog(log: Logger): Middleware<RequestState> {
  return async function logRequest(ctx, next) {
    const followed = followRequest(log, ctx.req, ctx.res);
    Object.assign(ctx.state, followed);
    ctx.set('X-Request-Id', followed.requestId);
    await next();
  };
}

/**
 * Gives a request an id, which is in its log lines and in the body of an error, and writes one line when the answer is
 * out. An id sent by the caller is not taken over. The query is not logged.
 */
export function followRequest(
  log: Logger,
  request: IncomingMessage,
  response: ServerResponse,
): Pick<RequestState, 'requestId' | 'log'> {
  const requestId = randomUUID();
  const startedAt = performance.now();
  // Cut by hand: the target is not known to be well-formed yet, and its query may hold what no log should.
  const path = request.url?.split('?', 1)[0]?.slice(0, LONGEST_PATH);
  const ownLog = log.child({ requestId });
  response.once('close', () => {
    const ms = Math.round(performance.now() - startedAt);
    const isWhole = response.writableFinished;
    ownLog.info({ method: request.method, path, status: response.statusCode, ms, isWhole }, 'request');
  });
  return { requestId, log: ownLog };
}
