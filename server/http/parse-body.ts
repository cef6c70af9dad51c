import getRawBody from 'raw-body';
import * as v from 'valibot';
import { AppError } from '../errors.ts';
import { findRepeatedName } from './repeated-name.ts';
import type { RequestContext } from './request-state.ts';
import { requireValid } from './require-valid.ts';

/** What a route accepts unless it says otherwise. */
const BODY_MAX_BYTES = 64 * 1024;
const LONGEST_TYPE = 100;

/**
 * Reads the request's JSON body and answers what `schema` makes of it. The schema has to be strict, so that an unknown
 * field is refused. Throws AppError: `UNSUPPORTED_MEDIA_TYPE` unless it is `application/json`, `BODY_TOO_LARGE` over
 * `maxBytes` (64 KiB), `INVALID_REQUEST` with the field for everything else.
 */
export async function parseBody<S extends v.GenericSchema>(
  ctx: RequestContext,
  schema: S,
  maxBytes = BODY_MAX_BYTES,
): Promise<v.InferOutput<S>> {
  const { value } = await readJson(ctx, { types: ['application/json'], maxBytes });
  // To valibot a list is an object without the fields.
  if (Object(value) !== value || Array.isArray(value))
    throw new AppError('INVALID_REQUEST', { message: 'The body is not a JSON object' });
  return requireValid(schema, value);
}

const nothingSchema = v.strictObject({});

/** For a route that is told nothing: throws AppError as `parseBody` does if there is a body that says something. */
export async function requireNoBody(ctx: RequestContext): Promise<void> {
  const isSaid = ctx.get('content-type') !== '' || (ctx.request.length ?? 0) > 0 || ctx.get('transfer-encoding') !== '';
  if (isSaid) await parseBody(ctx, nothingSchema);
}

type JsonBody = { readonly type: string; readonly value: unknown };

/** The JSON in a body of one of `types`, whatever it is. Throws AppError as {@link parseBody} does. */
export async function readJson(
  ctx: RequestContext,
  { types, maxBytes }: { readonly types: readonly [string, ...string[]]; readonly maxBytes: number },
): Promise<JsonBody> {
  const type = ctx.is(...types);
  if (typeof type !== 'string' || !types.includes(type)) {
    const given = ctx.get('content-type').slice(0, LONGEST_TYPE);
    const what = given === '' ? 'does not say what it is' : `is "${given}"`;
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', { message: `The body ${what}; it must be ${types.join(' or ')}` });
  }
  const encoding = ctx.get('content-encoding');
  if (encoding !== '' && encoding !== 'identity') {
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', { message: `Content-Encoding "${encoding}" is not understood` });
  }
  return { type, value: parseJson(await readBody(ctx, maxBytes)) };
}

async function readBody(ctx: RequestContext, maxBytes: number): Promise<Buffer> {
  try {
    return await getRawBody(ctx.req, { limit: maxBytes, length: ctx.request.length ?? null });
  } catch (cause) {
    if (cause instanceof Error && 'type' in cause && cause.type === 'entity.too.large') {
      throw new AppError('BODY_TOO_LARGE', { message: `The body is larger than ${maxBytes / 1024} KiB`, cause });
    }
    throw new AppError('INVALID_REQUEST', { message: 'The body did not arrive whole', cause });
  }
}

function parseJson(body: Buffer): unknown {
  const { text, value } = readText(body);
  const name = findRepeatedName(text);
  if (name === undefined) return value;
  throw new AppError('INVALID_REQUEST', { message: `The name ${JSON.stringify(name.slice(0, 100))} is given twice` });
}

function readText(body: Buffer): { readonly text: string; readonly value: unknown } {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    return { text, value: JSON.parse(text) };
  } catch (cause) {
    throw new AppError('INVALID_REQUEST', { message: 'The body is not JSON in UTF-8', cause });
  }
}
