import type { KeyReport, KeyTarget } from '../../shared/keys-api.ts';
import type { StoredRotation } from '../store/key-rotations.ts';
import type { KeyUse } from '../store/key-uses.ts';
import { activeKeyId, type WidgetKeys } from './key-plan.ts';
import { type KeyLife, keyStateAt } from './key-state.ts';

const HOUR_MS = 60 * 60 * 1000;
/** A site that did not use the key for so long does not have to be seen with the new one. */
const RELEVANT_MS = 7 * 24 * HOUR_MS;
const MOST_USES = 200;

type ReportParts = {
  readonly rotations: readonly StoredRotation[];
  readonly uses: readonly KeyUse[];
  readonly now: Date;
};

type KnownKey = KeyLife & { readonly id: string; readonly target: KeyTarget };

/** Every key that works or, as far as its rotation is known, ever did, with who uses it and whether it can go. */
export function reportKeys(widget: WidgetKeys, { rotations, uses, now }: ReportParts): KeyReport[] {
  const present: KnownKey[] = [
    ...widget.keys.map(({ publicKey, ...life }) => ({ id: publicKey, target: 'public' as const, ...life })),
    ...widget.secretKeys.map(({ sealed: _, ...key }) => key),
  ];
  const ids = new Set(present.map(({ id }) => id));
  const gone = rotations.flatMap(({ oldKeyId, target }): KnownKey[] =>
    oldKeyId === undefined || ids.has(oldKeyId) ? [] : [{ id: oldKeyId, target, state: 'revoked' }],
  );
  return [...present, ...gone].map((key) => {
    const state = keyStateAt(key, now);
    const usesOf = (id: string | undefined) => uses.filter(({ keyId }) => keyId === id);
    const verdict = judge(
      { ...key, state },
      { old: usesOf(key.id), new: usesOf(activeKeyId(widget, key.target)) },
      now,
    );
    return {
      id: key.id,
      target: key.target,
      state,
      ...(state === 'retiring' && key.retiringUntil && { retiringUntil: key.retiringUntil.toISOString() }),
      uses: usesOf(key.id).slice(0, MOST_USES).map(presentUse),
      ...verdict,
    };
  });
}

type Uses = { readonly old: readonly KeyUse[]; readonly new: readonly KeyUse[] };

function judge({ state, target }: KnownKey, uses: Uses, now: Date): Pick<KeyReport, 'safeToRevoke' | 'why'> {
  const no = (why: string) => ({ safeToRevoke: false, why });
  if (state === 'revoked') return no('It does not work any more.');
  if (state === 'active') return no('It is the key in use. Rotate it; then this one can be revoked.');
  if (target === 'signing') {
    return no('Only your backends know which secret they verify with: revoke it when all of them have the new one.');
  }
  const sinceMs = ({ lastUsedAt }: KeyUse) => now.getTime() - lastUsedAt.getTime();
  const recent = uses.old.find((use) => sinceMs(use) < HOUR_MS);
  if (recent) return no(`"${recent.origin}" used it ${minutes(sinceMs(recent))} ago.`);
  const hasMoved = (use: KeyUse) =>
    uses.new.some(({ origin, lastUsedAt }) => origin === use.origin && lastUsedAt > use.lastUsedAt);
  const waiting = uses.old.find((use) => sinceMs(use) < RELEVANT_MS && !hasMoved(use));
  if (waiting) return no(`"${waiting.origin}" used it, and has not been seen with the new key since.`);
  return {
    safeToRevoke: true,
    why:
      uses.old.length === 0
        ? 'Nobody has used it in the last 90 days.'
        : 'Every site that used it in the last week has been seen with the new key since.',
  };
}

function minutes(ms: number): string {
  const count = Math.max(1, Math.round(ms / 60_000));
  return count === 1 ? '1 minute' : `${count} minutes`;
}

function presentUse({ origin, lastUsedAt, count }: KeyUse): KeyReport['uses'][number] {
  return { origin, lastUsedAt: lastUsedAt.toISOString(), count };
}
