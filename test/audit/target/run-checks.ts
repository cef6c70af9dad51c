import type { Browser } from 'playwright-core';
import type { Attempted } from '../compose-report.ts';
import { API_CHECKS } from './api-checks.ts';
import { browserChecks } from './browser-checks.ts';
import { FRAME_CHECKS } from './frame-checks.ts';
import { checksOfListedSite } from './listed-site-checks.ts';
import { LOADER_CHECKS } from './loader-checks.ts';
import { type Check, createProbe, type Deployment } from './probe.ts';

/** Tries everything that can be tried on a deployment from outside, one after the other. */
export async function runChecks(deployment: Deployment, browser: Browser): Promise<Attempted[]> {
  const { listedSite } = deployment;
  const checks = [
    ...LOADER_CHECKS,
    ...FRAME_CHECKS,
    ...(listedSite === undefined ? [] : checksOfListedSite(listedSite)),
    ...API_CHECKS,
    ...browserChecks(browser),
  ];
  const attempts: Attempted[] = [];
  for (const check of checks) attempts.push(await runCheck(deployment, check));
  return attempts;
}

async function runCheck(deployment: Deployment, { name, run }: Check): Promise<Attempted> {
  const probe = createProbe(deployment);
  const startedAt = performance.now();
  const failure = await run(probe).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return {
    name,
    file: 'test/audit/target',
    result: failure === undefined ? 'passed' : 'failed',
    milliseconds: performance.now() - startedAt,
    ...(failure !== undefined && { error: failure }),
    evidence: probe.evidence(),
  };
}
