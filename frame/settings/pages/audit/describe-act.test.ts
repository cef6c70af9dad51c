import { expect, test } from 'vitest';
import { describeAct } from './describe-act.ts';

test.each([
  ['settings-saved', { settingsVersion: 3, sections: ['theme', 'allowlist'] }, 'Version 3: Appearance, Sites'],
  ['settings-restored', { settingsVersion: 4, restoredFrom: 2 }, 'Version 2 as version 4'],
  ['key-rotated', { target: 'public', overlapSeconds: 60, reason: '' }, 'target: public, overlap seconds: 60'],
  ['article-deleted', { slug: 'opening-hours' }, 'slug: opening-hours'],
] as const)('says %s %j as "%s"', (act, details, line) => {
  expect(describeAct({ act, details })).toBe(line);
});
