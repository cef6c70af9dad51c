import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';
import { type Choice, findConflictFields, resolveConflict } from './conflict.ts';

type Change = (settings: Settings) => Settings;

const base: Settings = { ...DEFAULT_SETTINGS, allowlist: ['https://old.example', 'https://shop.example'] };
const colour =
  (primary: string): Change =>
  (s) => ({ ...s, theme: { ...s.theme, primary } });
const radius =
  (pixels: number): Change =>
  (s) => ({ ...s, theme: { ...s.theme, radius: pixels } });
const greeting =
  (text: string): Change =>
  (s) => ({ ...s, locales: { ...s.locales, en: { ...s.locales.en, greeting: text } } });
const sites =
  (...allowlist: string[]): Change =>
  (s) => ({ ...s, allowlist });
const both =
  (one: Change, other: Change): Change =>
  (s) =>
    other(one(s));

function merge(mine: Change, theirs: Change, choices: Record<string, Choice> = {}): Settings {
  const sides = { base, mine: mine(base), theirs: theirs(base) };
  return resolveConflict(sides, findConflictFields(sides), new Map(Object.entries(choices)));
}

function fields(mine: Change, theirs: Change) {
  return findConflictFields({ base, mine: mine(base), theirs: theirs(base) });
}

describe('two edits of the same settings', () => {
  test('keep both sides where they touched different things', () => {
    const merged = merge(colour('#111111'), greeting('Hi.'));
    expect(merged.theme.primary).toBe('#111111');
    expect(merged.locales.en?.greeting).toBe('Hi.');
  });

  test('name a setting that both changed before those that one changed', () => {
    const found = fields(both(radius(4), colour('#111111')), both(greeting('Hi.'), colour('#222222')));
    expect(found.map(({ path, isContested }) => [path, isContested])).toEqual([
      ['theme.primary', true],
      ['locales.en.greeting', false],
      ['theme.radius', false],
    ]);
  });

  test.each<[Choice, string]>([
    ['mine', '#111111'],
    ['theirs', '#222222'],
  ])('take %s for a setting that both changed', (choice, expected) => {
    const merged = merge(colour('#111111'), colour('#222222'), { 'theme.primary': choice });
    expect(merged.theme.primary).toBe(expected);
  });

  test('let the admin refuse what only the other changed', () => {
    expect(merge(colour('#111111'), radius(3), { 'theme.radius': 'mine' }).theme.radius).toBe(20);
  });

  test('are no question where both did the same', () => {
    expect(fields(colour('#111111'), colour('#111111'))).toEqual([]);
  });

  test('join the sites of both', () => {
    const merged = merge(
      sites('https://old.example', 'https://shop.example', 'https://mine.example'),
      sites('https://shop.example', 'https://theirs.example'),
    );
    expect(merged.allowlist).toEqual(['https://shop.example', 'https://theirs.example', 'https://mine.example']);
  });

  test('take a setting of several parts whole', () => {
    const days: Change = (s) => ({ ...s, persistence: { kind: 'days', days: 30 } });
    const tab: Change = (s) => ({ ...s, persistence: { kind: 'tab' } });
    expect(merge(days, tab, { persistence: 'mine' }).persistence).toEqual({ kind: 'days', days: 30 });
    expect(merge(days, tab, { persistence: 'theirs' }).persistence).toEqual({ kind: 'tab' });
  });

  test('ask about a whole language that one removed and the other wrote in', () => {
    const german: Change = (s) => ({ ...s, locales: { ...s.locales, de: { greeting: 'Hallo.' } } });
    const start = german(base);
    const mine = { ...start, locales: { ...start.locales, de: { greeting: 'Moin.' } } };
    const sides = { base: start, mine, theirs: base };
    const found = findConflictFields(sides);
    expect(found).toMatchObject([{ path: 'locales.de', isContested: true }]);
    expect(resolveConflict(sides, found, new Map([['locales.de', 'theirs']])).locales.de).toBeUndefined();
    expect(resolveConflict(sides, found, new Map()).locales.de).toEqual({ greeting: 'Moin.' });
  });
});
