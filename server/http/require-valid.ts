import * as v from 'valibot';
import { AppError } from '../errors.ts';

/** Answers `value` as `schema` makes it; throws AppError `INVALID_REQUEST` naming the first field that is wrong. */
export function requireValid<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = v.getDotPath(issue) ?? undefined;
  throw new AppError('INVALID_REQUEST', {
    message: field === undefined ? issue.message : describe(field, issue),
    ...(field !== undefined && { field }),
  });
}

/** The schema's own words, except for a field that is missing or unknown: those would be about keys and "never". */
function describe(field: string, { kind, type, expected, message }: v.BaseIssue<unknown>): string {
  if (kind === 'schema' && type === 'strict_object' && expected === 'never') return `"${field}" is not a known field`;
  if (kind === 'schema' && type === 'strict_object' && expected !== 'Object') return `"${field}" is missing`;
  return `"${field}": ${message}`;
}
