import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** What a secret belongs to. It is bound to both, so that one moved to another place in the store cannot be opened. */
export type SecretPlace = { readonly widgetId: string; readonly purpose: string };

export type SecretBox = {
  /** `v<key version>:<iv>:<ciphertext>:<tag>`, the last three in base64url. */
  seal(secret: string, place: SecretPlace): string;
  /** The secret that was sealed for this place. Throws a SecretBoxError for anything else. */
  open(sealed: string, place: SecretPlace): string;
  /** Whether `sealed` was made with another key than the one that seals now. */
  isOutdated(sealed: string): boolean;
};

/** A sealed secret that cannot be opened. Says which key would be needed, never what was sealed. */
export class SecretBoxError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'SecretBoxError';
  }
}

const SEALED_SHAPE = /^v(\d{1,5}):([\w-]{16}):([\w-]*):([\w-]{22})$/;
const KEY_BYTES = 32;
const IV_BYTES = 12;
const CIPHER = 'aes-256-gcm';

type BoxKey = { readonly version: number; readonly secret: string };

/**
 * Encrypts the secrets of the store (AES-256-GCM, NIST SP 800-38D, a random IV for each). The first of `keys` seals, and
 * each of them opens what it sealed; the keys for the cipher follow from theirs by HKDF with SHA-256 (RFC 5869).
 */
export function createSecretBox(keys: readonly BoxKey[]): SecretBox {
  const [current] = keys;
  if (current === undefined) throw new RangeError('A secret box needs a key');
  const byVersion = new Map(keys.map(({ version, secret }) => [version, deriveKey(secret)]));

  function keyOf(version: number): Buffer {
    const key = byVersion.get(version);
    if (key === undefined) throw new SecretBoxError(`SECRETS_KEY has no version ${version}, which a secret needs`);
    return key;
  }

  return {
    seal(secret, place) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, keyOf(current.version), iv).setAAD(describePlace(place));
      const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      const parts = [iv, ciphertext, cipher.getAuthTag()].map((part) => part.toString('base64url'));
      return [`v${current.version}`, ...parts].join(':');
    },

    open(sealed, place) {
      const [, version, iv, ciphertext, tag] = SEALED_SHAPE.exec(sealed) ?? [];
      if (iv === undefined || ciphertext === undefined || tag === undefined) {
        throw new SecretBoxError('A secret in the store does not have the form of one');
      }
      const decipher = createDecipheriv(CIPHER, keyOf(Number(version)), decode(iv))
        .setAAD(describePlace(place))
        .setAuthTag(decode(tag));
      try {
        return Buffer.concat([decipher.update(decode(ciphertext)), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new SecretBoxError(`Version ${version} of SECRETS_KEY is not the key a secret was encrypted with`, cause);
      }
    },

    isOutdated: (sealed) => !sealed.startsWith(`v${current.version}:`),
  };
}

function deriveKey(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'casement secrets at rest', KEY_BYTES));
}

function describePlace({ widgetId, purpose }: SecretPlace): Buffer {
  return Buffer.from(JSON.stringify([widgetId, purpose]));
}

function decode(text: string): Buffer {
  return Buffer.from(text, 'base64url');
}
