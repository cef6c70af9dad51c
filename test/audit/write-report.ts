import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { type Attempted, attemptsOf } from './compose-report.ts';
import { renderPage } from './report-page.ts';
import { type IsolationReport, IsolationReportSchema } from './report-schema.ts';

/**
 * Writes into `directory`, in place of an earlier report: one evidence file for each case that was tried,
 * `isolation-report.json` with their digests, and `isolation-report.html`. Answers the report as it was written.
 */
export async function writeReport(
  directory: string,
  report: IsolationReport,
  attempts: readonly Attempted[],
): Promise<IsolationReport> {
  await rm(join(directory, 'evidence'), { recursive: true, force: true });
  await mkdir(join(directory, 'evidence'), { recursive: true });
  const cases = await Promise.all(
    report.cases.map(async (reported) => {
      const own = attemptsOf(reported.id, attempts);
      return own.length === 0 ? reported : { ...reported, evidence: await writeEvidence(directory, reported.id, own) };
    }),
  );
  const written = v.parse(IsolationReportSchema, { ...report, cases });
  await writeFile(join(directory, 'isolation-report.json'), `${JSON.stringify(written, null, 2)}\n`);
  await writeFile(join(directory, 'isolation-report.html'), renderPage(written));
  return written;
}

async function writeEvidence(directory: string, id: number, attempts: readonly Attempted[]) {
  const file = `evidence/case-${String(id).padStart(2, '0')}.json`;
  const bytes = Buffer.from(`${JSON.stringify(attempts, null, 1)}\n`);
  await writeFile(join(directory, file), bytes);
  return { file, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
}
