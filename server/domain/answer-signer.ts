import { createHash, createHmac } from 'node:crypto';
import { formatSignatures, signedText } from '../../shared/signature.ts';

/** A key that answers are signed with; whoever verifies them knows its secret by its id. */
export type SigningKey = { readonly id: string; readonly secret: string | Uint8Array };

/** An answer as it is about to be sent. */
export type UnsignedAnswer = {
  readonly at: Date;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly status: number;
  readonly bodyHash: string;
};

/** The value of the `Casement-Signature` header: one signature for each key, or `undefined` if there is no key. */
export function signAnswer({ at, ...answer }: UnsignedAnswer, keys: readonly SigningKey[]): string | undefined {
  if (keys.length === 0) return undefined;
  const t = Math.floor(at.getTime() / 1000);
  const text = signedText({ t, ...answer });
  return formatSignatures(
    keys.map(({ id, secret }) => ({ t, kid: id, v1: createHmac('sha256', secret).update(text).digest('hex') })),
  );
}

/** SHA-256 of the exact body, in hexadecimal. */
export function hashBody(body: string | Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}
