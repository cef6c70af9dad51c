declare const publicKeyBrand: unique symbol;

/** The public key of a widget, as written in the snippet: `PUB_`, 22 random characters, 6 of checksum. Not a secret. */
export type PublicKey = string & { readonly [publicKeyBrand]: true };

const PUBLIC_KEY_SHAPE = /^PUB_[A-Za-z0-9]{22}[0-9a-z]{6}$/;

/**
 * Answers the key if its form and checksum are right, else `undefined`. The checksum tells a typing mistake from an
 * unknown key, on the host page without a request and on the server without a look into the store.
 */
export function parsePublicKey(text: unknown): PublicKey | undefined {
  if (typeof text !== 'string' || !PUBLIC_KEY_SHAPE.test(text)) return undefined;
  return checksumOf(text.slice(4, 26)) === text.slice(26) ? (text as PublicKey) : undefined;
}

/** Makes the key for 22 random characters of `[A-Za-z0-9]`. Throws a RangeError for anything else. */
export function createPublicKey(random: string): PublicKey {
  const key = parsePublicKey(`PUB_${random}${checksumOf(random)}`);
  if (key === undefined) throw new RangeError(`"${random}" is not 22 letters and digits`);
  return key;
}

/** FNV-1a, 32 bit (http://www.isthe.com/chongo/tech/comp/fnv/), its last six digits in base 36. */
function checksumOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return (hash >>> 0).toString(36).padStart(6, '0').slice(-6);
}
