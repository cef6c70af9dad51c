import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Attempted, type AuditRun, composeReport, isClean } from '../../audit/compose-report.ts';
import { describeOutcome } from '../../audit/describe-outcome.ts';
import { renderPage } from '../../audit/report-page.ts';
import { IsolationReportSchema } from '../../audit/report-schema.ts';
import { writeReport } from '../../audit/write-report.ts';
import { CASE_CATALOGUE } from '../../isolation/case-catalogue.ts';

function attempt(over: Partial<Attempted> = {}): Attempted {
  return {
    name: 'case 3: evil frames the widget',
    file: 'test/isolation/refused-embedders.test.ts',
    result: 'passed',
    milliseconds: 12.4,
    evidence: {
      assertions: [
        { matcher: 'toEqual', observed: '[]', expected: ['[]'] },
        { matcher: 'toContain', observed: "'Refused.'", expected: ["'Refused'"] },
      ],
      assertionCount: 7,
      observations: [{ kind: 'exchange', text: 'GET /frame/PUB_x?o=y [referer: evil] -> 403' }],
      observationCount: 1,
    },
    ...over,
  };
}

const ALL_PASSED = CASE_CATALOGUE.filter(({ notRun }) => notRun === undefined).map(({ id }) =>
  attempt({ name: `case ${id}: tried` }),
);

function auditRun(attempts: readonly Attempted[], over: Partial<AuditRun> = {}): AuditRun {
  return {
    subject: { kind: 'source' },
    source: { version: '0.1.0', commit: 'a'.repeat(40), hasLocalChanges: false },
    startedAt: '2026-01-01T00:00:00.000Z',
    endedAt: '2026-01-01T00:03:00.000Z',
    environment: { os: 'Linux', node: 'v20', browser: { name: 'Chromium', version: '1' } },
    browsersNotRun: [{ name: 'Firefox', reason: 'nobody did' }],
    errors: [],
    attempts,
    notRunReason: 'nobody tried',
    ...over,
  };
}

const caseOf = (report: ReturnType<typeof composeReport>, id: number) => report.cases.find((one) => one.id === id);

describe('the report of an audit', () => {
  test('is clean when every case with a test passed, and says of the others why they were not run', () => {
    const report = composeReport(auditRun(ALL_PASSED));
    expect(isClean(report)).toBe(true);
    expect(report.counts).toMatchObject({ passed: ALL_PASSED.length, failed: 0, skipped: 0 });
    expect(caseOf(report, 62)).toMatchObject({ result: 'not run', reason: 'there is no wallet yet' });
    expect(report.claims.find(({ id }) => id === 'I1')).toMatchObject({ result: 'kept' });
    expect(report.claims.find(({ id }) => id === 'I9')).toMatchObject({ result: 'not tried', cases: [62, 63, 65] });
  });

  test('says what was seen of a case', () => {
    const report = composeReport(auditRun([attempt()]));
    expect(caseOf(report, 3)).toMatchObject({
      result: 'passed',
      observed: ['1 of 1 attempts went as expected; 7 assertions held', 'answers: GET 403 (once)'],
      attempts: [
        {
          milliseconds: 12,
          observed: ['GET /frame/PUB_x?o=y [referer: evil] -> 403', `'Refused.' toContain 'Refused'`],
        },
      ],
    });
  });

  test('counts an attempt for every case its name says', () => {
    const report = composeReport(auditRun([attempt({ name: 'case 9 and case 56: locked' })]));
    expect([9, 56].map((id) => caseOf(report, id)?.result)).toEqual(['passed', 'passed']);
  });

  test.each<[string, Attempted[], Partial<AuditRun>]>([
    ['one attempt of many failed', [...ALL_PASSED, attempt({ result: 'failed', error: 'It was shown' })], {}],
    ['one attempt of many was skipped', [...ALL_PASSED, attempt({ result: 'skipped' })], {}],
    ['a case that has a test was not run', ALL_PASSED.filter(({ name }) => name !== 'case 3: tried'), {}],
    ['the run had errors of its own', ALL_PASSED, { errors: ['The worker died'] }],
    [
      'nothing was tried on a deployment',
      [],
      { subject: { kind: 'deployment', target: 'https://w.example', key: 'PUB_x' } },
    ],
  ])('is not clean when %s', (_what, attempts, over) => {
    expect(isClean(composeReport(auditRun(attempts, over)))).toBe(false);
  });

  test('of a deployment is clean with what can be tried from outside', () => {
    const subject = { kind: 'deployment', target: 'https://w.example', key: 'PUB_x' } as const;
    const report = composeReport(auditRun([attempt()], { subject }));
    expect(isClean(report)).toBe(true);
    expect(caseOf(report, 3)).toMatchObject({ result: 'passed', title: 'from outside: evil frames the widget' });
    expect(caseOf(report, 24)).toMatchObject({ result: 'not run', reason: 'nobody tried' });
  });

  test('breaks every promise of a case that failed, and the terminal tells why', () => {
    const report = composeReport(auditRun([attempt({ result: 'failed', error: 'It was shown\nat line 3' })]));
    expect(report.claims.filter(({ result }) => result === 'broken').map(({ id }) => id)).toEqual(['I1', 'I12']);
    const words = describeOutcome(report, '/tmp/audit');
    expect(words).toContain('failed: case 3, it claims to be a listed site\n    It was shown\n');
    expect(words).toContain('/tmp/audit/isolation-report.html');
  });
});

describe('the page', () => {
  test('shows what failed opened, and lets no text become markup', () => {
    const name = 'case 3: <img src=x onerror=alert(1)> "quoted"';
    const page = renderPage(
      composeReport(auditRun([attempt({ name, result: 'failed', error: '</pre><script>x</script>' })])),
    );
    expect(page).toContain('Broken: I1, I12.');
    expect(page).toContain('id="case-3" open');
    expect(page).not.toMatch(/<script|<img/);
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt; &quot;quoted&quot;');
  });

  test('needs nothing from anywhere', () => {
    const page = renderPage(composeReport(auditRun(ALL_PASSED)));
    expect(page).toContain(`default-src 'none'; style-src 'sha256-`);
    expect(page).not.toMatch(/https?:\/\/|url\(|@import/);
  });
});

describe('the files of a report', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'casement-report-'));
    return () => rm(directory, { recursive: true, force: true });
  });
  afterEach(async () => {
    expect(await readdir(directory)).toEqual(['evidence', 'isolation-report.html', 'isolation-report.json']);
  });

  test('are what the schema says, and leave nothing of an earlier report', async () => {
    await writeReport(directory, composeReport(auditRun(ALL_PASSED)), ALL_PASSED);
    await writeFile(join(directory, 'evidence', 'old.json'), '{}');
    const attempts = [attempt()];
    const written = await writeReport(directory, composeReport(auditRun(attempts)), attempts);
    expect(await readdir(join(directory, 'evidence'))).toEqual(['case-03.json']);
    const read = JSON.parse(await readFile(join(directory, 'isolation-report.json'), 'utf8'));
    expect(v.parse(IsolationReportSchema, read)).toEqual(written);
    expect(written.cases.find(({ id }) => id === 3)?.evidence).toMatchObject({ file: 'evidence/case-03.json' });
  });
});
