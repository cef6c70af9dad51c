import * as v from 'valibot';
import { expect, test } from 'vitest';
import { parsePublicKey } from '../../shared/public-key.ts';
import { DEFAULT_SETTINGS, settingsSchema } from '../../shared/settings.ts';
import { describeField, describeIssue } from './describe-issue.ts';

function sentenceOf(schema: v.GenericSchema, value: unknown): string {
  const { issues } = v.safeParse(schema, value);
  if (issues === undefined) throw new Error('Nothing is wrong with it');
  const [issue] = issues;
  return describeField(v.getDotPath(issue) ?? '', describeIssue(issue));
}

const colour = v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/, 'a colour such as "#0059ff"'));
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(5));
const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9));
const key = v.custom((text) => parsePublicKey(text) !== undefined, 'a public key: a character is wrong');

test.each<[v.GenericSchema, unknown, string]>([
  [colour, 'red', '"a": "red" is not a colour such as "#0059ff"'],
  [colour, 5, '"a": "5" is a number, not a text'],
  [colour, null, '"a" is nothing, not a text'],
  [colour, ['#0059ff'], '"a" is a list, not a text'],
  [colour, { $ne: 1 }, '"a" is an object, not a text'],
  [v.boolean(), 'yes', '"a": "yes" is a text, not true or false'],
  [v.array(v.string()), 'x', '"a": "x" is a text, not a list'],
  [v.strictObject({}), 'x', '"a": "x" is a text, not an object'],
  [v.picklist(['light', 'dark']), 'sepia', '"a": "sepia" is none of "light", "dark"'],
  [v.literal('one'), 'two', '"a": "two" is none of "one"'],
  [name, '  ', '"a" is empty'],
  [name, 'abcdef', '"a" has "6" characters, and 5 are the most'],
  [v.pipe(v.array(v.string()), v.maxLength(1)), ['a', 'b'], '"a" has "2" entries, and 1 are the most'],
  [v.pipe(v.string(), v.maxBytes(3, 'at most 3 bytes')), 'äöü', '"a" has "6" bytes, and 3 are the most'],
  [count, 0, '"a": "0" is less than 1'],
  [count, 10, '"a": "10" is more than 9'],
  [count, 1.5, '"a": "1.5" is not a whole number'],
  [v.pipe(v.string(), v.uuid()), '1', '"a": "1" is not a UUID'],
  [v.pipe(v.string(), v.regex(/^x$/)), 'y', '"a": "y" is not of the right form'],
  [key, 'PUB_1', '"a": "PUB_1" is not a public key: a character is wrong'],
  [colour, 'x'.repeat(200), `"a": "${'x'.repeat(100)}…" is not a colour such as "#0059ff"`],
])('says what is wrong: %#', (schema, value, sentence) => {
  expect(sentenceOf(v.strictObject({ a: schema }), { a: value })).toBe(sentence);
});

test('says which fields are missing and which are not known', () => {
  const schema = v.strictObject({ a: v.string() });
  expect(sentenceOf(schema, {})).toBe('"a" is missing');
  expect(sentenceOf(schema, { a: 'x', b: 1 })).toBe('"b" is not a known field');
});

test('quotes the name where the name is wrong, and the part where the whole is', () => {
  const settings = (change: object) => ({ ...DEFAULT_SETTINGS, ...change });
  const { en } = DEFAULT_SETTINGS.locales;
  expect(sentenceOf(settingsSchema, settings({ locales: { en, EN: {} } }))).toBe(
    '"locales.EN": "EN" is not a language tag such as "en" or "pt-BR"',
  );
  expect(sentenceOf(settingsSchema, settings({ defaultLocale: 'fr' }))).toBe(
    '"defaultLocale": "fr" is not one of the languages that have texts',
  );
  expect(sentenceOf(settingsSchema, settings({ locales: { en: {} } }))).toMatch(
    /^"locales\.en\.name" is needed, because "en" is the default language$/,
  );
  const many = Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`en-a${index}x`, {}]));
  expect(sentenceOf(settingsSchema, settings({ locales: { en, ...many } }))).toBe(
    '"locales" needs at most 40 languages',
  );
});

test.each(['ticket', 'jwt', 'resume'])('does not repeat the %s', (field) => {
  const schema = v.strictObject({ [field]: v.pipe(v.string(), v.regex(/^\d+$/, 'digits')) });
  expect(sentenceOf(schema, { [field]: 'hunter2' })).toBe(`"${field}": the value is not digits`);
  expect(sentenceOf(v.strictObject({ [field]: v.number() }), { [field]: 'hunter2' })).not.toContain('hunter2');
});
