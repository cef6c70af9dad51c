import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Origin } from '../../shared/origin.ts';
import { SIGNATURE_HEADER } from '../../shared/signature.ts';
import type { AnalyticsCounts } from '../domain/analytics.ts';
import type { KeyUses } from '../domain/key-uses.ts';
import type { Limits } from '../domain/limits.ts';
import type { ConfigurationReader } from '../domain/widget.ts';
import type { WidgetDirectory } from '../domain/widget-directory.ts';
import { AppError } from '../errors.ts';
import { BASE_HEADERS } from './base-headers.ts';
import { configurationHeaders } from './configuration-headers.ts';
import { keepRefusal } from './earlier-refusal.ts';
import { placeOf, subjectsOf } from './limited-guards.ts';
import { networkOfRequest } from './peer-network.ts';
import { followRequest } from './request-log.ts';
import type { SignedAnswers } from './signed-answer.ts';
import { findRepeatedHeader } from './unambiguous-request.ts';

type Dependencies = {
  readonly directory: Pick<WidgetDirectory, 'findEmbeddable'>;
  readonly limits: Pick<Limits, 'require'>;
  readonly analytics: Pick<AnalyticsCounts, 'count'>;
  readonly keyUses: Pick<KeyUses, 'note'>;
  readonly trustProxyHops: number;
  readonly isStopping: () => boolean;
  readonly now: () => Date;
  readonly log: Logger;
};

type PageReader = ConfigurationReader & { readonly origin: Origin };
type Remembered = {
  readonly reader: PageReader;
  readonly answer: SignedAnswers;
  /** With the whole body, and for whoever has it. */
  readonly headers: Readonly<Record<200 | 304, object>>;
};
type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

export type QuickConfigurations = {
  /** Remembers how this request was answered by the route. */
  remember(request: IncomingMessage, reader: ConfigurationReader, answer: SignedAnswers): void;
  /** Answers what is remembered, and hands everything else to `next`. */
  before(next: Handler): Handler;
};

const MOST_REMEMBERED = 10_000;

/**
 * A short way for the one request that every page view of every site can make: a configuration that was answered before,
 * to the same question. What decides is decided again, in the same order and by the same functions as in the guards: the
 * limits, and whether this key may be used on this site now. What is left out is looking for the route and writing the
 * answer anew. Whatever is in any way different goes the long way.
 */
export function createQuickConfigurations({ directory, limits, ...parts }: Dependencies): QuickConfigurations {
  const remembered = new Map<string, Remembered>();

  /** Whether the request still has the remembered answer. Throws AppError if a limit is reached. */
  async function isStillRight(request: IncomingMessage, { reader }: Remembered): Promise<boolean> {
    const { widget, publicKey, origin } = reader;
    await limits.require('config', { address: networkOfRequest(request, parts.trustProxyHops), everyone: '' });
    if ((await directory.findEmbeddable(publicKey, origin)) !== widget) return false;
    parts.keyUses.note(widget.id, publicKey, origin);
    await limits.require('config', subjectsOf(reader), placeOf(reader));
    return true;
  }

  function send(request: IncomingMessage, response: ServerResponse, { reader, answer, headers }: Remembered): void {
    const { requestId } = followRequest(parts.log, request, response);
    const signature = answer.signatureAt(parts.now());
    parts.analytics.count(reader.widget.id, reader.origin, 'configurations');
    const status = request.headers['if-none-match'] === answer.etag ? 304 : 200;
    response.writeHead(status, {
      'X-Request-Id': requestId,
      ...headers[status],
      ...(signature !== undefined && { [SIGNATURE_HEADER]: signature }),
    });
    response.end(status === 200 ? answer.body : undefined);
  }

  return {
    remember(request, reader, answer) {
      const question = questionOf(request);
      const { origin } = reader;
      if (question === undefined || origin === undefined) return;
      const whole = { ...BASE_HEADERS, ...configurationHeaders({ origin, etag: answer.etag }) };
      const { 'Content-Type': _type, ...short } = whole;
      const headers = { 200: { ...whole, 'Content-Length': Buffer.byteLength(answer.body) }, 304: short };
      remembered.delete(question);
      remembered.set(question, { reader: { ...reader, origin }, answer, headers });
      const [oldest] = remembered.keys();
      if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    },
    before: (next) =>
      async function answerQuickly(request, response) {
        const question = remembered.size > 0 && !parts.isStopping() ? questionOf(request) : undefined;
        const known = question === undefined ? undefined : remembered.get(question);
        if (question === undefined || known === undefined) return next(request, response);
        try {
          if (await isStillRight(request, known)) return send(request, response, known);
        } catch (error) {
          if (error instanceof AppError) keepRefusal(request, error);
        }
        remembered.delete(question);
        return next(request, response);
      },
  };
}

/** Headers that a page's browser does not send with this question, or by which its answer could be another one. */
const OTHERWISE = ['authorization', 'cache-control', 'content-length', 'transfer-encoding', 'expect', 'upgrade'];

/** Everything of a request that decides the answer; `undefined` if it is not of the plain kind. */
function questionOf(request: IncomingMessage): string | undefined {
  const { method, url, headers } = request;
  if (method !== 'GET' || OTHERWISE.some((name) => name in headers)) return undefined;
  if (findRepeatedHeader(request) !== undefined) return undefined;
  return `${headers.host}\n${headers.origin}\n${headers['accept-language']}\n${url}`;
}
