import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { TAGS } from '../../../server/openapi/operation.ts';
import { ALL_OPERATIONS } from '../../../server/openapi/operations/all-operations.ts';

const page = await readFile(new URL('../../../docs/api.md', import.meta.url), 'utf8');
const [, ...sections] = page.split('\n### ');

/** The table of a section as the page has to have it. */
function tableOf(tag: string): readonly string[] {
  return Object.entries(ALL_OPERATIONS)
    .filter(([, doc]) => doc.tag === tag)
    .map(([route, { summary }]) => `| \`${route.replaceAll(/:(\w+)/g, '{$1}')}\` | ${summary} |`);
}

test('the page has a section for each kind of operation, in order', () => {
  expect(sections.map((section) => section.split('\n', 1)[0])).toEqual(Object.keys(TAGS));
});

test.each(Object.entries(TAGS))('the section "%s" lists its operations', (tag, sentence) => {
  const section = sections.find((text) => text.startsWith(`${tag}\n`)) ?? '';
  expect(section).toContain(sentence);
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  expect([...rows].sort(), 'docs/api.md has to have these rows').toEqual([...tableOf(tag)].sort());
});
