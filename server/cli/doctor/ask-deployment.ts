import { type ClientRequest, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isLoopback, type Origin } from '../../../shared/origin.ts';

export type Question = {
  readonly origin: Origin;
  readonly path: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Its beginning. */
  readonly body: string;
};

/** What was answered, or the code of what went wrong, such as `ECONNREFUSED` or `CERT_HAS_EXPIRED`. */
export type Asked = Answer | { readonly failure: string };

const TIMEOUT_MS = 5_000;
const LONGEST_BODY = 10_000;

/** Asks once, as a program without a browser does: no redirect is followed, a certificate has to be right. */
export function askDeployment({ origin, path, method = 'GET', headers = {}, body }: Question): Promise<Asked> {
  return new Promise((resolve) => {
    const options = {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) },
      agent: false as const,
      timeout: TIMEOUT_MS,
      ...(isLoopback(origin) && { lookup: lookUpThisMachine }),
    };
    const ask = origin.startsWith('https:') ? requestHttps : requestHttp;
    const sent: ClientRequest = ask(`${origin}${path}`, options, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        if (text.length < LONGEST_BODY) text += chunk;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }));
      answer.on('error', (error) => resolve({ failure: codeOf(error) }));
    });
    sent.on('timeout', () => sent.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })));
    sent.on('error', (error) => resolve({ failure: codeOf(error) }));
    sent.end(body);
  });
}

/** Browsers know that `*.localhost` is this machine; not every resolver does. */
const lookUpThisMachine: LookupFunction = (_host, { all }, answer) => {
  if (all === true) answer(null, [{ address: '127.0.0.1', family: 4 }]);
  else answer(null, '127.0.0.1', 4);
};

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
