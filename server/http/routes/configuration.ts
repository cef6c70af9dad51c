import * as v from 'valibot';
import { API_BASE } from '../../../shared/api-path.ts';
import { type Configuration, configurationTag, localeSchema } from '../../../shared/configuration.ts';
import { configurationFor } from '../../domain/widget.ts';
import { defineRoute, type Route } from '../guarded-router.ts';
import { parseQuery } from '../parse-query.ts';
import { wantedLanguages } from '../wanted-languages.ts';

/** In which language it is wanted. */
export const configurationQuerySchema = v.strictObject({ l: v.optional(localeSchema) });

export function currentConfigurationHeaders(etag: string) {
  return { ETag: etag, Vary: 'Accept-Language' };
}

/**
 * `GET /configuration?l=`: how the widget looks and speaks now, for a frame that is open already. It is asked every few
 * seconds, so who has the current one gets a 304 and nothing else.
 */
export function createConfigurationRoutes(): readonly Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: `${API_BASE}/configuration`,
      guard: 'visitor',
      answers: ['current-configuration'],
      handle(ctx, { widget }) {
        const { l: language } = parseQuery(ctx, configurationQuerySchema);
        const configuration = configurationFor({ widget, languages: wantedLanguages(ctx, language) });
        const tag = configurationTag(configuration);
        ctx.set(currentConfigurationHeaders(tag));
        // Not Koa's own comparison: it takes the `no-cache` that browsers send along for a wish to have all of it again.
        if (ctx.get('if-none-match') === tag) ctx.status = 304;
        else ctx.body = configuration satisfies Configuration;
      },
    }),
  ];
}
