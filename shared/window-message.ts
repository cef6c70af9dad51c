import { isNonce, type Nonce } from './nonce.ts';

/** The version of everything that is said between loader and frame. Both refuse any other. */
export const PROTOCOL_VERSION = 1;

/** How long a peer waits for the other's part of the handshake. */
export const HANDSHAKE_TIMEOUT_MS = 10_000;

/**
 * The only two messages ever sent between windows. `n` is the nonce the loader put into the frame's URL fragment, `f`
 * the frame's own. After them everything goes over the port that came with `init`.
 */
export type WindowMessage<T extends 'hello' | 'init' = 'hello' | 'init'> = {
  readonly v: typeof PROTOCOL_VERSION;
  readonly t: T;
  readonly n: Nonce;
  readonly f: Nonce;
};

/**
 * The message if `value` is exactly one of type `t` with the nonce `n`, else `undefined`; never throws. Only own data
 * properties are read, so neither a hostile `__proto__` key nor a getter takes part.
 */
export function parseWindowMessage<T extends 'hello' | 'init'>(
  value: unknown,
  t: T,
  n: Nonce,
): WindowMessage<T> | undefined {
  const own = Object.getOwnPropertyDescriptors(Object(value));
  const f = own.f?.value;
  const isWhole =
    Reflect.ownKeys(own).length === 4 &&
    own.v?.value === PROTOCOL_VERSION &&
    own.t?.value === t &&
    own.n?.value === n &&
    isNonce(f);
  return isWhole ? { v: PROTOCOL_VERSION, t, n, f } : undefined;
}
