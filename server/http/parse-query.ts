import * as v from 'valibot';
import { AppError } from '../errors.ts';
import type { RequestContext } from './request-state.ts';
import { requireValid } from './require-valid.ts';

/**
 * Answers what `schema` makes of the query: an object of strings, one for each name. The schema has to be strict, so
 * that an unknown name is refused. A name that is given twice is refused: two readers of one request could disagree
 * about which of them counts. Throws AppError `INVALID_REQUEST` with the name as field.
 */
export function parseQuery<S extends v.GenericSchema>(ctx: RequestContext, schema: S): v.InferOutput<S> {
  const fields: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(ctx.querystring)) {
    if (name in fields) throw new AppError('INVALID_REQUEST', { message: `"${name}" is given twice`, field: name });
    fields[name] = value;
  }
  return requireValid(schema, fields);
}

const emptySchema = v.strictObject({});

/** For a route without a query: throws AppError `INVALID_REQUEST` if there is one all the same. */
export function requireNoQuery(ctx: RequestContext): void {
  parseQuery(ctx, emptySchema);
}
