import type { Middleware } from 'koa';
import type { Origin } from '../../shared/origin.ts';
import type { RequestContext, RequestState } from './request-state.ts';
import { type AppRouter, isHostOf, type ServerOrigins } from './surface.ts';

const REQUEST_HEADERS = 'authorization, content-type';
const ANSWER_HEADERS = 'casement-signature, etag, ratelimit, ratelimit-policy, retry-after, x-request-id';

/** What lets a page of `origin` read an answer. */
export function dashboardHeaders(origin: string) {
  return { 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': ANSWER_HEADERS };
}

/** What a preflight is answered. It depends on nothing but the path, so the browser may keep it for a while. */
export function preflightHeaders(methods: string) {
  return {
    'Access-Control-Allow-Methods': methods,
    'Access-Control-Allow-Headers': REQUEST_HEADERS,
    'Access-Control-Max-Age': '600',
  };
}

type Dependencies = {
  readonly origins: ServerOrigins;
  /** The routes for admins and no others. */
  readonly adminRouter: AppRouter;
  readonly dashboardOrigins: readonly Origin[];
};

/**
 * Lets pages of the dashboards, and no others, call the admin routes (https://fetch.spec.whatwg.org/#http-cors-protocol):
 * answers their preflights, and marks their requests for `nameDashboard`. Everybody else's preflight goes on to be
 * refused like any `OPTIONS`.
 */
export function admitDashboards({ origins, adminRouter, dashboardOrigins }: Dependencies): Middleware<RequestState> {
  const dashboards: ReadonlySet<string> = new Set(dashboardOrigins);

  function methodsOf(ctx: RequestContext): readonly string[] {
    const { settingsOrigin } = origins;
    if (settingsOrigin === undefined || !isHostOf(ctx.req.headers.host ?? '', settingsOrigin)) return [];
    return [...new Set(adminRouter.match(ctx.path, ctx.method).path.flatMap(({ methods }) => methods))];
  }

  return async function admitDashboard(ctx, next) {
    const methods = methodsOf(ctx);
    const origin = ctx.get('origin');
    if (methods.length > 0) ctx.state.sharedWith = dashboards.has(origin) ? origin : 'nobody';
    const isAdmitted = ctx.state.sharedWith === origin && isPreflight(ctx);
    if (isAdmitted && methods.includes(ctx.get('access-control-request-method'))) answerPreflight(ctx, methods);
    else await next();
  };
}

/**
 * Names the dashboard whose page asks, and no other origin, on every answer of an admin route, errors included: without
 * them a dashboard could not tell an expired token from a broken network. Never `*`, never with credentials.
 */
export const nameDashboard: Middleware<RequestState> = async function nameDashboard(ctx, next) {
  await next();
  const { sharedWith } = ctx.state;
  if (sharedWith === undefined) return;
  ctx.vary('Origin');
  if (sharedWith === 'nobody') return;
  ctx.set(dashboardHeaders(sharedWith));
};

function isPreflight(ctx: RequestContext): boolean {
  return ctx.method === 'OPTIONS' && ctx.get('access-control-request-method') !== '';
}

function answerPreflight(ctx: RequestContext, methods: readonly string[]): void {
  ctx.status = 204;
  ctx.set(preflightHeaders(methods.filter((method) => method !== 'HEAD').join(', ')));
}
