import type { IncomingMessage } from 'node:http';
import { hashBody, signAnswer } from '../../server/domain/answer-signer.ts';
import { createStreamSeal, type StreamSeal } from '../../server/domain/stream-seal.ts';

const KEY = { id: 'session-fake', secret: new Uint8Array(32).fill(7) };

/** What a stand-in for the server hands over when a session begins. It has one signing key for all of them. */
export const FAKE_SIGNING = {
  signingKey: Buffer.from(KEY.secret).toString('base64url'),
  signingKeyId: KEY.id,
};

/** The header that signs `body` as the answer to `request`. */
export function signFakeAnswer(request: IncomingMessage, status: number, body: string): Record<string, string> {
  const [path = ''] = (request.url ?? '').split('?');
  const answer = { at: new Date(), method: request.method ?? '', path, status, bodyHash: hashBody(body) };
  return { 'casement-signature': signAnswer(answer, [KEY]) ?? '' };
}

/** Authenticates the stream that answers `request`. */
export function sealFakeStream(request: IncomingMessage): StreamSeal {
  return createStreamSeal(KEY, { method: request.method ?? '', target: request.url ?? '' });
}
