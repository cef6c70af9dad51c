import { hkdfSync, randomBytes } from 'node:crypto';

/** One key for each kind of token, so that no token can pass for one of another kind. */
export type SigningKeys = {
  readonly ticket: Uint8Array;
  readonly previewTicket: Uint8Array;
  readonly session: Uint8Array;
  /** What the keys follow from that sign the answers within a session. */
  readonly answer: Uint8Array;
};

const KEY_BYTES = 32;

/** Derives the signing keys from the server's one secret (HKDF with SHA-256, RFC 5869). */
export function deriveSigningKeys(secret: string): SigningKeys {
  const derive = (purpose: string) => new Uint8Array(hkdfSync('sha256', secret, '', `casement ${purpose}`, KEY_BYTES));
  return {
    ticket: derive('ticket'),
    previewTicket: derive('preview ticket'),
    session: derive('session'),
    answer: derive('answer'),
  };
}

/** 256 random bits, base64url. */
export function createSecret(): string {
  return randomBytes(KEY_BYTES).toString('base64url');
}
