import { request as httpRequest, type IncomingMessage } from 'node:http';
import { createParser } from 'eventsource-parser';
import * as v from 'valibot';
import { type ReplyEventName, replyEventSchemas } from '../../../shared/chat.ts';
import type { Address, FrameVisitor } from '../../support/frame-visitor.ts';
import { followSeal } from '../../support/sealed-stream.ts';

export type ReceivedEvent = {
  readonly id: string;
  readonly name: ReplyEventName;
  readonly fields: Record<string, unknown>;
};

export type ReplyStream = {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly events: readonly ReceivedEvent[];
  readonly comments: readonly string[];
  /** The event of this number, from 0; rejects if the stream ends before. */
  event(number: number): Promise<ReceivedEvent>;
  /** All events, when the stream has ended. */
  all(): Promise<readonly ReceivedEvent[]>;
  /** Leaves, as a browser does that closes the page. */
  leave(): void;
  readonly response: IncomingMessage;
};

export type StreamRequest = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/**
 * Asks for the stream of a reply as the frame does and reads its events, each of which has to be one of the contract; a
 * stream that comes to an end has to be authentic.
 */
export async function openStream(
  { port, host, origin }: Address,
  visitor: Pick<FrameVisitor, 'token' | 'signingKey'>,
  { method, path, body, headers }: StreamRequest,
): Promise<ReplyStream> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port,
        method,
        path: `/api/v1/widget${path}`,
        agent: false,
        headers: {
          host,
          'sec-fetch-site': 'same-origin',
          accept: 'text/event-stream',
          authorization: `Bearer ${visitor.token}`,
          ...(method === 'POST' && { origin, 'content-type': 'application/json' }),
          ...headers,
        },
      },
      resolve,
    );
    request.on('error', reject);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
  return readStream(response, followSeal(visitor.signingKey, { method, target: `/api/v1/widget${path}` }));
}

function readStream(response: IncomingMessage, unseal: ReturnType<typeof followSeal>): ReplyStream {
  const events: ReceivedEvent[] = [];
  const comments: string[] = [];
  const listeners = new Set<() => void>();
  let hasEnded = false;
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const parser = createParser({
    onEvent({ id, event, data }) {
      events.push(parseEvent(id, event, unseal({ id: id ?? '', name: event ?? '', data })));
      tell();
    },
    onComment(comment) {
      comments.push(comment);
      tell();
    },
  });
  response.setEncoding('utf8');
  response.on('data', (text: string) => parser.feed(text));
  response.on('error', () => {});
  response.on('close', () => {
    hasEnded = true;
    tell();
  });
  function until<T>(find: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      function look(): void {
        const found = find();
        if (found === undefined && !hasEnded) return;
        listeners.delete(look);
        if (found === undefined) reject(new Error(`The stream ended after ${events.length} events`));
        else resolve(found);
      }
      listeners.add(look);
      look();
    });
  }
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    events,
    comments,
    response,
    event: (number) => until(() => events[number]),
    all: () => until(() => (hasEnded ? events : undefined)),
    leave: () => response.destroy(),
  };
}

function parseEvent(id: string | undefined, name: string | undefined, data: string): ReceivedEvent {
  const known = Object.entries(replyEventSchemas).find(([one]) => one === name);
  if (known === undefined || id === undefined) throw new Error(`"${name}" with id "${id}" is no event of a reply`);
  const [, schema] = known;
  return { id, name: known[0] as ReplyEventName, fields: v.parse(schema, JSON.parse(data)) };
}

/** What the deltas among the events say. */
export function textOfEvents(events: readonly ReceivedEvent[]): string {
  return events.map(({ name, fields }) => (name === 'reply-delta' ? String(fields.text) : '')).join('');
}
