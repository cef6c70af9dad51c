import type { Router } from '@koa/router';
import type { DefaultContextExtends } from 'koa';
import type { Origin } from '../../shared/origin.ts';
import { AppError } from '../errors.ts';
import { createGuardedRouter, type GuardName, type Guards, type Route } from './guarded-router.ts';
import type { RequestState } from './request-state.ts';
import { unmatchedRequests } from './unmatched-request.ts';

/** The origins the server answers as. One listener has both; the `Host` of a request says which one is meant. */
export type ServerOrigins = { readonly widgetOrigin: Origin; readonly settingsOrigin: Origin | undefined };

type SurfaceMiddleware = ReturnType<AppRouter['routes']>;
export type Surface = 'widget' | 'settings';
export type AppRouter = Router<RequestState, DefaultContextExtends>;

/** Where a route of each guard answers. An admin route never shares an origin with what a visitor or a model writes. */
export const SURFACES: Readonly<Record<GuardName, readonly Surface[]>> = {
  public: ['widget', 'settings'],
  reader: ['widget'],
  'claimed-embedder': ['widget'],
  frame: ['widget'],
  visitor: ['widget'],
  admin: ['settings'],
  'claimed-dashboard': ['settings'],
  'claimed-preview': ['widget'],
};

export type Surfaces = {
  readonly widget: AppRouter;
  readonly settings: AppRouter;
  /** For every other host: what is public, because whoever watches the process or caches its files asks by address. */
  readonly elsewhere: AppRouter;
};

/** One router for each origin. With one origin for both, that one has all routes. */
export function createSurfaces(routes: readonly Route[], guards: Guards, origins: ServerOrigins): Surfaces {
  const isOne = origins.widgetOrigin === origins.settingsOrigin;
  const routerFor = (surface: Surface) =>
    createGuardedRouter(
      routes.filter(({ guard }) => isOne || SURFACES[guard].includes(surface)),
      guards,
    );
  const elsewhere = createGuardedRouter(
    routes.filter(({ guard }) => guard === 'public'),
    guards,
  );
  return { widget: routerFor('widget'), settings: routerFor('settings'), elsewhere };
}

/**
 * Hands a request to the routes of the origin it was sent to. What belongs to the other origin is not there
 * (`NOT_FOUND`); under any other host only what is public is, the rest is `MISDIRECTED_REQUEST` (RFC 9110, 15.5.20), so
 * that no name somebody points at this server becomes an origin of ours.
 */
export function answerBySurface(surfaces: Surfaces, origins: ServerOrigins): SurfaceMiddleware {
  const answers = {
    widget: answerFrom(surfaces.widget),
    settings: answerFrom(surfaces.settings),
  };
  const answerElsewhere = surfaces.elsewhere.routes();

  return async function answerSurface(ctx, next) {
    const host = ctx.req.headers.host ?? '';
    if (isHostOf(host, origins.widgetOrigin)) return answers.widget(ctx, next);
    if (origins.settingsOrigin && isHostOf(host, origins.settingsOrigin)) return answers.settings(ctx, next);
    return answerElsewhere(ctx, () => {
      const known = origins.settingsOrigin === undefined ? 'PUBLIC_URL' : 'PUBLIC_URL and SETTINGS_URL';
      throw new AppError('MISDIRECTED_REQUEST', { message: `The host "${host}" is not one of ${known}` });
    });
  };
}

/** Whether `Host` names this origin; a proxy may write the port that goes without saying. */
export function isHostOf(host: string, origin: Origin): boolean {
  const [scheme = '', own = ''] = origin.split('://');
  const usualPort = scheme === 'https' ? ':443' : ':80';
  const given = host.toLowerCase();
  return given === own || given === `${own}${usualPort}`;
}

function answerFrom(router: AppRouter): SurfaceMiddleware {
  const answer = router.routes();
  const refuse = unmatchedRequests(router);
  return (ctx, next) => answer(ctx, () => refuse(ctx, next));
}
