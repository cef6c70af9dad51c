import { createHash, hkdfSync } from 'node:crypto';
import type { SigningKey } from './answer-signer.ts';

const KEY_BYTES = 32;

/**
 * The key that signs what is answered within a session. It follows from the session's id and a root that only the
 * server's processes know (HKDF with SHA-256, RFC 5869), so nothing is stored, and every process has the same one.
 */
export function sessionSigningKey(root: Uint8Array, sessionId: string): SigningKey & { readonly secret: Uint8Array } {
  const id = createHash('sha256').update(sessionId).digest('hex').slice(0, 12);
  const secret = new Uint8Array(hkdfSync('sha256', root, '', `casement session ${sessionId}`, KEY_BYTES));
  return { id: `session-${id}`, secret };
}
