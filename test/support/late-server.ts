import { createServer, type RequestListener } from 'node:http';

export type LateServer = {
  /** Of `<name>.localhost`, with the port that was free. */
  readonly origin: string;
  /** Answers requests from now on; until then they are 503. */
  serve(listener: RequestListener): void;
  stop(): Promise<void>;
};

/** A site whose origin is known before there is anything on it, as somebody else has to be told of it first. */
export async function startLateServer(name: string): Promise<LateServer> {
  let answer: RequestListener = (_request, response) => response.writeHead(503).end();
  const server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    origin: `http://${name}.localhost:${typeof address === 'object' ? address?.port : ''}`,
    serve(listener) {
      answer = listener;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
