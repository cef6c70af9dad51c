import type { KeyState } from '../../shared/keys-api.ts';

/** What is kept of a key's life: a retiring key works until a moment that is known from the start. */
export type KeyLife = { readonly state: KeyState; readonly retiringUntil?: Date };

/** The state at `now`: the overlap of a retiring key ends by itself. */
export function keyStateAt({ state, retiringUntil }: KeyLife, now: Date): KeyState {
  return state === 'retiring' && retiringUntil !== undefined && retiringUntil <= now ? 'revoked' : state;
}

/** The key, working until `endsAt`, or no longer if that has come. */
export function retireKey<K extends KeyLife>(key: K, endsAt: Date, now: Date): Omit<K, keyof KeyLife> & KeyLife {
  const { state: _, retiringUntil: __, ...rest } = key;
  return endsAt > now ? { ...rest, state: 'retiring', retiringUntil: endsAt } : { ...rest, state: 'revoked' };
}
