import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { readLeftDraft } from './left-draft.ts';

const savedAt = '2026-03-12T14:02:00.000Z';
const read = (settings: Record<string, unknown>) =>
  readLeftDraft({ baseVersion: 3, savedAt, settings }, DEFAULT_SETTINGS);

describe('a draft that was left', () => {
  test('goes on where it was left', () => {
    const theme = { ...DEFAULT_SETTINGS.theme, primary: '#7a00ff' };
    expect(read({ ...DEFAULT_SETTINGS, theme })).toEqual({
      settings: { ...DEFAULT_SETTINGS, theme },
      base: { settings: DEFAULT_SETTINGS, version: 3 },
      savedAt,
      count: 1,
    });
  });

  test('is none if it changes nothing', () => {
    expect(read({ ...DEFAULT_SETTINGS })).toBeUndefined();
  });

  test('has a number that was none again as none', () => {
    const left = read({ ...DEFAULT_SETTINGS, theme: { ...DEFAULT_SETTINGS.theme, radius: null } });
    expect(left?.settings.theme.radius).toBeNaN();
  });

  test.each<[string, Record<string, unknown>]>([
    ['a section that is no section', { theme: 'red', limits: [], allowlist: {} }],
    ['a section that is not there', {}],
    ['fields of another kind', { theme: { primary: 7, radius: '3' } }],
    ['sections that nobody knows', { ...DEFAULT_SETTINGS, hacked: true }],
  ])('leaves out %s', (_, settings) => {
    expect(read(settings)).toBeUndefined();
  });
});
