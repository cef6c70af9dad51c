import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { configurationSchema } from './configuration.ts';
import { closestLocale, configurationOf, DEFAULT_SETTINGS, type Settings, settingsSchema } from './settings.ts';

const ENGLISH = DEFAULT_SETTINGS.locales.en ?? expect.fail('no English');
const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  locales: {
    en: { ...ENGLISH, starterQuestions: ['Where is my order?'] },
    de: { greeting: 'Guten Tag.' },
    'pt-BR': { greeting: 'Bom dia.', starterQuestions: [] },
  },
};

test('what a widget is born with can be saved, and admits nobody', () => {
  expect(v.parse(settingsSchema, DEFAULT_SETTINGS)).toEqual(DEFAULT_SETTINGS);
  expect(DEFAULT_SETTINGS.allowlist).toEqual([]);
  expect(DEFAULT_SETTINGS.theme.primary).toBe('#0059ff');
});

describe('a configuration', () => {
  test('has the texts of its language and the missing ones of the default language', () => {
    const configuration = configurationOf(SETTINGS, 7, 'de');
    expect(v.parse(configurationSchema, configuration)).toEqual(configuration);
    expect(configuration).toMatchObject({
      version: 7,
      locale: 'de',
      texts: {
        ...Object.fromEntries(Object.entries(ENGLISH).filter(([key]) => key !== 'starterQuestions')),
        greeting: 'Guten Tag.',
      },
      starterQuestions: ['Where is my order?'],
    });
  });

  test('has no starter questions where a language wants none', () => {
    expect(configurationOf(SETTINGS, 1, 'pt-BR').starterQuestions).toEqual([]);
  });

  test('tells nobody the sites, the limits or the instructions', () => {
    expect(Object.keys(configurationOf(SETTINGS, 1, 'en')).sort()).toEqual(
      ['features', 'launcherIcon', 'locale', 'starterQuestions', 'texts', 'theme', 'version'].sort(),
    );
  });
});

describe('the language', () => {
  test.each([
    ['the same', ['de'], 'de'],
    ['the same in other letters', ['PT-br'], 'pt-BR'],
    ['a shorter one', ['de-AT'], 'de'],
    ['a shorter one by two', ['de-Latn-AT'], 'de'],
    ['the next that fits', ['fr', 'nl', 'de-CH', 'en'], 'de'],
    ['no longer one', ['pt'], 'en'],
    ['the default for anything', ['*'], 'en'],
    ['the default for nothing', [], 'en'],
    ['the default for what is no tag', ['', '-', '__proto__', 'constructor'], 'en'],
  ])('is %s', (_what, wanted, locale) => {
    expect(closestLocale(SETTINGS, wanted)).toBe(locale);
  });
});

describe('the schema refuses', () => {
  test.each<[string, object]>([
    ['a persistence of no days', { persistence: { kind: 'days', days: 0 } }],
    ['days where there are none', { persistence: { kind: 'tab', days: 3 } }],
    ['a temperature of 3', { assistant: { instructions: '', temperature: 3 } }],
    ['half a message a minute', { limits: { messagesPerMinute: 0.5, messagesPerDay: 1 } }],
    [
      '41 languages',
      {
        locales: Object.fromEntries(
          Array.from({ length: 41 }, (_, index) => [
            `a${String.fromCharCode(97 + (index % 26))}${index < 26 ? 'a' : 'b'}`,
            ENGLISH,
          ]),
        ),
      },
    ],
    ['a language twice', { locales: { en: ENGLISH, 'pt-BR': {}, 'pt-br': {} } }],
    ['a typeface from elsewhere', { theme: { ...DEFAULT_SETTINGS.theme, font: 'url(https://evil.example)' } }],
    ['half a character', { assistant: { instructions: '\ud800', temperature: 0 } }],
    ['a wide wildcard', { allowlist: ['https://*.com:1'] }],
    ['a part that is not there', { secret: 1 }],
  ])('%s', (_what, change) => {
    expect(v.safeParse(settingsSchema, { ...DEFAULT_SETTINGS, ...change }).success).toBe(false);
  });
});
