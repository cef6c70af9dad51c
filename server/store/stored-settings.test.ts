import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../shared/settings.ts';
import { parseStoredSettings } from './stored-settings.ts';

const {
  persistence: _p,
  retention: _r,
  theme: { font: _f, ...themeWithoutFont },
  ...rest
} = DEFAULT_SETTINGS;

test('reads settings of this release as they are', () => {
  const settings = { ...DEFAULT_SETTINGS, persistence: { kind: 'days', days: 30 }, allowlist: ['https://a.example'] };
  expect(parseStoredSettings(settings)).toEqual(settings);
});

test('fills what an earlier release did not know, and leaves the rest', () => {
  const { consent: _c, ...texts } = { ...DEFAULT_SETTINGS.locales.en, name: 'Ada' };
  const stored = {
    ...rest,
    theme: { ...themeWithoutFont, primary: '#7a00ff' },
    locales: { en: texts, de: { name: 'Eda' } },
  };
  expect(parseStoredSettings(stored)).toEqual({
    ...DEFAULT_SETTINGS,
    theme: { ...DEFAULT_SETTINGS.theme, primary: '#7a00ff' },
    locales: { en: { ...DEFAULT_SETTINGS.locales.en, name: 'Ada' }, de: { name: 'Eda' } },
  });
});

test.each([[null], ['text'], [[]], [{ theme: 'dark' }], [{ ...DEFAULT_SETTINGS, allowlist: ['*'] }]])(
  'does not take %j for settings',
  (stored) => {
    expect(() => parseStoredSettings(stored)).toThrow();
  },
);
