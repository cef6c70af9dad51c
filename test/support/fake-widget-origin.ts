import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { createPublicKey } from '../../shared/public-key.ts';

/** How the fake frame shakes hands: as it should, not at all, with a wrong nonce, or with something else than `ready`. */
export type FrameManners = 'honest' | 'silent' | 'wrong-nonce' | 'talks-first';

export type FakeWidgetOrigin = {
  /** Serves `/loader.js`, built from the sources as it is shipped, and a frame that does what the test says. */
  readonly origin: string;
  readonly key: string;
  /** The paths that browsers asked the widget origin for, in order. */
  readonly requests: string[];
  /** How frames that are loaded from now on behave. */
  manners: FrameManners;
  /** Publishes a page on `host`, such as `shop.localhost`, and answers its URL. */
  publish(page: FakePage): string;
  stop(): Promise<void>;
};

export type FakePage = {
  readonly html: string;
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

const ENTRY = fileURLToPath(new URL('../../loader/main.ts', import.meta.url));

/** Starts it on a free port. `*.localhost` names are this machine to Chromium, and each is a site of its own. */
export async function startFakeWidgetOrigin(widgetHost = 'widget.localhost'): Promise<FakeWidgetOrigin> {
  const loader = await buildLoader();
  const pages = new Map<string, FakePage>();
  const requests: string[] = [];

  const find = (host: string, path: string): FakePage | undefined => {
    const page = pages.get(`http://${host}${path}`);
    if (page !== undefined || !host.startsWith(`${widgetHost}:`)) return page;
    requests.push(path);
    if (path === '/loader.js') return { html: loader, headers: { 'content-type': 'text/javascript' } };
    return path.startsWith('/frame/') ? { html: frameHtml(fake.manners) } : undefined;
  };
  const answer = ({ url = '/', headers }: IncomingMessage, response: ServerResponse): void => {
    const page = find(headers.host ?? '', url);
    response.writeHead(page === undefined ? 404 : 200, {
      'cache-control': 'no-store',
      'content-type': 'text/html; charset=utf-8',
      ...page?.headers,
    });
    response.end(page?.html);
  };

  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server did not get a port');
  const fake: FakeWidgetOrigin = {
    origin: `http://${widgetHost}:${address.port}`,
    key: createPublicKey('0123456789abcdefghijkl'),
    requests,
    manners: 'honest',
    publish(page) {
      const url = `http://${page.host ?? 'shop.localhost'}:${address.port}/page-${pages.size}`;
      pages.set(url, page);
      return url;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return fake;
}

async function buildLoader(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [ENTRY],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

/**
 * The least a frame can be: it shakes hands, keeps what it hears in `messages` and the types of it in `heard`, answers a ping unless `isDeaf`, and says
 * what the test passes to `say`. The origin it posts to is taken from the URL, which a real frame never would.
 */
function frameHtml(manners: FrameManners): string {
  return `<!doctype html><title>Fake</title><input aria-label="Message"><script>
    const manners = '${manners}';
    const hostOrigin = new URLSearchParams(location.search).get('o');
    const f = '0123456789abcdef0123456789abcdef';
    const heard = [];
    const messages = [];
    let isDeaf = false;
    let port;
    let s = 0;
    function say(message) { port.postMessage({ ...message, s: ++s }); }
    addEventListener('message', ({ ports }) => {
      [port] = ports;
      port.onmessage = ({ data: { s, ...message } }) => {
        const { t } = message;
        messages.push(message);
        heard.push(t);
        if (t === 'ping' && !isDeaf) say({ t: 'pong' });
      };
      if (manners === 'talks-first') say({ t: 'unread', n: 1 });
      else say({ t: 'ready', f: manners === 'honest' ? f : f.replace('0', '1') });
    });
    if (manners !== 'silent') parent.postMessage({ v: 1, t: 'hello', n: location.hash.slice(1), f }, hostOrigin);
  </script>`;
}
