import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';

/** One answer of a site. */
export type SitePage = {
  readonly status?: number;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
};

/** A request that reached any of the sites, known page or not. */
export type SiteVisit = {
  /** The first label of the host, such as `evil`. */
  readonly site: string;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
};

export type HostileSites = {
  /** The origin of `<site>.localhost`. */
  origin(site: string): string;
  /** Serves `page` at a path of its own on `<site>.localhost` and answers its URL. */
  publish(site: string, page: SitePage): string;
  /** Everything that was asked of any site, in order. */
  readonly visits: readonly SiteVisit[];
  stop(): Promise<void>;
};

/**
 * Serves every `*.localhost` name from one free port of the loopback interface: names of that form are sites of their
 * own and secure contexts in every browser. A path nobody published is a 404 that is recorded all the same.
 */
export async function startHostileSites(): Promise<HostileSites> {
  const pages = new Map<string, SitePage>();
  const visits: SiteVisit[] = [];
  let published = 0;

  const server = createServer((request, response) => {
    const site = (request.headers.host ?? '').split('.')[0] ?? '';
    const path = request.url ?? '/';
    visits.push({ site, method: request.method ?? '', path, headers: request.headers });
    const page = path === '/favicon.ico' ? { status: 204 } : pages.get(`${site} ${path}`);
    const { status, headers, body } = page ?? { status: 404, body: 'Nothing here' };
    response.writeHead(status ?? 200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      ...headers,
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The sites did not get a port');
  const origin = (site: string): string => `http://${site}.localhost:${address.port}`;

  return {
    origin,
    publish(site, page) {
      const path = `/${++published}`;
      pages.set(`${site} ${path}`, page);
      return `${origin(site)}${path}`;
    },
    visits,
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
