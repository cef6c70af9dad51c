import { CASE_CATALOGUE, type IsolationCase, readCaseNumbers } from '../isolation/case-catalogue.ts';
import { CLAIMS, type ClaimId } from '../isolation/claims.ts';
import type { Evidence } from './evidence.ts';
import type { CaseResult, ClaimResult, IsolationReport, ReportedAttempt, ReportedCase } from './report-schema.ts';
import { chooseLines, summariseEvidence } from './summarise-evidence.ts';

/** One test, or one check of a deployment, after it was run. Its name says which cases it tries. */
export type Attempted = {
  readonly name: string;
  readonly file: string;
  readonly result: CaseResult;
  readonly milliseconds: number;
  readonly error?: string;
  readonly evidence: Evidence;
};

export type AuditRun = Pick<
  IsolationReport,
  'subject' | 'source' | 'startedAt' | 'endedAt' | 'environment' | 'browsersNotRun' | 'errors'
> & {
  readonly attempts: readonly Attempted[];
  /** Why a case without an attempt was not run, if the catalogue does not say it. */
  readonly notRunReason: string;
};

/** Holds what was tried against the catalogue. Evidence files are named when they are written. */
export function composeReport({ attempts, notRunReason, ...run }: AuditRun): IsolationReport {
  const isOutside = run.subject.kind === 'deployment';
  const cases = CASE_CATALOGUE.map((entry) => {
    const own = attemptsOf(entry.id, attempts);
    const reported = reportCase(entry, own, notRunReason);
    return isOutside && own.length > 0 ? { ...reported, title: titleFromOutside(own) } : reported;
  });
  return {
    schema: 'casement-isolation-report',
    version: 1,
    ...run,
    counts: {
      passed: count(cases, 'passed'),
      failed: count(cases, 'failed'),
      skipped: count(cases, 'skipped'),
      notRun: count(cases, 'not run'),
    },
    claims: Object.entries(CLAIMS).map(([id, claim]) => reportClaim({ id: id as ClaimId, ...claim }, cases)),
    cases,
  };
}

/** Of a deployment only a part of a case can be tried, so it is called by that part. */
function titleFromOutside(attempts: readonly Attempted[]): string {
  return `from outside: ${attempts.map(({ name }) => name.replace(/^(case \d+( and )?)+: /, '')).join('; ')}`;
}

/** What tries the case of this number. */
export function attemptsOf(id: number, attempts: readonly Attempted[]): Attempted[] {
  return attempts.filter(({ name }) => readCaseNumbers(name).includes(id));
}

/** Whether a reader may take the report for a success: nothing failed, nothing that has a test was left out. */
export function isClean({ subject, counts, cases, errors }: IsolationReport): boolean {
  if (counts.failed > 0 || counts.skipped > 0 || errors.length > 0) return false;
  if (subject.kind === 'deployment') return counts.passed > 0;
  return cases.every(({ id, result }) => result === 'passed' || findCase(id)?.notRun !== undefined);
}

function findCase(id: number): IsolationCase | undefined {
  return CASE_CATALOGUE.find((entry) => entry.id === id);
}

function reportCase(entry: IsolationCase, attempts: readonly Attempted[], notRunReason: string): ReportedCase {
  const { id, claims, kind, title, expected, notRun } = entry;
  const result = resultOf(attempts);
  return {
    id,
    claims: [...claims],
    kind,
    title,
    expected,
    result,
    ...(result === 'not run' && { reason: notRun ?? notRunReason }),
    observed: attempts.length === 0 ? [] : summariseEvidence(attempts),
    attempts: attempts.map(reportAttempt),
  };
}

function reportAttempt({ name, file, result, milliseconds, error, evidence }: Attempted): ReportedAttempt {
  return {
    name,
    file,
    result,
    milliseconds: Math.round(milliseconds),
    observed: chooseLines(evidence),
    ...(error !== undefined && { error }),
  };
}

function resultOf(attempts: readonly Attempted[]): CaseResult {
  const results = attempts.map(({ result }) => result);
  if (results.length === 0) return 'not run';
  if (results.includes('failed')) return 'failed';
  return results.every((result) => result === 'passed') ? 'passed' : 'skipped';
}

function reportClaim(
  claim: { readonly id: ClaimId; readonly promise: string; readonly control: string },
  cases: readonly ReportedCase[],
): IsolationReport['claims'][number] {
  const own = cases.filter(({ claims }) => claims.includes(claim.id));
  return { ...claim, result: claimResultOf(own), cases: own.map(({ id }) => id) };
}

function claimResultOf(cases: readonly ReportedCase[]): ClaimResult {
  if (count(cases, 'failed') > 0) return 'broken';
  return count(cases, 'passed') > 0 ? 'kept' : 'not tried';
}

function count(cases: readonly ReportedCase[], wanted: CaseResult): number {
  return cases.filter(({ result }) => result === wanted).length;
}
