import type { Router } from '@koa/router';
import Koa, { type DefaultContextExtends } from 'koa';
import type { Logger } from 'pino';
import type { Origin } from '../../shared/origin.ts';
import type { AppError } from '../errors.ts';
import { signAnswers } from './answer-signature.ts';
import { setBaseHeaders } from './base-headers.ts';
import { errorAnswers } from './error-answer.ts';
import { refuseFrames } from './frame-refusal.ts';
import { createGuardedRouter, type Guards, type Route } from './guarded-router.ts';
import { requestLog } from './request-log.ts';
import type { RequestState } from './request-state.ts';
import { stopRefusals } from './stop-refusal.ts';
import { unambiguousRequests } from './unambiguous-request.ts';
import { unmatchedRequests } from './unmatched-request.ts';

export type AppParts = {
  readonly widgetOrigin: Origin;
  readonly log: Logger;
  readonly guards: Guards;
  readonly routes: readonly Route[];
  /** Translates errors of the floors below; `undefined` for what it does not know. */
  readonly toAppError: (error: unknown) => AppError | undefined;
  readonly isStopping: () => boolean;
  readonly now: () => Date;
};

export type App = { readonly koa: Koa<RequestState>; readonly router: Router<RequestState, DefaultContextExtends> };

/** Everything that happens to a request, in this order. */
export function createApp({ widgetOrigin, log, guards, routes, toAppError, isStopping, now }: AppParts): App {
  const koa = new Koa<RequestState>();
  const router = createGuardedRouter(routes, guards);

  koa.use(requestLog(log));
  koa.use(setBaseHeaders);
  koa.use(signAnswers(now));
  koa.use(errorAnswers(toAppError));
  koa.use(unambiguousRequests(widgetOrigin));
  koa.use(stopRefusals(isStopping));
  koa.use(refuseFrames);
  koa.use(router.routes());
  koa.use(unmatchedRequests(router));

  koa.on('error', (error: unknown) => log.error({ err: error }, 'An answer could not be sent'));
  return { koa, router };
}
