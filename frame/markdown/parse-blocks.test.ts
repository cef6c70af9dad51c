import { expect, test } from 'vitest';
import { parseBlocks } from './parse-blocks.ts';

const parse = (text: string) => parseBlocks(text.split('\n'));
const paragraph = (source: string) => ({ type: 'paragraph', source });

test('reads paragraphs, headings, rules and code', () => {
  expect(parse('# Title\nOne\ntwo\n\nthree\n***\n```js\nlet a;\n\n# no heading\n```\nend')).toEqual([
    { type: 'heading', level: 1, source: 'Title' },
    paragraph('One\ntwo'),
    paragraph('three'),
    { type: 'rule' },
    { type: 'code', text: 'let a;\n\n# no heading' },
    paragraph('end'),
  ]);
});

test('runs code that is not closed yet to the end', () => {
  expect(parse('```\nlet a;\n> b')).toEqual([{ type: 'code', text: 'let a;\n> b' }]);
});

test('reads lists inside lists, whatever the exact indentation', () => {
  const inner = { type: 'list', start: undefined, entries: [[paragraph('c')], [paragraph('d')]] };
  const expected = [{ type: 'list', start: 1, entries: [[paragraph('a')], [paragraph('b'), inner]] }];
  expect(parse('1. a\n2. b\n   - c\n   - d')).toEqual(expected);
  expect(parse('1. a\n2. b\n  - c\n  - d')).toEqual(expected);
  expect(parse('1. a\n\n2. b\n\n    - c\n    - d')).toEqual(expected);
});

test('keeps a paragraph, a code block and a line without a mark in the entry they belong to', () => {
  const [list] = parse('- a\nmore a\n\n  second\n  ```\n  code\n  ```\n- b\n\nafter');
  const code = { type: 'code', text: 'code' };
  expect(list).toEqual({
    type: 'list',
    start: undefined,
    entries: [[paragraph('a\nmore a'), paragraph('second'), code], [paragraph('b')]],
  });
});

test('begins an ordered list where it says, and another list at another mark', () => {
  expect(parse('3. c\n4. d\n- e')).toEqual([
    { type: 'list', start: 3, entries: [[paragraph('c')], [paragraph('d')]] },
    { type: 'list', start: undefined, entries: [[paragraph('e')]] },
  ]);
});

test('reads quotes inside quotes', () => {
  const inner = { type: 'quote', blocks: [paragraph('b')] };
  expect(parse('> a\n> > b\n\nc')).toEqual([{ type: 'quote', blocks: [paragraph('a'), inner] }, paragraph('c')]);
});

test('reads tables and gives every row as many cells as the header', () => {
  expect(parse('| a | b |\n|:--|--:|\n| 1 | x \\| y | 3 |\n| 2 |\nend')).toEqual([
    {
      type: 'table',
      header: ['a', 'b'],
      rows: [
        ['1', 'x | y'],
        ['2', ''],
      ],
    },
    paragraph('end'),
  ]);
});

test('takes lines with bars for a paragraph when no line of dashes follows', () => {
  expect(parse('a | b\nc | d')).toEqual([paragraph('a | b\nc | d')]);
});

test('leaves HTML as text', () => {
  expect(parse('<img src=x onerror=alert(1)>\n<script>alert(1)</script>')).toEqual([
    paragraph('<img src=x onerror=alert(1)>\n<script>alert(1)</script>'),
  ]);
});

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

test.each([
  ['quotes', `${'>'.repeat(10_000)} end`],
  ['quotes with spaces', `${'> '.repeat(10_000)}end`],
  ['quotes line by line', Array.from({ length: 200 }, (_, index) => `${'>'.repeat(index)} x`).join('\n')],
  ['lists', `${'- '.repeat(10_000)}end`],
  ['ordered lists', `${'1. '.repeat(10_000)}end`],
  ['lists in quotes', `${'> - '.repeat(10_000)}end`],
  ['indented lists', Array.from({ length: 300 }, (_, index) => `${' '.repeat(index * 2)}- x`).join('\n')],
])('nests %s to a bounded depth and keeps the words', (_, text) => {
  const blocks = parse(text);
  expect(depthOf(blocks)).toBeLessThan(40);
  expect(JSON.stringify(blocks)).toMatch(/end|x/);
});

/** Work is counted and not timed: a parser that looks again and again at a line asks for it more often. */
test.each(['- a', '> a', '```', '| a | b |', '#', '> - 1. a', '  - a', ''])(
  'looks at each of many lines of %j a bounded number of times',
  (line) => {
    const readsFor = (count: number) => {
      let reads = 0;
      const lines = new Proxy(Array<string>(count).fill(line), {
        get(target, name, receiver) {
          if (typeof name === 'string' && /^\d+$/.test(name)) reads++;
          return Reflect.get(target, name, receiver);
        },
      });
      parseBlocks(lines);
      return reads;
    };
    expect(readsFor(4_000)).toBeLessThan(readsFor(1_000) * 5);
  },
);
