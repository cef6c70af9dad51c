import * as v from 'valibot';
import type { Origin } from '../../shared/origin.ts';
import { widgetSlugSchema } from '../../shared/settings-api.ts';
import { AppError } from '../errors.ts';
import { isFramedBy, readClaimedOrigin } from './framing-claim.ts';
import type { Guards } from './guarded-router.ts';

type Places = { readonly settingsOrigin: Origin | undefined; readonly dashboardOrigins: readonly Origin[] };

/**
 * Admits an iframe of the settings view that claims to stand in one of the dashboards, as an honest browser asks for it.
 * Nothing is proven by it: the browser enforces on the answer that nobody but these two is around it. Throws AppError `EMBED_REFUSED` for
 * everything else.
 */
export function createPreviewGuard({ settingsOrigin, dashboardOrigins }: Places): Guards['claimed-preview'] {
  return async function requirePreview(ctx) {
    const origin = readClaimedOrigin(ctx.querystring);
    const widget = v.safeParse(widgetSlugSchema, ctx.params.widget);
    const isListed = origin !== undefined && dashboardOrigins.includes(origin);
    const isFramed = settingsOrigin !== undefined && isFramedBy(ctx, settingsOrigin);
    if (!isListed || !isFramed || !widget.success) throw new AppError('EMBED_REFUSED');
    return { origin, widgetSlug: widget.output };
  };
}
