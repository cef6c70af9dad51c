import * as v from 'valibot';
import { type MessageId, messageIdSchema } from '../../../shared/ids.ts';
import { createNonce } from '../../../shared/nonce.ts';

/**
 * A random UUID (RFC 9562, version 4). `crypto.randomUUID()` would do, but exists in secure contexts only, and a first
 * try over plain http should not fail here.
 */
export function createMessageId(): MessageId {
  const digits = createNonce();
  const variant = '89ab'[Number.parseInt(digits.charAt(16), 16) & 3];
  const parts = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20),
  ];
  return v.parse(messageIdSchema, parts.join('-'));
}
