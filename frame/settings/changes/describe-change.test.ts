import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';
import { diffSettings } from '../../../shared/settings-change.ts';
import { describeChanges } from './describe-change.ts';
import { labelOf, routeOf } from './field-label.ts';

const described = (change: (settings: Settings) => Settings, before = DEFAULT_SETTINGS) =>
  describeChanges(diffSettings(before, change(before)));

describe('describing what changed', () => {
  test('names the primary colour before and after', () => {
    const [change] = described((s) => ({ ...s, theme: { ...s.theme, primary: '#7a00ff' } }));
    expect(change).toEqual({
      path: 'theme.primary',
      label: 'Primary colour',
      kind: 'colour',
      before: '#0059ff',
      after: '#7a00ff',
    });
  });

  test.each<[string, (settings: Settings) => Settings, string, string]>([
    ['Corner radius', (s) => ({ ...s, theme: { ...s.theme, radius: 8 } }), '20 px', '8 px'],
    ['Wallet', (s) => ({ ...s, features: { ...s.features, wallet: true } }), 'off', 'on'],
    ['Mode', (s) => ({ ...s, theme: { ...s.theme, mode: 'dark' } }), 'like the system', 'dark'],
    ['Messages a day', (s) => ({ ...s, limits: { ...s.limits, messagesPerDay: 5 } }), '10000', '5'],
  ])('says %s in its own words', (label, change, before, after) => {
    expect(described(change)).toMatchObject([{ label, kind: 'value', before, after }]);
  });

  test('says a setting of several parts as one', () => {
    const inDays = (days: number) => (s: Settings) => ({ ...s, persistence: { kind: 'days' as const, days } });
    expect(described(inDays(30))).toMatchObject([
      { path: 'persistence', before: 'as long as the browser keeps it', after: 'for 30 days' },
    ]);
    expect(described(inDays(1), inDays(30)(DEFAULT_SETTINGS))).toMatchObject([
      { path: 'persistence', before: 'for 30 days', after: 'for 1 day' },
    ]);
  });

  test('names the language of a text, and leaves its words to be compared', () => {
    const [change] = described((s) => ({ ...s, locales: { en: { ...s.locales.en, greeting: 'Good day.' } } }));
    expect(change).toMatchObject({ label: 'Greeting (English)', kind: 'text', before: 'Hello.', after: 'Good day.' });
  });

  test('shows the words of a language that is new', () => {
    const [change] = described((s) => ({
      ...s,
      locales: { ...s.locales, de: { greeting: 'Hallo.', starterQuestions: ['Wo?'] } },
    }));
    expect(change).toMatchObject({ label: 'Texts in German', kind: 'text', before: '', after: 'Hallo.\nWo?' });
  });

  test('names the sites that came and went', () => {
    const [change] = described((s) => ({ ...s, allowlist: ['https://a.example'] }));
    expect(change).toMatchObject({ label: 'Sites', kind: 'sites', added: ['https://a.example'], removed: [] });
  });
});

test.each([
  ['theme.radius', 'Corner radius', 'appearance'],
  ['locales.pt-BR.notice', 'Notice (Brazilian Portuguese)', 'texts/pt-br'],
  ['locales.en.starterQuestions.2', 'Starter questions (English)', 'texts/en'],
  ['allowlist.3', 'Sites', 'sites'],
  ['persistence.days', 'Finding a conversation again', 'limits'],
])('knows the name and the page of "%s"', (path, label, route) => {
  expect([labelOf(path), routeOf(path)]).toEqual([label, route]);
});
