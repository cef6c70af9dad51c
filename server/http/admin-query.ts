import * as v from 'valibot';
import { DEFAULT_WIDGET_SLUG, widgetSlugSchema } from '../../shared/settings-api.ts';
import { AppError } from '../errors.ts';
import { parseQuery } from './parse-query.ts';
import type { RouteContext } from './request-state.ts';

/** What the query of every admin route may hold: which of the company's widgets is meant. */
export const adminQueryEntries = { widget: v.optional(widgetSlugSchema, DEFAULT_WIDGET_SLUG) };

/** The query of an admin route that takes `entries` beside the widget. Throws AppError `INVALID_REQUEST`. */
export function parseAdminQuery<E extends v.ObjectEntries>(ctx: RouteContext, entries: E) {
  return parseQuery(ctx, v.strictObject({ ...entries, ...adminQueryEntries }));
}

/** A whole number written in a query. */
export function wholeNumberText(least: number, most: number) {
  return v.pipe(
    v.string(),
    v.regex(/^\d{1,10}$/, 'a whole number'),
    v.metadata({ type: 'integer', minimum: least, maximum: most }),
    v.transform(Number),
    v.minValue(least),
    v.maxValue(most),
  );
}

/** A whole number in the path. Throws AppError `INVALID_REQUEST` with the parameter's name as field. */
export function parseNumberParameter(ctx: RouteContext, name: string): number {
  const result = v.safeParse(wholeNumberText(0, 2 ** 31 - 1), ctx.params[name]);
  if (result.success) return result.output;
  const given = (ctx.params[name] ?? '').slice(0, 100);
  throw new AppError('INVALID_REQUEST', { field: name, message: `"${name}": "${given}" is not a whole number` });
}
