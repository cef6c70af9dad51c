import { randomBytes } from 'node:crypto';
import type { SecretKeyTarget } from '../../shared/keys-api.ts';
import type { SigningKey } from './answer-signer.ts';
import { type KeyLife, keyStateAt } from './key-state.ts';
import type { SecretBox, SecretPlace } from './secret-box.ts';
import { createSecret } from './secret-keys.ts';

/** A key of a widget whose secret the company's backend knows as well. Revoked ones are not kept. */
export type SecretKey = KeyLife & {
  /** Says nothing about the secret, and names it in a `Casement-Signature`. */
  readonly id: string;
  readonly target: SecretKeyTarget;
  /** See `SecretBox`. */
  readonly sealed: string;
};

/** What a secret begins with, so that one that was left lying around is recognised for what it is. */
const PREFIXES = { signing: 'SIG_', identity: 'IDN_' } as const satisfies Record<SecretKeyTarget, string>;

/** A new active key. Its secret is text of 256 random bits; what it keys is the bytes of that text in UTF-8. */
export function createSecretKey(widgetId: string, target: SecretKeyTarget, box: SecretBox): SecretKey {
  const id = `${target}-${randomBytes(6).toString('hex')}`;
  const sealed = box.seal(PREFIXES[target] + createSecret(), placeOf(widgetId, { id, target }));
  return { id, target, state: 'active', sealed };
}

/** The secret of a key. Throws a SecretBoxError if the store does not hold what was written there. */
export function openSecretKey(widgetId: string, key: SecretKey, box: SecretBox): string {
  return box.open(key.sealed, placeOf(widgetId, key));
}

/** Opens the secrets of a widget that work now. */
export type SecretKeyRing = {
  /** The active key first. Throws a SecretBoxError if one cannot be opened. */
  liveKeys(
    widget: { readonly id: string; readonly secretKeys: readonly SecretKey[] },
    target: SecretKeyTarget,
  ): readonly (SigningKey & { readonly secret: string })[];
};

export function createSecretKeyRing(box: SecretBox, now: () => Date): SecretKeyRing {
  const opened = new WeakMap<SecretKey, string>();

  function open(widgetId: string, key: SecretKey): string {
    const known = opened.get(key);
    const secret = known ?? openSecretKey(widgetId, key, box);
    opened.set(key, secret);
    return secret;
  }

  return {
    liveKeys({ id: widgetId, secretKeys }, target) {
      const live = secretKeys.filter((key) => key.target === target && keyStateAt(key, now()) !== 'revoked');
      return live
        .sort((a, b) => Number(b.state === 'active') - Number(a.state === 'active'))
        .map((key) => ({ id: key.id, secret: open(widgetId, key) }));
    },
  };
}

function placeOf(widgetId: string, { id, target }: Pick<SecretKey, 'id' | 'target'>): SecretPlace {
  return { widgetId, purpose: `${target} key ${id}` };
}
