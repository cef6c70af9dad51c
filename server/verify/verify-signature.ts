import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { parseSignatures, SIGNATURE_TOLERANCE_SECONDS, signedText } from '../../shared/signature.ts';

/** An answer of Casement as it was received. */
export type ReceivedAnswer = {
  /** Of the request, in capitals. */
  readonly method: string;
  /** What was asked for: a whole URL, or a path. A query in it is not part of what is signed. */
  readonly url: string;
  readonly status: number;
  /** The `Casement-Signature` header; several lines of it joined by commas. */
  readonly signature: string | null | undefined;
  /** The exact bytes of the body, or their text in UTF-8, before anything parsed them. */
  readonly body: string | Uint8Array;
};

export type VerifyOptions = {
  /** The signing secrets that are known, by key id. While a key is replaced, both. */
  readonly secrets: Readonly<Record<string, string | Uint8Array>>;
  /** How far the clocks may differ. */
  readonly toleranceSeconds?: number;
  readonly now?: Date;
};

/**
 * Whether a holder of one of the secrets signed exactly this answer within the tolerance. Answers `false` for whatever is
 * wrong, and never throws. It does not notice an answer that is shown again within the tolerance to the same request.
 */
export function verifySignature(answer: ReceivedAnswer, options: VerifyOptions): boolean {
  const { secrets, toleranceSeconds = SIGNATURE_TOLERANCE_SECONDS, now = new Date() } = options;
  const bodyHash = createHash('sha256').update(answer.body).digest('hex');
  const path = pathOf(answer.url);
  if (path === undefined) return false;
  return parseSignatures(answer.signature ?? '').some(({ t, kid, v1 }) => {
    const isTimely = Math.abs(now.getTime() / 1000 - t) <= toleranceSeconds;
    const secret = Object.hasOwn(secrets, kid) ? secrets[kid] : undefined;
    if (!isTimely || !secret?.length) return false;
    const text = signedText({ t, method: answer.method, path, status: answer.status, bodyHash });
    const expected = createHmac('sha256', secret).update(text).digest();
    return timingSafeEqual(expected, Buffer.from(v1, 'hex'));
  });
}

function pathOf(url: string): string | undefined {
  try {
    return new URL(url, 'http://localhost').pathname;
  } catch {
    return undefined;
  }
}
