import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import { diffSettings, sectionsOf } from './settings-change.ts';

const A: Settings = { ...DEFAULT_SETTINGS, allowlist: ['https://a.example', 'https://b.example'] };
const ENGLISH = A.locales.en ?? {};

const diff = (change: Partial<Settings>) => diffSettings(A, { ...A, ...change });

describe('the difference of settings', () => {
  test('is nothing between the same', () => {
    expect(diffSettings(A, structuredClone(A))).toEqual([]);
  });

  test.each<[string, Partial<Settings>, unknown[]]>([
    ['a value', { theme: { ...A.theme, radius: 8 } }, [{ kind: 'value', path: 'theme.radius', before: 20, after: 8 }]],
    [
      'a language that came',
      { locales: { ...A.locales, de: { name: 'Ada' } } },
      [{ kind: 'value', path: 'locales.de', after: { name: 'Ada' } }],
    ],
    [
      'a text that came and one that went',
      { locales: { en: { ...ENGLISH, greeting: 'Hi.' } } },
      [{ kind: 'value', path: 'locales.en.greeting', before: 'Hello.', after: 'Hi.' }],
    ],
    [
      'a list, whole',
      { locales: { en: { ...ENGLISH, starterQuestions: ['Why?'] } } },
      [{ kind: 'value', path: 'locales.en.starterQuestions', before: [], after: ['Why?'] }],
    ],
    [
      'another kind of persistence',
      { persistence: { kind: 'days', days: 30 } },
      [
        { kind: 'value', path: 'persistence.kind', before: 'forever', after: 'days' },
        { kind: 'value', path: 'persistence.days', after: 30 },
      ],
    ],
    [
      'sites that came and went',
      { allowlist: ['https://b.example', 'https://c.example'] },
      [{ kind: 'sites', path: 'allowlist', added: ['https://c.example'], removed: ['https://a.example'] }],
    ],
    ['no difference in another order of sites', { allowlist: ['https://b.example', 'https://a.example'] }, []],
  ])('is %s', (_what, change, expected) => {
    expect(diff(change)).toEqual(expected);
  });

  test('names the parts it is in, once', () => {
    const changes = diff({ allowlist: [], theme: { ...A.theme, radius: 8, zIndex: 1 }, launcher: { icon: 'spark' } });
    expect(sectionsOf(changes)).toEqual(['theme', 'launcher', 'allowlist']);
  });
});
