import { type Admin, signAdminToken } from './admin-token.ts';
import { type RawAnswer, rawRequest } from './raw-http.ts';
import type { Casement } from './start-casement.ts';

export type AdminRequest = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the API, such as `/settings`. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** In place of a token made for the admin. */
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** An answer with its JSON, if it is some. */
// biome-ignore lint/suspicious/noExplicitAny: what comes back is what the tests are about
export type AdminAnswer = RawAnswer & { readonly json: any };

/** Asks the admin API as the company's backend does: with a token and without an `Origin`. */
export async function askAdmin(casement: Casement, admin: Admin, request: AdminRequest): Promise<AdminAnswer> {
  const { method = 'GET', path, body, headers } = request;
  const token = request.token ?? (await signAdminToken(admin));
  const answer = await rawRequest({
    port: casement.port,
    method,
    path: `/api/v1/widget${path}`,
    headers: {
      host: casement.settingsOrigin.replace(/^https?:\/\//, ''),
      ...(token !== '' && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const isJson = String(answer.headers['content-type']).startsWith('application/json');
  return { ...answer, json: isJson ? JSON.parse(answer.body) : undefined };
}
