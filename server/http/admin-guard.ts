import * as v from 'valibot';
import type { Origin } from '../../shared/origin.ts';
import type { AdminIdentity, AdminLogin } from '../domain/admin-login.ts';
import { AppError } from '../errors.ts';
import { adminQueryEntries } from './admin-query.ts';
import { readBearerToken } from './bearer-token.ts';
import type { Guards } from './guarded-router.ts';
import { parseQuery } from './parse-query.ts';
import type { RequestContext } from './request-state.ts';

type Dependencies = {
  /** Pages that may call the admin API: the settings origin's own and the dashboards'. */
  readonly adminPages: readonly Origin[];
  /** Absent if nobody can log in. */
  readonly adminLogin: AdminLogin | undefined;
};

/** Every admin route takes the widget's name; what else its query may hold is the route's own matter. */
const widgetQuerySchema = v.object(adminQueryEntries);

/** Admits whoever the company's login vouches for. What they may do is decided by their role, route by route. */
export function createAdminGuard({ adminPages, adminLogin }: Dependencies): Guards['admin'] {
  return async function requireAdmin(ctx) {
    requireAdminPage(ctx, adminPages);
    const identity = await identify(ctx, adminLogin);
    return { ...identity, widgetSlug: parseQuery(ctx, widgetQuerySchema).widget };
  };
}

/** Whom the request's token vouches for. Throws AppError `ADMIN_TOKEN_*` or `LOGIN_UNAVAILABLE`. */
export async function identify(ctx: RequestContext, adminLogin: AdminLogin | undefined): Promise<AdminIdentity> {
  const token = readBearerToken(ctx);
  if (token === undefined) throw new AppError('ADMIN_TOKEN_MISSING');
  if (adminLogin === undefined) throw new AppError('ADMIN_TOKEN_INVALID');
  return adminLogin.verify(token);
}

/**
 * Throws AppError `CROSS_SITE_REQUEST` if a page asks that is neither ours nor a dashboard. Browsers would not show it
 * the answer either; a backend sends no `Origin`.
 */
function requireAdminPage(ctx: RequestContext, adminPages: readonly string[]): void {
  const origin = ctx.get('origin');
  if (origin === '' || adminPages.includes(origin)) return;
  throw new AppError('CROSS_SITE_REQUEST', { message: `The origin "${origin}" is not one of the DASHBOARD_ORIGINS` });
}
