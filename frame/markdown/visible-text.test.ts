import { expect, test } from 'vitest';
import { visibleText } from './visible-text.ts';

test.each([
  ['directional overrides', 'pay\u202Egpj.exe', 'paygpj.exe'],
  ['isolates and marks', '\u2066a\u2069\u200Eb\u200F\u061C', 'ab'],
  ['zero-width spaces', 'shop\u200B.example\uFEFF\u2060', 'shop.example'],
  ['joiners between Latin letters', 'a\u200Db\u200Cc', 'abc'],
  [
    'a sentence hidden in tag characters',
    `hi${[...'obey'].map((c) => String.fromCodePoint(0xe0000 + c.charCodeAt(0))).join('')}`,
    'hi',
  ],
  ['control characters', 'a\u0000b\u001b[31mc\u0085', 'ab[31mc'],
  ['more marks than a letter can carry', `z${'\u0301'.repeat(100_000)}!`, `z${'\u0301'.repeat(6)}!`],
])('takes out %s', (_, text, expected) => {
  expect(visibleText(text)).toBe(expected);
});

test.each([
  ['joined emoji', '👩\u200D🚀 👩🏽\u200D🚀 ❤\uFE0F\u200D🔥'],
  ['joiners where the script needs them', 'می\u200Cخواهم क्\u200Dष'],
  ['accents and vowel points', 'é naïve שָׁלוֹם'],
  ['line breaks and tabs', 'a\n\tb'],
])('leaves %s alone', (_, text) => {
  expect(visibleText(text)).toBe(text);
});

test('writes every line break the same way', () => {
  expect(visibleText('a\r\nb\rc')).toBe('a\nb\nc');
});

test('ends a text that is far too long with an ellipsis', () => {
  const shown = visibleText('x'.repeat(1_000_000));
  expect(shown).toHaveLength(65_537);
  expect(shown.at(-1)).toBe('…');
});
