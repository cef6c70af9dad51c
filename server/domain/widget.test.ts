import { expect, test } from 'vitest';
import { createPublicKey } from '../../shared/public-key.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings.ts';
import { isLiveKey, type Widget, type WidgetKey } from './widget.ts';

const NOW = new Date('2030-01-01T12:00:00Z');
const PUBLIC_KEY = createPublicKey('c'.repeat(22));

const widgetWith = (keys: readonly WidgetKey[]): Widget => ({
  id: 'w',
  companyId: 'c',
  slug: 'main',
  version: 1,
  settings: DEFAULT_SETTINGS,
  keys,
  secretKeys: [],
  keysRevision: 0,
});

test.each([
  ['active', { state: 'active' }, true],
  ['revoked', { state: 'revoked' }, false],
  ['retiring, with time left', { state: 'retiring', retiringUntil: new Date(NOW.getTime() + 1) }, true],
  ['retiring, its time over', { state: 'retiring', retiringUntil: NOW }, false],
] as const)('a key that is %s', (_what, key, isLive) => {
  expect(isLiveKey(widgetWith([{ publicKey: PUBLIC_KEY, ...key }]), PUBLIC_KEY, NOW)).toBe(isLive);
});

test('a key of another widget is not live', () => {
  const others = widgetWith([{ publicKey: createPublicKey('d'.repeat(22)), state: 'active' }]);
  expect(isLiveKey(others, PUBLIC_KEY, NOW)).toBe(false);
});
