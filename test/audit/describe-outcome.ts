import { join } from 'node:path';
import type { IsolationReport } from './report-schema.ts';

/** What the terminal says at the end: every case that did not pass, the counts, and where the report is. */
export function describeOutcome({ subject, counts, cases, errors }: IsolationReport, directory: string): string {
  const { passed, failed, skipped, notRun } = counts;
  // From outside most cases cannot be tried; the page lists them.
  const isTold = (result: string) => result !== 'passed' && (subject.kind === 'source' || result !== 'not run');
  return [
    '',
    ...cases
      .filter(({ result }) => isTold(result))
      .flatMap(({ id, result, title, reason, attempts }) => [
        `${result}: case ${id}, ${title}${reason === undefined ? '' : ` (${reason})`}`,
        ...attempts.flatMap(({ error }) => (error === undefined ? [] : [`    ${error.split('\n')[0]}`])),
      ]),
    ...errors.map((error) => `error: ${error}`),
    `Cases: ${passed} passed, ${failed} failed, ${skipped} skipped, ${notRun} not run.`,
    `Report: ${join(directory, 'isolation-report.html')}`,
    '',
  ].join('\n');
}
