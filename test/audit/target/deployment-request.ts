import { type IncomingHttpHeaders, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Origin } from '../../../shared/origin.ts';

export type DeploymentRequest = {
  readonly method?: string;
  /** Path and query, sent as they are. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type DeploymentAnswer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

const TIMEOUT_MS = 30_000;

/** Sends one request to the deployment, with its own name as Host. Rejects if no whole answer comes in half a minute. */
export function requestDeployment(target: Origin, { method = 'GET', path, headers = {}, body }: DeploymentRequest) {
  const { protocol, hostname, port } = new URL(target);
  const send = protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise<DeploymentAnswer>((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const sent = send(
      {
        hostname,
        port,
        method,
        path,
        agent: false,
        headers: { ...headers, ...length },
        timeout: TIMEOUT_MS,
        ...(hostname.endsWith('.localhost') && { lookup: lookUpLoopback }),
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) });
        });
      },
    );
    sent.on('timeout', () => sent.destroy(new Error(`${method} ${target}${path} was not answered in time`)));
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Browsers take `*.localhost` for this machine, the resolvers of many systems do not. */
const lookUpLoopback: LookupFunction = (_hostname, { all }, callback) => {
  if (all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};
