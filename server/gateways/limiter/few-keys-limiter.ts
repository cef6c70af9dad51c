import { randomInt } from 'node:crypto';
import { RateLimiterMemory } from 'rate-limiter-flexible';

type Options = { readonly points: number; readonly duration: number; readonly mostKeys?: number | undefined };

/**
 * Counts in memory. Where `mostKeys` is given, keys share that many counts, so that whoever makes up keys cannot fill the
 * memory. Which keys share is another matter in every process, so nobody can find a key that shares with another's.
 */
export class FewKeysLimiter extends RateLimiterMemory {
  readonly #mostKeys: number | undefined;
  readonly #seed = randomInt(2 ** 32);

  constructor({ points, duration, mostKeys }: Options) {
    super({ points, duration, keyPrefix: '' });
    this.#mostKeys = mostKeys;
  }

  override getKey(key: string | number): string {
    return this.#mostKeys === undefined ? String(key) : String(hash(String(key), this.#seed) % this.#mostKeys);
  }
}

/** FNV-1a with a seed (http://www.isthe.com/chongo/tech/comp/fnv/), mixed once more so that low bits depend on all. */
function hash(text: string, seed: number): number {
  let value = seed;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
}
