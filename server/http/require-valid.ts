import * as v from 'valibot';
import { describeField, describeIssue } from '../domain/describe-issue.ts';
import { AppError } from '../errors.ts';

/** Answers `value` as `schema` makes it; throws AppError `INVALID_REQUEST` naming the first field that is wrong. */
export function requireValid<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = v.getDotPath(issue) ?? undefined;
  const description = describeIssue(issue);
  throw new AppError('INVALID_REQUEST', {
    message: field === undefined ? `The value ${description}` : describeField(field, description),
    ...(field !== undefined && { field }),
  });
}
