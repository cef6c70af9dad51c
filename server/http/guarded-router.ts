import { Router } from '@koa/router';
import type { DefaultContextExtends } from 'koa';
import type { Permission } from '../../shared/permission.ts';
import { type AdminCaller, type DashboardCaller, requirePermission } from '../domain/admin-caller.ts';
import type { ConfigurationReader, EmbedderCaller, VisitorCaller } from '../domain/widget.ts';
import type { AnswerKind } from './answer-kind.ts';
import type { RequestState, RouteContext } from './request-state.ts';

/** Who may call a route, and what its handler then knows about them. */
export type Callers = {
  /** Anybody: bytes that are the same for everyone. */
  public: undefined;
  /** A page whose `Origin` the browser names and the allowlist admits, or a backend of the company with a token. */
  reader: ConfigurationReader;
  /** A page that claims to be an embedder; the answer makes browsers enforce the claim. */
  'claimed-embedder': EmbedderCaller;
  /** A document of the widget origin itself, without a session yet. */
  frame: undefined;
  /** A document of the widget origin with a live session. */
  visitor: VisitorCaller;
  /** Somebody with a token of the company's login, on the settings origin. */
  admin: AdminCaller;
  /** A page that claims to be one of the dashboards; the answer makes browsers enforce the claim. */
  'claimed-dashboard': DashboardCaller;
  /** The settings view in such a page, which shows a preview; the answer makes browsers enforce both. */
  'claimed-preview': DashboardCaller;
};
export type GuardName = keyof Callers;

/** One check for each guard: answers the caller, or throws the AppError that says why not. */
export type Guards = { readonly [G in GuardName]: (ctx: RouteContext) => Promise<Callers[G]> };

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export type Route = {
  readonly method: Method;
  readonly path: string;
  readonly guard: GuardName;
  /** What an admin's role has to permit. */
  readonly permission?: Permission;
  /** What it answers when it does as it was asked. */
  readonly answers: readonly AnswerKind[];
  /** Proves the caller, then handles the request. */
  run(ctx: RouteContext, guards: Guards): Promise<void>;
};

type RouteDefinition<G extends GuardName> = {
  readonly method: Method;
  readonly path: string;
  readonly guard: G;
  /** JSON unless told. */
  readonly answers?: readonly AnswerKind[];
  readonly handle: (ctx: RouteContext, caller: Callers[G]) => Promise<void> | void;
};

/** Declares a route. The type of the handler's `caller` follows the guard. */
export function defineRoute<G extends GuardName>({
  method,
  path,
  guard,
  answers = ['json'],
  handle,
}: RouteDefinition<G>): Route {
  return {
    method,
    path,
    guard,
    answers,
    async run(ctx, guards) {
      await handle(ctx, await guards[guard](ctx));
    },
  };
}

type AdminRouteDefinition = Omit<RouteDefinition<'admin'>, 'guard'> & {
  /** What the caller's role has to permit before anything else is looked at. */
  readonly permission: Permission;
};

/** Declares a route for admins whose role permits `permission`; for all others it throws AppError `PERMISSION_DENIED`. */
export function defineAdminRoute({ permission, handle, ...route }: AdminRouteDefinition): Route {
  return {
    ...defineRoute({
      ...route,
      guard: 'admin',
      async handle(ctx, caller) {
        requirePermission(caller, permission);
        await handle(ctx, caller);
      },
    }),
    permission,
  };
}

/**
 * A router in which nothing is reachable by accident: throws a TypeError for a route whose guard is not one of `guards`,
 * and for two routes with the same method and path. `GET` routes also answer `HEAD`, through the same guard.
 */
export function createGuardedRouter(
  routes: readonly Route[],
  guards: Guards,
): Router<RequestState, DefaultContextExtends> {
  const router = new Router<RequestState, DefaultContextExtends>({ sensitive: true, strict: true });
  const names = new Set<string>();
  for (const route of routes) {
    const name = `${route.method} ${route.path}`;
    if (!Object.hasOwn(guards, route.guard)) throw new TypeError(`Route "${name}" has no known guard`);
    if (names.has(name)) throw new TypeError(`Route "${name}" is declared twice`);
    names.add(name);
    router.register(route.path, [route.method], (ctx) => route.run(ctx, guards), { name });
  }
  return router;
}
