import * as v from 'valibot';
import type { Origin } from '../../shared/origin.ts';
import { widgetSlugSchema } from '../../shared/settings-api.ts';
import { AppError } from '../errors.ts';
import { isFramedBy, readClaimedOrigin } from './framing-claim.ts';
import type { Guards } from './guarded-router.ts';

/**
 * Admits an iframe of a page that claims to be one of the dashboards, as an honest browser asks for it. Nothing is proven
 * by it: the browser enforces the claim on the answer. Throws AppError `EMBED_REFUSED` for everything else.
 */
export function createDashboardGuard(dashboardOrigins: readonly Origin[]): Guards['claimed-dashboard'] {
  return async function requireDashboard(ctx) {
    const origin = readClaimedOrigin(ctx.querystring);
    const widget = v.safeParse(widgetSlugSchema, ctx.params.widget);
    const isHonest = origin !== undefined && dashboardOrigins.includes(origin) && isFramedBy(ctx, origin);
    if (!isHonest || !widget.success) throw new AppError('EMBED_REFUSED');
    return { origin, widgetSlug: widget.output };
  };
}
