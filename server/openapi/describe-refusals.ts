import * as v from 'valibot';
import { apiErrorSchema } from '../../shared/api-error.ts';
import { ERROR_STATUS, type ErrorCode } from '../../shared/error-code.ts';
import { AppError } from '../errors.ts';
import type { GuardName } from '../http/guarded-router.ts';
import { EVERYWHERE, GUARD_DOCS } from './guard-docs.ts';
import { type HeaderName, headersOf } from './headers.ts';
import { type Json, toSchema } from './json-schema.ts';
import type { OperationDoc } from './operation.ts';

type Refused = Pick<OperationDoc, 'guard' | 'body' | 'errors' | 'errorSchemas'>;

/** Refusals that follow from a guard and from a body: the same for many operations, which refer to them by name. */
export function describeCommonRefusals(): Json {
  return Object.fromEntries(GUARD_NAMES.flatMap((guard) => [...commonOf(guard)]));
}

const GUARD_NAMES: readonly GuardName[] = [
  'public',
  'reader',
  'claimed-embedder',
  'claimed-dashboard',
  'claimed-preview',
  'frame',
  'visitor',
  'admin',
];
const PAGE_HEADERS = {
  'Content-Security-Policy': { description: 'Nothing, shown by nobody.', schema: { type: 'string' } },
};
const ANY_BODY = { schema: v.unknown() };

function commonOf(guard: GuardName): ReadonlyMap<string, unknown> {
  const entries = Object.entries(describeEach({ guard, body: ANY_BODY }));
  return new Map(entries.map(([status, refusal]) => [nameOf(guard, status), refusal]));
}

function nameOf(guard: GuardName, status: string): string {
  return `${guard}-${status}`;
}

/** Every answer of an operation that is not a success, by status. */
export function describeRefusals(doc: OperationDoc): Json {
  const common = commonOf(doc.guard);
  const entries = Object.entries(describeEach(doc)).map(([status, refusal]) => {
    const name = nameOf(doc.guard, status);
    const isCommon = JSON.stringify(common.get(name)) === JSON.stringify(refusal);
    return [status, isCommon ? { $ref: `#/components/responses/${name}` } : refusal];
  });
  return Object.fromEntries(entries);
}

function describeEach(doc: Refused): Json {
  const { pages = [] } = GUARD_DOCS[doc.guard];
  const codes = codesOf(doc);
  const statuses = new Set([...codes, ...pages].map((code) => ERROR_STATUS[code]));
  const entries = [...statuses].sort().map((status): [string, Json] => {
    const isOfStatus = (code: ErrorCode) => ERROR_STATUS[code] === status;
    return [String(status), describeRefusal(doc, status, codes.filter(isOfStatus), pages.filter(isOfStatus))];
  });
  return Object.fromEntries(entries);
}

function codesOf({ guard, body, errors = [] }: Refused): readonly ErrorCode[] {
  const ofBody: readonly ErrorCode[] = body === undefined ? [] : ['BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'];
  return [...new Set([...EVERYWHERE, ...GUARD_DOCS[guard].errors, ...ofBody, ...errors])];
}

function describeRefusal(doc: Refused, status: number, codes: readonly ErrorCode[], pages: readonly ErrorCode[]): Json {
  const { tellsLimit, signs } = GUARD_DOCS[doc.guard];
  const names: HeaderName[] = ['X-Request-Id'];
  if (status === 401) names.push('WWW-Authenticate');
  if (status === 429 || status === 503) names.push('Retry-After');
  if (tellsLimit || status === 429) names.push('RateLimit-Policy', 'RateLimit');
  if (signs !== 'never' && codes.length > 0) names.push('Casement-Signature');
  return {
    description: [...codes, ...pages].map((code) => `\`${code}\`: ${new AppError(code).message}.`).join(' '),
    // The page of a refused embed has nothing that could tell one refusal from another.
    headers:
      pages.length === 0 ? headersOf(names) : { ...headersOf(status === 429 ? ['Retry-After'] : []), ...PAGE_HEADERS },
    content: {
      ...(codes.length > 0 && { 'application/json': { schema: schemaOf(doc, codes) } }),
      ...(pages.length > 0 && { 'text/html': { schema: { type: 'string' } } }),
    },
  };
}

function schemaOf({ errorSchemas = {} }: Refused, codes: readonly ErrorCode[]): Json {
  const more = codes.map((code) => errorSchemas[code]).filter((schema) => schema !== undefined);
  const shapes: readonly v.GenericSchema[] = [apiErrorSchema, ...more];
  const bodies = shapes.map((shape) => toSchema(shape));
  const [only] = bodies;
  return {
    ...(bodies.length === 1 ? only : { anyOf: bodies }),
    // Beside the shape, which is the same everywhere: the codes that this operation can answer with this status.
    properties: { error: { type: 'object', properties: { code: { enum: codes } } } },
  };
}
