import { expect, test } from 'vitest';
import { describeAct } from './describe-act.ts';

test.each([
  ['settings-saved', { settingsVersion: 3, sections: ['theme', 'allowlist'] }, 'Version 3: Appearance, Sites'],
  ['settings-restored', { settingsVersion: 4, restoredFrom: 2 }, 'Version 2 as version 4'],
  ['widget-created', { slug: 'main' }, '“main”'],
  ['key-rotated', { target: 'public', overlapSeconds: 60, reason: '' }, 'Public key, 60 seconds of overlap'],
  ['key-rotated', { target: 'identity', overlapSeconds: 3_600 }, 'Identity key, 1 hour of overlap'],
  ['key-rotated', { target: 'signing', overlapSeconds: 0, reason: 'Leaked' }, 'Signing key, without overlap: Leaked'],
  ['key-rotated', { target: 'public', overlapSeconds: 86_400 }, 'Public key, 24 hours of overlap'],
  ['key-revoked', { target: 'public', keyId: 'PUB_x' }, 'Public key'],
  ['article-saved', { slug: 'hours', title: 'Opening hours', bytes: 9 }, '“Opening hours” (hours)'],
  ['article-deleted', { slug: 'hours', title: 'Opening hours' }, '“Opening hours” (hours)'],
] as const)('says %s %j as "%s"', (act, details, line) => {
  expect(describeAct({ act, details })).toBe(line);
});
