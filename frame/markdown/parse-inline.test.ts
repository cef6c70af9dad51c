import { expect, test } from 'vitest';
import { type Inline, plainText } from './inline.ts';
import { parseInline } from './parse-inline.ts';

/** The parts in a short notation, so that a table can be read. */
function show(parts: readonly Inline[]): string {
  return parts
    .map((part) => {
      if (part.type === 'text') return part.text;
      if (part.type === 'break') return '⏎';
      if (part.type === 'citation') return `⟦${part.number}⟧`;
      if (part.type === 'code') return `‹${part.text}›`;
      if (part.type === 'link') return `{${show(part.children)}→${part.href}}`;
      return `${{ strong: 'B', emphasis: 'I', strike: 'S' }[part.type]}(${show(part.children)})`;
    })
    .join('');
}

test.each([
  ['plain words', 'plain words'],
  ['**bold** and *italic*', 'B(bold) and I(italic)'],
  ['__bold__ and _italic_', 'B(bold) and I(italic)'],
  ['***both***', 'B(I(both))'],
  ['**a *b* c**', 'B(a I(b) c)'],
  ['~~gone~~ and ~here~', 'S(gone) and ~here~'],
  ['**注意：**次', 'B(注意：)次'],
  ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
  ['**open and *crossed** over*', 'B(open and *crossed) over*'],
  ['**never closed', '**never closed'],
  ['\\*no\\* \\[1\\]', '*no* [1]'],
  ['one\ntwo\\\nthree', 'one⏎two⏎three'],
  ['`a * b` and ``co`de``', '‹a * b› and ‹co`de›'],
  ['`never closed *a*', '`never closed I(a)'],
  ['yes.[1][2] a[10]', 'yes.⟦1⟧⟦2⟧ a⟦10⟧'],
  ['[100] [x] [ 1 ]', '[100] [x] [ 1 ]'],
  ['[words](https://a.example/b_(c) "title")', '{words→https://a.example/b_(c)}'],
  ['[**bold** words](https://a.example)', '{B(bold) words→https://a.example}'],
  ['[1](https://a.example)', '{1→https://a.example}'],
  ['[words](<https://a.example/b c>)', '{words→https://a.example/b c}'],
  ['[words] (https://a.example)', '[words] ({https://a.example→https://a.example})'],
  [
    'see https://a.example/b?c=1, or (https://d.example).',
    'see {https://a.example/b?c=1→https://a.example/b?c=1}, or ({https://d.example→https://d.example}).',
  ],
  [
    '<https://a.example> <mailto:me@a.example>',
    '{https://a.example→https://a.example} {mailto:me@a.example→mailto:me@a.example}',
  ],
  ['![alt](https://evil.example/x.png)', '[image: alt]'],
  ['![alt][logo] ![][logo] ![alt]', '[image: alt] [image: ] [image: alt]'],
  ['[![alt](https://evil.example/x.png)](https://a.example)', '{[image: alt]→https://a.example}'],
  ['<img src="https:evil" onerror="x()"> <b>', '<img src="https:evil" onerror="x()"> <b>'],
])('reads %j', (source, expected) => {
  expect(show(parseInline(source))).toBe(expected);
});

test.each([
  ['say **bo', 'say B(bo)'],
  ['say *it', 'say I(it)'],
  ['run `npm i', 'run ‹npm i›'],
])('takes %j for what it will be while it grows', (source, expected) => {
  expect(show(parseInline(source, { isGrowing: true }))).toBe(expected);
});

test.each([
  '*',
  '_ a',
  '**a ',
  '~~a ',
  '[',
  '![',
  '](',
  '[a](',
  '`a',
  '``',
  '<http://',
  '\\',
  '[1]',
  '[a](b "',
  '*a*',
  'https://a ',
])('keeps every word of a long line of %j, in a bounded number of parts', (piece) => {
  const source = `${piece.repeat(200_000 / piece.length)} end`;
  const parts = parseInline(source);
  expect(parts.length).toBeLessThan(10_000);
  expect(plainText(parts)).toMatch(/end$/);
});
