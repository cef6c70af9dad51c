import * as v from 'valibot';
import { apiErrorSchema } from '../../../shared/api-error.ts';
import { API_BASE } from '../../../shared/api-path.ts';
import { articleConflictSchema } from '../../../shared/knowledge-api.ts';
import { settingsConflictSchema, settingsRefusalSchema } from '../../../shared/settings-api.ts';
import type { SignIn } from '../state/sign-in.ts';
import { AdminApiError } from './admin-api-error.ts';

export type AdminCall = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `API_BASE`, such as `/settings`; the widget is named by the API itself. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** Withdraws the call as long as it has not been sent, as while it waits for a sign-in; not any more after that. */
  readonly withdrawal?: AbortSignal;
};

/**
 * The admin's calls. While the sign-in has ended a call waits, and goes on with the next token. Each throws an
 * {@link AdminApiError} if it does not succeed. What each resource says stands in a file of its own beside this one.
 */
export type AdminApi = {
  /** Answers the body parsed whole by `schema`. */
  ask<S extends v.GenericSchema>(call: AdminCall, schema: S): Promise<v.InferOutput<S>>;
  /** Answers the raw response, as for a download or where there is no body. */
  fetch(call: AdminCall): Promise<Response>;
};

const TOKEN_CODES: readonly string[] = ['ADMIN_TOKEN_MISSING', 'ADMIN_TOKEN_INVALID', 'ADMIN_TOKEN_EXPIRED'];

export function createAdminApi(signIn: SignIn, widget: string): AdminApi {
  async function call(wanted: AdminCall): Promise<Response> {
    for (;;) {
      const token = await signIn.getToken();
      wanted.withdrawal?.throwIfAborted();
      const response = await send(wanted, { token, widget });
      const error = response.ok ? undefined : await readError(response);
      if (error !== undefined && TOKEN_CODES.includes(error.code)) {
        signIn.refuse(token);
        continue;
      }
      signIn.accept();
      if (error?.code === 'PERMISSION_DENIED') signIn.forget(token);
      if (error !== undefined) throw error;
      return response;
    }
  }

  return {
    fetch: call,
    async ask(wanted, schema) {
      const response = await call(wanted);
      try {
        return v.parse(schema, await response.json());
      } catch (cause) {
        throw new AdminApiError('UNREADABLE_ANSWER', { status: response.status, cause });
      }
    },
  };
}

async function send(
  { method, path, query = {}, body, signal }: AdminCall,
  { token, widget }: { token: string; widget: string },
): Promise<Response> {
  const parameters = new URLSearchParams({ widget });
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value));
  const headers = new Headers({ accept: 'application/json', authorization: `Bearer ${token}` });
  if (body !== undefined) headers.set('content-type', 'application/json');
  const options: RequestInit = { method, headers, cache: 'no-store', redirect: 'error', credentials: 'omit' };
  if (body !== undefined) options.body = JSON.stringify(body);
  if (signal !== undefined) options.signal = signal;
  try {
    return await fetch(`${API_BASE}${path}?${parameters}`, options);
  } catch (cause) {
    throw new AdminApiError('UNREACHABLE', { cause });
  }
}

const errorSchema = v.union([settingsRefusalSchema, settingsConflictSchema, apiErrorSchema]);
const articleErrorSchema = v.object({ error: v.object({ code: v.literal('ARTICLE_CONFLICT') }) });

async function readError(response: Response): Promise<AdminApiError> {
  const { status } = response;
  const retryAfterSeconds = Number(response.headers.get('retry-after')) || 0;
  try {
    const body: unknown = await response.json();
    if (v.is(articleErrorSchema, body)) {
      const { error, conflict } = v.parse(articleConflictSchema, body);
      const { code, message, requestId } = error;
      return new AdminApiError(code, { status, message, requestId, articleConflict: conflict });
    }
    const answer = v.parse(errorSchema, body);
    const { code, message, requestId, field } = answer.error;
    return new AdminApiError(code, {
      status,
      message,
      requestId,
      retryAfterSeconds,
      ...(field !== undefined && { field }),
      ...('problems' in answer && { problems: answer.problems }),
      ...('conflict' in answer && { conflict: answer.conflict }),
    });
  } catch (cause) {
    // A proxy in between answers in its own words.
    return new AdminApiError('UNREADABLE_ANSWER', { status, retryAfterSeconds, cause });
  }
}
