import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { observeExchange } from './observation.ts';

export type RawAnswer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as they were sent. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
};

export type RawRequest = {
  readonly port: number;
  readonly method?: string;
  /** Sent as it is: nothing is escaped or normalised on the way. */
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
};

/**
 * Sends one request to 127.0.0.1 over a connection of its own and answers what came back. No header is added beside
 * `Connection`, and `Content-Length` for a body; `Host` is whatever `headers` say.
 */
export function rawRequest({ port, method = 'GET', path, headers = {}, body }: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const sent = request(
      { host: '127.0.0.1', port, method, path, headers: { ...headers, ...length }, agent: false },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const { statusCode: status = 0, headers: answerHeaders, rawHeaders } = answer;
          observeExchange({ method, path, headers, status, answerHeaders });
          resolve({ status, headers: answerHeaders, rawHeaders, body: Buffer.concat(chunks).toString() });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
