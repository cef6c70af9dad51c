declare const crypto: { getRandomValues(bytes: Uint8Array): Uint8Array };

/** 128 random bits as 32 hexadecimal digits: fresh for every iframe (the loader's) and every document (the frame's). */
export type Nonce = string;

const NONCE_SHAPE = /^[0-9a-f]{32}$/;

export function createNonce(): Nonce {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function isNonce(value: unknown): value is Nonce {
  return typeof value === 'string' && NONCE_SHAPE.test(value);
}
