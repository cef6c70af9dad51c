import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';
import { previewConfiguration } from './preview-configuration.ts';

const german: Settings = {
  ...DEFAULT_SETTINGS,
  locales: { ...DEFAULT_SETTINGS.locales, 'de-CH': { greeting: 'Grüezi.' } },
};
const asItIs = { locale: '', mode: undefined };

test('shows the default language unless another one is being edited', () => {
  expect(previewConfiguration(german, asItIs)?.texts.greeting).toBe('Hello.');
  expect(previewConfiguration(german, { ...asItIs, locale: 'de-ch' })?.texts).toMatchObject({
    greeting: 'Grüezi.',
    name: 'Assistant',
  });
});

test('shows the other mode where that is wanted', () => {
  expect(previewConfiguration(german, { locale: '', mode: 'dark' })?.theme.mode).toBe('dark');
  expect(previewConfiguration(german, asItIs)?.theme.mode).toBe('auto');
});

test('shows nothing of what breaks its rule', () => {
  const theme = { ...german.theme, primary: '#12' };
  expect(previewConfiguration({ ...german, theme }, asItIs)).toBeUndefined();
  const en = { ...german.locales.en, name: '' };
  expect(previewConfiguration({ ...german, locales: { en } }, asItIs)).toBeUndefined();
});
