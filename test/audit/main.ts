import { launchBrowser } from '../support/browser.ts';
import { type AuditRun, composeReport, isClean } from './compose-report.ts';
import { BROWSERS_NOT_RUN, describeEnvironment, describeSource } from './describe-machine.ts';
import { describeOutcome } from './describe-outcome.ts';
import { runCases } from './run-cases.ts';
import { type DeploymentWords, readDeployment } from './target/read-deployment.ts';
import { runChecks } from './target/run-checks.ts';
import { writeReport } from './write-report.ts';

type Places = {
  /** The repository. */
  readonly root: string;
  /** Where the report goes. */
  readonly directory: string;
};

/** Audits the source: runs every test of a case, writes the report, answers the exit code. */
export async function auditSource({ root, directory }: Places): Promise<number> {
  const environment = await describeEnvironment();
  const startedAt = new Date().toISOString();
  const { attempts, errors } = await runCases(root);
  return finish(directory, {
    subject: { kind: 'source' },
    source: describeSource(root),
    startedAt,
    endedAt: new Date().toISOString(),
    environment,
    browsersNotRun: BROWSERS_NOT_RUN,
    errors: [...errors],
    attempts,
    notRunReason: 'no test tries it yet',
  });
}

/** Audits a deployment from outside in the same way. Throws a TypeError if the words do not name one. */
export async function auditDeployment({ root, directory }: Places, words: DeploymentWords): Promise<number> {
  const deployment = readDeployment(words);
  const { target, key, listedSite } = deployment;
  const environment = await describeEnvironment();
  const startedAt = new Date().toISOString();
  const browser = await launchBrowser();
  const attempts = await runChecks(deployment, browser).finally(() => browser.close());
  return finish(directory, {
    subject: { kind: 'deployment', target, key, ...(listedSite !== undefined && { origin: listedSite }) },
    source: describeSource(root),
    startedAt,
    endedAt: new Date().toISOString(),
    environment,
    browsersNotRun: BROWSERS_NOT_RUN,
    errors: [],
    attempts,
    notRunReason: 'cannot be tried from outside, or needs --origin; `npm run audit` tries it on the source',
  });
}

async function finish(directory: string, run: AuditRun): Promise<number> {
  const report = await writeReport(directory, composeReport(run), run.attempts);
  process.stdout.write(describeOutcome(report, directory));
  return isClean(report) ? 0 : 1;
}
