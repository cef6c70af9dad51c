import type { KeyTarget, SecretKeyTarget } from '../../shared/keys-api.ts';
import { MOST_SIGNATURES } from '../../shared/signature.ts';
import { AppError } from '../errors.ts';
import { keyStateAt, retireKey } from './key-state.ts';
import type { SecretKey } from './secret-key.ts';
import type { Widget, WidgetKey } from './widget.ts';

/** The keys of a widget, as they are or as they are to be. */
export type WidgetKeys = Pick<Widget, 'id' | 'keys' | 'secretKeys' | 'keysRevision'>;

/** How many keys of one kind may work at once. All signing keys that do sign every answer. */
export const MOST_LIVE_KEYS = MOST_SIGNATURES;

type Moment = { readonly endsAt: Date; readonly now: Date };

/** The widget's keys with a new active public key; the one before works until `endsAt`. */
export function withPublicKey(widget: WidgetKeys, newKey: WidgetKey, { endsAt, now }: Moment): WidgetKeys {
  const keys = widget.keys.map((key) => (key.state === 'active' ? retireKey(key, endsAt, now) : key));
  return { ...widget, keys: [...keys, newKey] };
}

/** The same for a signing or identity key. Secrets that no longer work are not kept. */
export function withSecretKey(widget: WidgetKeys, newKey: SecretKey, { endsAt, now }: Moment): WidgetKeys {
  const secretKeys = widget.secretKeys.map((key) =>
    key.target === newKey.target && key.state === 'active' ? retireKey(key, endsAt, now) : key,
  );
  return { ...widget, secretKeys: [...secretKeys.filter((key) => keyStateAt(key, now) !== 'revoked'), newKey] };
}

/** The widget's keys without the one of this id, which is revoked now; `undefined` if it does not work any more anyway. */
export function withoutKey(widget: WidgetKeys, keyId: string, now: Date): WidgetKeys | undefined {
  const isMeant = (id: string, key: Pick<WidgetKey, 'state' | 'retiringUntil'>) =>
    id === keyId && keyStateAt(key, now) !== 'revoked';
  const hasKey =
    widget.keys.some((key) => isMeant(key.publicKey, key)) || widget.secretKeys.some((key) => isMeant(key.id, key));
  if (!hasKey) return undefined;
  return {
    ...widget,
    keys: widget.keys.map((key) => (key.publicKey === keyId ? retireKey(key, now, now) : key)),
    secretKeys: widget.secretKeys.filter((key) => key.id !== keyId),
  };
}

/** The id of the active key, if there is one. */
export function activeKeyId(widget: WidgetKeys, target: KeyTarget): string | undefined {
  if (target === 'public') return widget.keys.find(({ state }) => state === 'active')?.publicKey;
  return widget.secretKeys.find((key) => key.target === target && key.state === 'active')?.id;
}

/** Throws AppError `TOO_MANY_KEYS` if one more would be more than may work at once. */
export function requireRoomForKey(widget: WidgetKeys, target: KeyTarget, now: Date): void {
  const keys = target === 'public' ? widget.keys : secretKeysOf(widget, target);
  const live = keys.filter((key) => keyStateAt(key, now) !== 'revoked').length;
  if (live < MOST_LIVE_KEYS) return;
  throw new AppError('TOO_MANY_KEYS', {
    message: `${live} keys of the kind "${target}" work now; end the overlap of an older rotation first`,
  });
}

function secretKeysOf({ secretKeys }: WidgetKeys, target: SecretKeyTarget): readonly SecretKey[] {
  return secretKeys.filter((key) => key.target === target);
}
