import type { Boot } from '../../shared/boot.ts';
import type { OpenSessionAnswer } from '../../shared/session.ts';
import { type RawAnswer, rawRequest } from './raw-http.ts';

/** Where a server listens, in this process or in another: requests are sent to 127.0.0.1 with `host` as Host. */
export type Address = { readonly port: number; readonly host: string; readonly origin: string };

/** Which widget on which site. */
export type Site = { readonly publicKey: string; readonly origin: string };

export type ApiRequest = {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Below the API, such as `/session`. */
  readonly path: string;
  readonly token?: string;
  readonly cookie?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Over the headers the frame's own browser sends. */
  readonly headers?: Readonly<Record<string, string>>;
};

export type FrameVisitor = OpenSessionAnswer & {
  /** `name=value` of the resume cookie. */
  readonly cookie: string;
  /** Asks the API as the frame does, with this visitor's token. */
  ask(request: Omit<ApiRequest, 'token'>): Promise<RawAnswer>;
};

/** Asks for the frame as the browser does for an honest loader's iframe on the site. */
export function askFrame(
  { port, host }: Pick<Address, 'port' | 'host'>,
  { publicKey, origin }: Site,
): Promise<RawAnswer> {
  return rawRequest({
    port,
    path: `/frame/${publicKey}?o=${encodeURIComponent(origin)}`,
    headers: { host, referer: `${origin}/`, 'sec-fetch-dest': 'iframe', 'sec-fetch-mode': 'navigate' },
  });
}

/** What the frame document carries for the frame's code. Throws if there is nothing. */
export function readBoot(document: string): Boot {
  const [, content] = /<meta name="boot" content="([^"]*)">/.exec(document) ?? [];
  if (content === undefined) throw new Error(`There is no boot data in ${JSON.stringify(document)}`);
  const json = content
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
  return JSON.parse(json) as Boot;
}

/** Asks the API as a browser asks for a document of the widget origin. */
export function askApi({ port, host, origin }: Address, request: ApiRequest): Promise<RawAnswer> {
  const { method = 'GET', path, token, cookie, body, headers } = request;
  return rawRequest({
    port,
    method,
    path: `/api/v1/widget${path}`,
    headers: {
      host,
      'sec-fetch-site': 'same-origin',
      ...(method !== 'GET' && { origin }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(cookie !== undefined && { cookie }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** Opens a session on the site, as the visitor the cookie remembers if there is one. */
export async function openVisitor(server: Address, site: Site, cookie?: string): Promise<FrameVisitor> {
  const { ticket } = readBoot((await askFrame(server, site)).body);
  const answer = await askApi(server, {
    method: 'POST',
    path: '/session',
    body: { ticket },
    ...(cookie && { cookie }),
  });
  if (answer.status !== 200) throw new Error(`No session: ${answer.status} ${answer.body}`);
  const session = JSON.parse(answer.body) as OpenSessionAnswer;
  const [setCookie = ''] = answer.headers['set-cookie'] ?? [];
  return {
    ...session,
    cookie: setCookie.split(';', 1)[0] ?? '',
    ask: (request) => askApi(server, { ...request, token: session.token }),
  };
}
