import * as v from 'valibot';
import { expect, test } from 'vitest';
import { articleSlugSchema } from '../../../../shared/knowledge-api.ts';
import { freeSlug, slugOf } from './slug.ts';

test.each([
  ['Opening hours', 'opening-hours'],
  ['  Öffnungszeiten & Preise! ', 'offnungszeiten-preise'],
  ['Straße nach Łódź', 'strasse-nach-lodz'],
  ['Crème brûlée', 'creme-brulee'],
  ['ﬁne Ⅷ', 'fine-viii'],
  ['営業時間', 'article'],
  ['<script>alert(1)</script>', 'script-alert-1-script'],
  ['../../etc/passwd', 'etc-passwd'],
  ['\u202egpj.exe', 'gpj-exe'],
  ['unanswered', 'unanswered-questions'],
  ['', 'article'],
])('makes of %j the name %s', (title, slug) => {
  expect(slugOf(title)).toBe(slug);
});

test.each(['x'.repeat(300), `${'word '.repeat(40)}`, '-'.repeat(200), `${'a'.repeat(99)} b`])(
  'makes of every title a name that the server takes',
  (title) => {
    expect(v.is(articleSlugSchema, slugOf(title))).toBe(true);
  },
);

test('counts on from a name that is taken', () => {
  const taken = new Set(['hours', 'hours-2']);
  expect(freeSlug('prices', (slug) => taken.has(slug))).toBe('prices');
  expect(freeSlug('hours', (slug) => taken.has(slug))).toBe('hours-3');
});

test('makes room for the number in the longest name', () => {
  const longest = 'a'.repeat(100);
  const free = freeSlug(longest, (slug) => slug === longest);
  expect(free).toBe(`${'a'.repeat(98)}-2`);
  expect(v.is(articleSlugSchema, free)).toBe(true);
});
