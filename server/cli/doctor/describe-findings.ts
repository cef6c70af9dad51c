import { type Finding, SEVERITIES, type Severity } from './finding.ts';

export type Counted = Readonly<Record<Severity, number>>;

export function countFindings(findings: readonly Finding[]): Counted {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  return { error: count('error'), warning: count('warning'), note: count('note') };
}

/** What was found in words, and one line that sums it up. */
export function describeFindings(findings: readonly Finding[]): string {
  const described = findings.map(
    ({ severity, code, message, cure }) => `${severity.padEnd(7)}  ${code}\n  ${message}.\n  Cure: ${cure}\n`,
  );
  const counted = countFindings(findings);
  const parts = SEVERITIES.filter((severity) => counted[severity] > 0).map(
    (severity) => `${counted[severity]} ${severity}${counted[severity] === 1 ? '' : 's'}`,
  );
  return [...described, parts.length === 0 ? 'Nothing to cure.' : `${parts.join(', ')}.`, ''].join('\n');
}
