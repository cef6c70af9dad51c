import * as v from 'valibot';
import { apiErrorSchema } from '../../shared/api-error.ts';
import { API_BASE } from '../../shared/api-path.ts';
import { SIGNATURE_HEADER } from '../../shared/signature.ts';
import type { AnswerVerifier, ReceivedAnswer } from './answer-verifier.ts';
import { ApiError } from './api-error.ts';

/** What a call within a session is made and its answer verified with. */
export type Access = { readonly token: string; readonly verifier: AnswerVerifier | undefined };

export type ApiRequest = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below {@link API_BASE}, such as `/session`. */
  readonly path: string;
  readonly body?: unknown;
  readonly access?: Access;
  readonly signal?: AbortSignal;
  readonly accept?: string;
  /** The ETag of what is known already. If it still is so, the call fails with the status 304. */
  readonly ifNoneMatch?: string;
};

/**
 * Makes one call of the API and answers its response, whose status is 2xx. Throws an {@link ApiError} for everything
 * else; an abort by `signal` is `UNREACHABLE` as well, so the caller looks at its own signal first.
 */
export async function request(call: ApiRequest): Promise<Response> {
  const { method, path, body, access, signal, accept = 'application/json', ifNoneMatch } = call;
  const headers = new Headers({ accept });
  if (ifNoneMatch !== undefined) headers.set('if-none-match', ifNoneMatch);
  if (access !== undefined) headers.set('authorization', `Bearer ${access.token}`);
  if (body !== undefined) headers.set('content-type', 'application/json');
  const options: RequestInit = { method, headers, cache: 'no-store', redirect: 'error' };
  if (body !== undefined) options.body = JSON.stringify(body);
  if (signal !== undefined) options.signal = signal;

  const response = await fetch(API_BASE + path, options).catch((cause) => {
    throw new ApiError('UNREACHABLE', { cause });
  });
  if (!response.ok) throw await readError(response);
  return response;
}

/** Like {@link request}, and answers the body parsed whole by `schema`, if it is signed for the session. */
export async function requestJson<S extends v.GenericSchema>(call: ApiRequest, schema: S): Promise<v.InferOutput<S>> {
  const answer = await receive(call);
  await call.access?.verifier?.requireSigned(answer);
  return parseJson(textOf(answer), schema);
}

/** Like {@link request}, and answers what is needed to verify it. */
export async function receive(call: ApiRequest): Promise<ReceivedAnswer> {
  const response = await request(call);
  const body = await response.arrayBuffer().catch((cause) => {
    throw new ApiError('UNREACHABLE', { cause });
  });
  const { method, path } = call;
  return { method, path, status: response.status, signature: response.headers.get(SIGNATURE_HEADER), body };
}

export function textOf({ body }: Pick<ReceivedAnswer, 'body'>): string {
  return new TextDecoder().decode(body);
}

/** Throws `UNREADABLE_ANSWER` if `text` is not JSON of the shape of `schema`. */
export function parseJson<S extends v.GenericSchema>(text: string, schema: S): v.InferOutput<S> {
  try {
    return v.parse(schema, JSON.parse(text));
  } catch (cause) {
    throw new ApiError('UNREADABLE_ANSWER', { cause });
  }
}

async function readError(response: Response): Promise<ApiError> {
  const status = response.status;
  const retryAfterSeconds = Number(response.headers.get('retry-after')) || 0;
  try {
    const { error } = parseJson(await response.text(), apiErrorSchema);
    return new ApiError(error.code, { status, retryAfterSeconds });
  } catch (cause) {
    // A proxy in between answers in its own words; its status still says whether it will pass.
    return new ApiError('UNREADABLE_ANSWER', { status, retryAfterSeconds, cause });
  }
}
