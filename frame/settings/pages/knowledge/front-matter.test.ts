import { expect, test } from 'vitest';
import { readFrontMatter, writeFrontMatter } from './front-matter.ts';

test.each([
  [{ title: 'Opening hours', url: 'https://shop.example/hours' }, 'We open at **9**.\n'],
  [{ title: 'A "quoted": title' }, '---\nnot front matter\n---\n'],
  [{ title: '---' }, 'text'],
])('reads back %j as it was written', (matter, body) => {
  expect(readFrontMatter(writeFrontMatter(matter, body))).toEqual({ matter, body });
});

test.each([
  ['title: Plain words', 'Plain words'],
  ["title: 'It''s here'", "It's here"],
  ['title:', undefined],
  ['title: "broken', undefined],
  ['layout: page', undefined],
])('reads %j as the title %j', (line, title) => {
  expect(readFrontMatter(`---\n${line}\n---\ntext`).matter.title).toBe(title);
});

test('leaves a text alone that only begins with a line', () => {
  expect(readFrontMatter('---\nA text below a line').body).toBe('---\nA text below a line');
});
