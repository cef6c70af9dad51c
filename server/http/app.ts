import Koa from 'koa';
import type { Logger } from 'pino';
import type { Origin } from '../../shared/origin.ts';
import type { AppError } from '../errors.ts';
import { signAnswers } from './answer-signature.ts';
import { setBaseHeaders } from './base-headers.ts';
import { admitDashboards, nameDashboard } from './dashboard-cors.ts';
import { errorAnswers } from './error-answer.ts';
import { refuseFrames } from './frame-refusal.ts';
import { createGuardedRouter, type Guards, type Route } from './guarded-router.ts';
import { requestLog } from './request-log.ts';
import type { RequestState } from './request-state.ts';
import { stopRefusals } from './stop-refusal.ts';
import { type AppRouter, answerBySurface, createSurfaces, type ServerOrigins } from './surface.ts';
import { unambiguousRequests } from './unambiguous-request.ts';

export type AppParts = {
  readonly origins: ServerOrigins;
  readonly dashboardOrigins: readonly Origin[];
  readonly log: Logger;
  readonly guards: Guards;
  readonly routes: readonly Route[];
  /** Translates errors of the floors below; `undefined` for what it does not know. */
  readonly toAppError: (error: unknown) => AppError | undefined;
  readonly isStopping: () => boolean;
  /** How many proxies in front of the server are ours. */
  readonly trustProxyHops: number;
  readonly now: () => Date;
};

export type App = {
  readonly koa: Koa<RequestState>;
  /** What the widget origin answers. */
  readonly router: AppRouter;
  /** What the settings origin answers. */
  readonly settingsRouter: AppRouter;
  readonly routes: readonly Route[];
};

/** Everything that happens to a request, in this order. */
export function createApp({ origins, log, guards, routes, toAppError, isStopping, now, ...rest }: AppParts): App {
  // The address is the one the outermost of our proxies saw, counted from the right; what stands left of it is hearsay.
  const koa = new Koa<RequestState>({ proxy: rest.trustProxyHops > 0, maxIpsCount: rest.trustProxyHops });
  const surfaces = createSurfaces(routes, guards, origins);
  const adminRoutes = routes.filter(({ guard }) => guard === 'admin');
  const adminRouter = createGuardedRouter(adminRoutes, guards);

  koa.use(requestLog(log));
  koa.use(setBaseHeaders);
  koa.use(nameDashboard);
  koa.use(signAnswers(now));
  koa.use(errorAnswers(toAppError));
  koa.use(unambiguousRequests(origins));
  koa.use(stopRefusals(isStopping));
  koa.use(refuseFrames);
  koa.use(admitDashboards({ origins, adminRouter, dashboardOrigins: rest.dashboardOrigins }));
  koa.use(answerBySurface(surfaces, origins));

  koa.on('error', (error: unknown) => log.error({ err: error }, 'An answer could not be sent'));
  return { koa, router: surfaces.widget, settingsRouter: surfaces.settings, routes };
}
