import { createHash } from 'node:crypto';
import { API_BASE } from '../../../shared/api-path.ts';
import type { ConfigurationAnswer } from '../../../shared/configuration.ts';
import { launcherLookOf } from '../../../shared/launcher-look.ts';
import type { Widget } from '../../domain/widget.ts';
import { defineRoute, type Route } from '../guarded-router.ts';

type Representation = { readonly body: string; readonly etag: string };

/** `GET /config?key=`: what a site on the allowlist may know of a widget. The one route of the API that answers CORS. */
export function createConfigRoutes(): readonly Route[] {
  const representations = new WeakMap<Widget, Representation>();

  function representationOf(widget: Widget): Representation {
    const known = representations.get(widget);
    if (known !== undefined) return known;
    const { configuration } = widget;
    const body = JSON.stringify({ configuration, look: launcherLookOf(configuration) } satisfies ConfigurationAnswer);
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    representations.set(widget, { body, etag });
    return { body, etag };
  }

  return [
    defineRoute({
      method: 'GET',
      path: `${API_BASE}/config`,
      guard: 'embedder',
      handle(ctx, { widget, origin }) {
        const { body, etag } = representationOf(widget);
        ctx.status = 200;
        ctx.set({
          'Content-Type': 'application/json; charset=utf-8',
          'Cache-Control': 'public, max-age=60, stale-while-revalidate=300',
          'Access-Control-Allow-Origin': origin,
          ETag: etag,
          Vary: 'Origin',
        });
        if (ctx.fresh) ctx.status = 304;
        else ctx.body = body;
      },
    }),
  ];
}
