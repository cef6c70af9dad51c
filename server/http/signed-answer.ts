import { hashBody, type SigningKey, signAnswer } from '../domain/answer-signer.ts';

/** A JSON answer that many get, byte for byte the same, so that one signature a second is enough for all of them. */
export type SignedAnswers = {
  readonly body: string;
  /** A hash of the body, as a strong ETag (RFC 9110, 8.8.3). */
  readonly etag: string;
  /** The signature for an answer that is sent now, or `undefined` if there is no key. */
  signatureAt(now: Date): string | undefined;
};

type Answer = { readonly path: string; readonly body: string; readonly findKeys: () => readonly SigningKey[] };

export function createSignedAnswers({ path, body, findKeys }: Answer): SignedAnswers {
  const bodyHash = hashBody(body);
  let second = Number.NaN;
  let signature: string | undefined;
  return {
    body,
    etag: `"${Buffer.from(bodyHash, 'hex').toString('base64url').slice(0, 22)}"`,
    signatureAt(now) {
      const nowSecond = Math.floor(now.getTime() / 1000);
      if (nowSecond !== second) {
        second = nowSecond;
        signature = signAnswer({ at: now, method: 'GET', path, status: 200, bodyHash }, findKeys());
      }
      return signature;
    },
  };
}
