import { expect, test } from 'vitest';
import { createPublicKey } from '../../shared/public-key.ts';
import type { KeyUse } from '../store/key-uses.ts';
import type { WidgetKeys } from './key-plan.ts';
import { reportKeys } from './key-report.ts';

const NOW = new Date('2030-01-10T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const OLD = createPublicKey('o'.repeat(22));
const NEW = createPublicKey('n'.repeat(22));
const LATER = new Date(NOW.getTime() + 1);
const SHOP = 'https://shop.example';

const WIDGET: WidgetKeys = {
  id: 'w',
  keysRevision: 1,
  keys: [
    { publicKey: OLD, state: 'retiring', retiringUntil: LATER },
    { publicKey: NEW, state: 'active' },
  ],
  secretKeys: [
    { id: 'signing-old', target: 'signing', sealed: 'v1:sealed', state: 'retiring', retiringUntil: LATER },
    { id: 'signing-new', target: 'signing', sealed: 'v1:sealed', state: 'active' },
  ],
};

const use = (keyId: string, lastUsedAt: Date, origin = SHOP): KeyUse => ({
  widgetId: 'w',
  keyId,
  origin,
  lastUsedAt,
  count: 3,
});

const report = (uses: readonly KeyUse[], widget = WIDGET) => reportKeys(widget, { rotations: [], uses, now: NOW });
const verdictOf = (keyId: string, uses: readonly KeyUse[] = []) => {
  const { safeToRevoke, why } = report(uses).find(({ id }) => id === keyId) ?? expect.unreachable();
  return [safeToRevoke, why];
};

test.each<[string, boolean, string, readonly KeyUse[]]>([
  ['a site used it a moment ago', false, `"${SHOP}" used it 1 minute ago.`, [use(OLD, NOW), use(NEW, NOW)]],
  ['a site used it within the hour', false, `"${SHOP}" used it 59 minutes ago.`, [use(OLD, minutesAgo(59))]],
  ['a site has not moved', false, `"${SHOP}" used it, and has not been seen`, [use(OLD, minutesAgo(61))]],
  [
    'a site went back to it',
    false,
    `"${SHOP}" used it, and has not been seen`,
    [use(OLD, minutesAgo(61)), use(NEW, minutesAgo(62))],
  ],
  [
    'only another site has moved',
    false,
    `"${SHOP}" used it, and has not been seen`,
    [use(OLD, minutesAgo(61)), use(NEW, NOW, 'https://other.example')],
  ],
  ['every site has moved', true, 'Every site that used it', [use(OLD, minutesAgo(61)), use(NEW, minutesAgo(60))]],
  ['the site that has not moved left long ago', true, 'Every site', [use(OLD, minutesAgo(60 * 24 * 8))]],
  ['nobody used it', true, 'Nobody has used it', [use(NEW, NOW)]],
])('when %s, whether it is safe to revoke the retiring key: %s', (_when, isSafe, why, uses) => {
  expect(verdictOf(OLD, uses)).toEqual([isSafe, expect.stringContaining(why)]);
});

test('an active key has to be rotated first', () => {
  expect(verdictOf(NEW)).toEqual([false, expect.stringContaining('Rotate it')]);
});

test('does not pretend to know who verifies with a signing key', () => {
  expect(verdictOf('signing-old')).toEqual([false, expect.stringContaining('Only your backends know')]);
});

test('lists uses by key, and never a secret', () => {
  const keys = report([use(OLD, minutesAgo(5)), use(NEW, NOW)]);
  expect(keys.map(({ id, state, uses }) => [id, state, uses])).toEqual([
    [OLD, 'retiring', [{ origin: SHOP, lastUsedAt: minutesAgo(5).toISOString(), count: 3 }]],
    [NEW, 'active', [{ origin: SHOP, lastUsedAt: NOW.toISOString(), count: 3 }]],
    ['signing-old', 'retiring', []],
    ['signing-new', 'active', []],
  ]);
  expect(JSON.stringify(keys)).not.toContain('sealed');
});

test('a key whose overlap is over is revoked, and so is one only its rotation tells of', () => {
  const widget = { ...WIDGET, keys: [{ publicKey: OLD, state: 'retiring', retiringUntil: NOW } as const] };
  const rotation = {
    id: 'r',
    widgetId: 'w',
    target: 'identity',
    oldKeyId: 'identity-gone',
    newKeyId: 'identity-new',
    actor: { subject: 'ann', role: 'owner' },
    reason: '',
    overlapSeconds: 0,
    rotatedAt: NOW,
    endsAt: NOW,
  } as const;
  const keys = reportKeys(widget, { rotations: [rotation], uses: [], now: NOW });
  expect(keys.map(({ id, target, state }) => [id, target, state])).toContainEqual([OLD, 'public', 'revoked']);
  expect(keys.at(-1)).toMatchObject({ id: 'identity-gone', target: 'identity', state: 'revoked', safeToRevoke: false });
});
