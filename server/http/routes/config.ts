import { createHash } from 'node:crypto';
import { API_BASE } from '../../../shared/api-path.ts';
import type { ConfigurationAnswer } from '../../../shared/configuration.ts';
import { launcherLookOf } from '../../../shared/launcher-look.ts';
import { closestLocale, configurationOf } from '../../../shared/settings.ts';
import type { Widget } from '../../domain/widget.ts';
import { defineRoute, type Route } from '../guarded-router.ts';

type Representation = { readonly body: string; readonly etag: string };

/** `GET /config?key=`: what a site on the allowlist may know of a widget. It answers CORS, to exactly that site. */
export function createConfigRoutes(): readonly Route[] {
  const representations = new WeakMap<Widget, Map<string, Representation>>();

  function representationOf(widget: Widget, locale: string): Representation {
    const ofWidget = representations.get(widget) ?? new Map<string, Representation>();
    const known = ofWidget.get(locale);
    if (known !== undefined) return known;
    const configuration = configurationOf(widget.settings, widget.version, locale);
    const body = JSON.stringify({ configuration, look: launcherLookOf(configuration) } satisfies ConfigurationAnswer);
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    representations.set(widget, ofWidget.set(locale, { body, etag }));
    return { body, etag };
  }

  return [
    defineRoute({
      method: 'GET',
      path: `${API_BASE}/config`,
      guard: 'reader',
      handle(ctx, { widget, origin, languages }) {
        const { body, etag } = representationOf(widget, closestLocale(widget.settings, languages));
        ctx.status = 200;
        ctx.set({
          'Content-Type': 'application/json; charset=utf-8',
          'Cache-Control': `${origin === undefined ? 'private' : 'public'}, max-age=60, stale-while-revalidate=300`,
          ...(origin !== undefined && { 'Access-Control-Allow-Origin': origin }),
          ETag: etag,
          Vary: 'Origin, Accept-Language',
        });
        if (ctx.fresh) ctx.status = 304;
        else ctx.body = body;
      },
    }),
  ];
}
