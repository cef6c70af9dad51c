import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { CASE_CATALOGUE, readCaseNumbers } from './case-catalogue.ts';
import { CLAIMS } from './claims.ts';
import { caseRow, claimRows } from './documented-cases.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDERS = ['shared', 'loader', 'frame', 'server', 'test'];
/** Tests of the catalogue and of the report, which name cases and try none. */
const ABOUT_CASES = ['test/isolation/case-catalogue.test.ts', 'test/integration/audit/report.test.ts'];
/** The attempts of a test that stand in a file of their own. */
const TABLES: Readonly<Record<string, string>> = {
  'test/isolation/refused-embedders.test.ts': 'test/isolation/hostile-embedders.ts',
};

/** By case, the files of the tests that name it in a string. */
const TESTED = new Map<number, string[]>();
for (const file of FOLDERS.flatMap(listTests)) {
  const texts = [file, TABLES[file]].map((path) => (path === undefined ? '' : readFileSync(join(ROOT, path), 'utf8')));
  const names = texts.join('\n').match(/['"`][^'"`\n]*\bcase \d+\b/g) ?? [];
  for (const id of new Set(names.flatMap(readCaseNumbers))) TESTED.set(id, [...(TESTED.get(id) ?? []), file]);
}

function listTests(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => /\.test\.tsx?$/.test(path) && !ABOUT_CASES.includes(path));
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

  test.each(CASE_CATALOGUE)('names the files that test case $id, and no others', ({ id, where }) => {
    expect([...where].sort()).toEqual((TESTED.get(id) ?? []).sort());
  });

  test('knows the number that any test names', () => {
    const known = CASE_CATALOGUE.map(({ id }) => id);
    expect([...TESTED.keys()].filter((id) => !known.includes(id))).toEqual([]);
  });

  test('has a test of each case, or says why not', () => {
    const undecided = CASE_CATALOGUE.filter(({ where, notRun }) => where.length > 0 === (notRun !== undefined));
    expect(undecided.map(({ id }) => id)).toEqual([]);
  });

  test('agrees with docs/isolation.md', () => {
    const rows = readFileSync(join(ROOT, 'docs/isolation.md'), 'utf8').split('\n');
    expect(rows.filter((row) => /^\| I\d+ \|/.test(row))).toEqual(claimRows());
    expect(rows.filter((row) => /^\| \d+ \|/.test(row))).toEqual(CASE_CATALOGUE.map(caseRow));
  });
});
