import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { startVitest, type TestCase, type TestModule } from 'vitest/node';
import { CASE_CATALOGUE, readCaseNumbers } from '../isolation/case-catalogue.ts';
import type { Attempted } from './compose-report.ts';
import type { CaseResult } from './report-schema.ts';

const NO_EVIDENCE = { assertions: [], assertionCount: 0, observations: [], observationCount: 0 };

export type CasesRun = { readonly attempts: readonly Attempted[]; readonly errors: readonly string[] };

/**
 * Runs every test of the repository whose name says a case, with the recorder on, and reports progress on the terminal.
 * Of a file that could not be run, each case that the catalogue says is in it counts as failed.
 */
export async function runCases(root: string): Promise<CasesRun> {
  const files = [...new Set(CASE_CATALOGUE.flatMap(({ where }) => where))];
  const vitest = await startVitest('test', files, {
    root,
    config: 'vitest.audit.config.ts',
    testNamePattern: String.raw`\bcase \d+\b`,
    watch: false,
    reporters: ['default'],
  });
  const modules = vitest.state.getTestModules();
  const errors = vitest.state.getUnhandledErrors().map(describeError);
  await vitest.close();
  // The tests' failures are the report's to tell, by its own exit code.
  process.exitCode = 0;
  return { attempts: modules.flatMap((module) => readModule(module, root)), errors };
}

function readModule(module: TestModule, root: string): Attempted[] {
  const file = relative(root, module.moduleId).replaceAll('\\', '/');
  const tests = [...module.children.allTests()].filter(({ fullName }) => readCaseNumbers(fullName).length > 0);
  const errors = [...module.errors(), ...[...module.children.allSuites()].flatMap((suite) => suite.errors())];
  return [...tests.map((test) => readTest(test, file)), ...failuresOfFile(file, errors.map(describeError))];
}

function readTest(test: TestCase, file: string): Attempted {
  const { state, errors } = test.result();
  return {
    name: test.fullName,
    file,
    result: RESULTS[state],
    milliseconds: test.diagnostic()?.duration ?? 0,
    evidence: test.meta().evidence ?? NO_EVIDENCE,
    ...(errors !== undefined && errors.length > 0 && { error: errors.map(describeError).join('\n') }),
  };
}

const RESULTS: Readonly<Record<ReturnType<TestCase['result']>['state'], CaseResult>> = {
  passed: 'passed',
  failed: 'failed',
  skipped: 'skipped',
  pending: 'failed',
};

function failuresOfFile(file: string, errors: readonly string[]): Attempted[] {
  if (errors.length === 0) return [];
  return CASE_CATALOGUE.filter(({ where }) => where.includes(file)).map(({ id }) => ({
    name: `case ${id}: ${file} could not be run`,
    file,
    result: 'failed',
    milliseconds: 0,
    error: errors.join('\n'),
    evidence: NO_EVIDENCE,
  }));
}

function describeError(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { message, diff } = error as { readonly message?: string; readonly diff?: string };
  return stripVTControlCharacters([message ?? String(error), diff].filter(Boolean).join('\n'));
}
