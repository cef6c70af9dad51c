import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { CASE_CATALOGUE, readCaseNumbers } from './case-catalogue.ts';
import { CLAIMS } from './claims.ts';
import { caseRow, claimRows } from './documented-cases.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDERS = ['shared', 'loader', 'frame', 'server', 'test'];
const ITSELF = 'test/isolation/case-catalogue.test.ts';

/** By case, the files whose text names it in a string. Names made of parts are checked when `npm run audit` runs them. */
const TESTED = new Map<number, string[]>();
for (const file of FOLDERS.flatMap(listTests)) {
  const names = readFileSync(join(ROOT, file), 'utf8').match(/['"`][^'"`\n]*\bcase \d+\b/g) ?? [];
  for (const id of new Set(names.flatMap(readCaseNumbers))) TESTED.set(id, [...(TESTED.get(id) ?? []), file]);
}

function listTests(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => /\.test\.tsx?$/.test(path) && path !== ITSELF);
}

describe('the catalogue of cases', () => {
  test('gives each number once', () => {
    const ids = CASE_CATALOGUE.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  test('has a case for every promise', () => {
    const claimed = new Set(CASE_CATALOGUE.flatMap(({ claims }) => claims));
    expect([...claimed].sort()).toEqual(Object.keys(CLAIMS).sort());
  });

  test.each(CASE_CATALOGUE.filter(({ where }) => where.length > 0))('finds case $id where it says', ({ id, where }) => {
    const sources = where.map((file) => readFileSync(join(ROOT, file), 'utf8'));
    // A table of attempts may stand beside the test that makes them.
    const named = where.filter(
      (file, index) => TESTED.get(id)?.includes(file) || sources[index]?.includes('_EMBEDDERS'),
    );
    expect(named).toEqual(where);
  });

  test('knows the number that any test names', () => {
    const known = CASE_CATALOGUE.map(({ id }) => id);
    expect([...TESTED.keys()].filter((id) => !known.includes(id))).toEqual([]);
  });

  test('says why of no case that has a test', () => {
    const silent = CASE_CATALOGUE.filter(({ where, notRun }) => where.length > 0 && notRun !== undefined);
    expect(silent).toEqual([]);
  });

  test('agrees with docs/isolation.md', () => {
    const rows = readFileSync(join(ROOT, 'docs/isolation.md'), 'utf8').split('\n');
    expect(rows.filter((row) => /^\| I\d+ \|/.test(row))).toEqual(claimRows());
    const withoutFiles = (row: string) => row.split(' | ').slice(0, 3);
    const documented = rows.filter((row) => /^\| \d+ \|/.test(row));
    expect(documented.map(withoutFiles)).toEqual(CASE_CATALOGUE.map(caseRow).map(withoutFiles));
  });
});
