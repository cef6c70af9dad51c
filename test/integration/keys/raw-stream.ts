import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Address } from '../../support/frame-visitor.ts';

export type RawStream = {
  /** What has come so far. */
  text(): string;
  /** Resolves when the text contains this; rejects if the stream ends before. */
  until(part: string): Promise<void>;
  readonly ended: Promise<void>;
  hasEnded(): boolean;
  leave(): void;
};

/** Sends a message as the frame does and reads the stream of its reply as text. */
export async function openRawStream(
  { port, host, origin }: Address,
  { token }: { readonly token: string },
  message: object,
): Promise<RawStream> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = {
      host,
      origin,
      'sec-fetch-site': 'same-origin',
      accept: 'text/event-stream',
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    };
    const options = { host: '127.0.0.1', port, method: 'POST', path: '/api/v1/widget/chat', agent: false, headers };
    httpRequest(options, resolve).on('error', reject).end(JSON.stringify(message));
  });
  let text = '';
  let isOver = false;
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  response.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    tell();
  });
  response.on('error', () => {});
  const ended = new Promise<void>((resolve) =>
    response.once('close', () => {
      isOver = true;
      resolve();
      tell();
    }),
  );
  return {
    text: () => text,
    ended,
    hasEnded: () => isOver,
    leave: () => response.destroy(),
    until: (part) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (text.includes(part)) resolve();
          else if (isOver) reject(new Error(`The stream ended without "${part}": ${text}`));
        };
        listeners.add(look);
        look();
      }),
  };
}
