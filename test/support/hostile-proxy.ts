import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { observeExchange } from './observation.ts';

/** One request to the widget origin and what was answered. */
export type Exchange = {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** As the browser sent them, before anything was rewritten. */
  readonly headers: IncomingHttpHeaders;
  /** What of the request's body has come. */
  requestBody: string;
  /** 0 until the answer's head has come. */
  status: number;
  answerHeaders: IncomingHttpHeaders;
  /** What of the answer's body has come. */
  body: string;
};

type Rewrite = (headers: IncomingHttpHeaders) => IncomingHttpHeaders;

const KEEP: Rewrite = (headers) => headers;

export type HostileProxy = {
  /** What browsers know as the widget origin. */
  readonly widgetOrigin: string;
  /** Where requests go from now on: the server's port on 127.0.0.1. */
  forwardTo(port: number): void;
  /** Everything the server was asked since the last {@link HostileProxy.reset}, in order. */
  exchanges(): readonly Exchange[];
  /** Changes the headers of every request from now on, as a careless or hostile proxy does. */
  rewriteRequests(rewrite: Rewrite): void;
  /** Changes the headers of every answer from now on, in the same way. */
  rewriteAnswers(rewrite: Rewrite): void;
  /** Holds requests whose path begins with `prefix` back; the answer lets them go. */
  hold(prefix: string): () => void;
  /** Forgets all exchanges and rewriting, and lets held requests go. */
  reset(): void;
  stop(): Promise<void>;
};

/**
 * Stands in front of a server at `http://widget.localhost:<free port>` and sees all its traffic, so that a test can say
 * which requests were *not* made. It can be started before the server, whose public URL it is.
 */
export async function startHostileProxy(): Promise<HostileProxy> {
  let exchanges: Exchange[] = [];
  let target = 0;
  let rewrite = KEEP;
  let rewriteAnswer = KEEP;
  let holds: { prefix: string; released: Promise<void>; release: () => void }[] = [];

  const server = createServer(async (incoming, response) => {
    const { method = '', url = '', headers } = incoming;
    const exchange: Exchange = { method, path: url, headers, requestBody: '', status: 0, answerHeaders: {}, body: '' };
    exchanges.push(exchange);
    await Promise.all(holds.filter(({ prefix }) => url.startsWith(prefix)).map(({ released }) => released));
    forward({ incoming, response, exchange, target, headers: rewrite(headers), rewriteAnswer });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The proxy did not get a port');

  function letGo(): void {
    for (const { release } of holds) release();
    holds = [];
  }

  return {
    widgetOrigin: `http://widget.localhost:${address.port}`,
    forwardTo(port) {
      target = port;
    },
    exchanges: () => exchanges,
    rewriteRequests(change) {
      rewrite = change;
    },
    rewriteAnswers(change) {
      rewriteAnswer = change;
    },
    hold(prefix) {
      let release = (): void => undefined;
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      holds.push({ prefix, released, release });
      return release;
    },
    reset() {
      exchanges = [];
      rewrite = KEEP;
      rewriteAnswer = KEEP;
      letGo();
    },
    stop() {
      letGo();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

type Forwarding = {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly exchange: Exchange;
  readonly target: number;
  readonly headers: IncomingHttpHeaders;
  readonly rewriteAnswer: Rewrite;
};

function forward({ incoming, response, exchange, target, headers, rewriteAnswer }: Forwarding): void {
  // Without compression, so that what was answered can be searched for secrets.
  const { 'accept-encoding': _, ...sent } = headers;
  const outgoing = request(
    { host: '127.0.0.1', port: target, method: exchange.method, path: exchange.path, headers: sent },
    (answer) => {
      exchange.status = answer.statusCode ?? 0;
      exchange.answerHeaders = answer.headers;
      observeExchange(exchange);
      response.writeHead(exchange.status, rewriteAnswer(answer.headers));
      answer.setEncoding('utf8');
      answer.on('data', (text: string) => {
        exchange.body += text;
      });
      answer.pipe(response);
    },
  );
  outgoing.on('error', () => response.destroy());
  response.on('close', () => outgoing.destroy());
  incoming.on('data', (chunk: Buffer) => {
    exchange.requestBody += chunk;
  });
  incoming.pipe(outgoing);
}
