import type { RequestContext } from './request-state.ts';

/** Enough for every browser's settings; a header can name thousands. */
const MOST_LANGUAGES = 20;

/**
 * The language tags a visitor wants, most wanted first: what the embedder has chosen, else what the browser says
 * (RFC 9110, 12.5.4).
 */
export function wantedLanguages(ctx: RequestContext, chosen: string | undefined): readonly string[] {
  return chosen === undefined ? ctx.acceptsLanguages().slice(0, MOST_LANGUAGES) : [chosen];
}
