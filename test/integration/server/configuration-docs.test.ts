import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { variablesSchema } from '../../../server/config-variables.ts';

const read = (path: string) => readFile(new URL(`../../../${path}`, import.meta.url), 'utf8');
const namesIn = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name).sort();
const VARIABLES = Object.keys(variablesSchema.entries).sort();

test('the table of the guide has every variable the server reads, and no other', async () => {
  const [, table = ''] = /\n## Variables\n(.*?)\n## /s.exec(await read('docs/configuration.md')) ?? [];
  expect(namesIn(table, /^\| `([A-Z_]+)` \|/gm)).toEqual(VARIABLES);
});

test('.env.example has every variable the server reads, and no other', async () => {
  expect(namesIn(await read('.env.example'), /^# ([A-Z_]+)=/gm)).toEqual(VARIABLES);
});
