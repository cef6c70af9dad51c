import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { release, type } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../support/browser.ts';
import type { IsolationReport } from './report-schema.ts';

/** Named in every report, so that nobody takes silence for a pass. */
export const BROWSERS_NOT_RUN: IsolationReport['browsersNotRun'] = [
  { name: 'Firefox', reason: 'the suite drives Chromium only' },
  { name: 'WebKit (Safari)', reason: 'the suite drives Chromium only' },
];

/** The machine and the browser that the cases run in, which is started once to ask its version. */
export async function describeEnvironment(): Promise<IsolationReport['environment']> {
  const browser = await launchBrowser();
  const version = browser.version();
  await browser.close();
  return {
    os: `${type()} ${release()} ${process.arch}`,
    node: process.version,
    browser: { name: 'Chromium', version },
  };
}

/** Version and commit of this repository; of an unpacked archive the commit is `unknown`. */
export function describeSource(root: string): IsolationReport['source'] {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const commit = askGit(root, 'rev-parse', 'HEAD');
  if (commit === undefined) return { version, commit: 'unknown', hasLocalChanges: false };
  return { version, commit, hasLocalChanges: askGit(root, 'status', '--porcelain') !== '' };
}

function askGit(root: string, ...words: string[]): string | undefined {
  try {
    return execFileSync('git', words, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
