import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { StartError } from './start-error.ts';

type RequestHandler = (request: IncomingMessage, response: ServerResponse) => unknown;

export type HttpListener = {
  readonly port: number;
  /** Hands over every request, also those that came before and waited. */
  serve(handler: RequestHandler): void;
  /** Accepts no connection any more and resolves when the open ones are done, at the latest after `graceMs`. */
  close(graceMs: number): Promise<void>;
};

type Address = { readonly host: string; readonly port: number; readonly portVariable: string };

/** Long enough for slow networks, short enough that a peer that sends nothing does not hold a connection. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than the minute that proxies keep an idle connection, so that they never use one we are closing. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

/**
 * Takes the port before anything else is touched. Requests wait until `serve`. Rejects with a StartError that names the
 * variable to change (`portVariable`) if the port cannot be had. Port 0 takes a free one.
 */
export async function listen({ host, port, portVariable }: Address): Promise<HttpListener> {
  const server = createServer({
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
  });
  let isClosing = false;
  // Browsers open connections in advance. Node does not count one as idle before it has carried a request.
  const unused = new Set<Socket>();
  server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    unused.delete(socket);
    response.once('close', () => {
      // A connection that was busy when the server closed would else be kept for its next request.
      if (isClosing) setImmediate(() => server.closeIdleConnections());
    });
  });
  const waiting: [IncomingMessage, ServerResponse][] = [];
  const hold = (request: IncomingMessage, response: ServerResponse) => waiting.push([request, response]);
  server.on('request', hold);
  await bind(server, { host, port, portVariable });
  return {
    port: addressOf(server).port,
    serve(handler) {
      server.off('request', hold);
      server.on('request', handler);
      for (const [request, response] of waiting.splice(0)) handler(request, response);
    },
    close(graceMs) {
      isClosing = true;
      const closed = close(server, graceMs);
      for (const socket of unused) socket.destroy();
      return closed;
    },
  };
}

function bind(server: Server, { host, port, portVariable }: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const problem = error.code === 'EADDRINUSE' ? 'is in use' : `cannot be listened on (${error.code})`;
      reject(new StartError(`Port ${port} on ${host} ${problem}; choose another, such as ${portVariable}=4480`, error));
    });
    server.listen({ host, port }, resolve);
  });
}

function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new StartError('The server has no port');
  return address;
}
