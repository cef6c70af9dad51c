import { expect, test } from 'vitest';
import type { KeyReport } from '../../../../shared/keys-api.ts';
import { lastSeenAt, lastSeenByOrigin, trafficOf } from './site-uses.ts';

const key = (target: KeyReport['target'], uses: readonly [string, string][]): KeyReport => ({
  id: 'k',
  target,
  state: 'active',
  uses: uses.map(([origin, lastUsedAt]) => ({ origin, lastUsedAt, count: 1 })),
  safeToRevoke: false,
  why: '',
});

test('knows when a site was last seen with any public key', () => {
  const seen = lastSeenByOrigin({
    keys: [
      key('public', [['https://a.example', '2026-01-01T00:00:00.000Z']]),
      key('public', [['https://a.example', '2026-01-03T00:00:00.000Z']]),
      key('identity', [['https://a.example', '2026-01-09T00:00:00.000Z']]),
    ],
  });
  expect(lastSeenAt('https://a.example', seen)).toBe('2026-01-03T00:00:00.000Z');
  expect(lastSeenAt('https://b.example', seen)).toBeUndefined();
});

test('counts for a wildcard what is below it, and not what only looks so', () => {
  const counts = (opened: number, messages: number) => ({ opened, messages }) as never;
  const origins = [
    { origin: 'https://www.shop.example', counts: counts(3, 5) },
    { origin: 'https://shop.example', counts: counts(100, 100) },
    { origin: 'https://evilshop.example', counts: counts(100, 100) },
    { origin: '', counts: counts(100, 100) },
    { origin: 'https://a.b.shop.example', counts: counts(1, 2) },
  ];
  expect(trafficOf('https://*.shop.example', { origins })).toEqual({ opened: 4, messages: 7 });
});
