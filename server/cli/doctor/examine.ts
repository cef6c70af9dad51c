import { type Config, type InspectedConfig, inspectConfig } from '../../config.ts';
import { checkDeployment } from './check-deployment.ts';
import { checkOrigins } from './check-origins.ts';
import { checkProduction } from './check-production.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkSites } from './check-sites.ts';
import { type Finding, SEVERITIES } from './finding.ts';
import { type ReadSites, readSites } from './read-sites.ts';

export type Examination = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether the server and the store are asked, or only the variables looked at. */
  readonly reach: 'everything' | 'variables';
  readonly embeddedDbEntry: string;
};

/** Everything there is to say about an installation, errors first. Nothing is changed by looking. */
export async function examine({ environment, reach, embeddedDbEntry }: Examination): Promise<readonly Finding[]> {
  const facts = inspectConfig(environment);
  const known = [...checkSecrets(facts), ...checkOrigins(facts), ...checkProduction(facts)];
  const findings = [...known, ...findUnnamed(facts, known)];
  if (reach === 'everything') {
    findings.push(...(await checkDeployment(facts)), ...(await checkStore(facts, embeddedDbEntry)));
  } else {
    findings.push(NOT_ASKED);
  }
  return SEVERITIES.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}

const NOT_ASKED: Finding = {
  code: 'NOT_ASKED',
  severity: 'note',
  message: 'Only the variables were looked at, because of "--offline"',
  cure: 'Leave --offline out to ask the running server and look at the stored sites',
};

async function checkStore(facts: { readonly config: Config }, embeddedDbEntry: string): Promise<readonly Finding[]> {
  const read: ReadSites = await readSites(facts.config, embeddedDbEntry);
  if ('widgets' in read) return checkSites(read.widgets, facts);
  const message = `The sites of the stored widgets were not looked at. ${read.why}`;
  return [{ code: 'STORE_NOT_READ', severity: 'note', message, cure: read.cure }];
}

/** What keeps the server from starting, or makes it warn, and no check has a name for. */
function findUnnamed({ problems, warnings }: InspectedConfig, known: readonly Finding[]): readonly Finding[] {
  const isNamed = (line: string) => known.some(({ variable }) => variable !== undefined && startsWith(line, variable));
  const cure = 'docs/configuration.md says what each variable has to be';
  return [
    ...problems
      .filter((line) => !isNamed(line))
      .map((line): Finding => ({ ...toFinding(line, cure), code: 'CONFIGURATION_INVALID', severity: 'error' })),
    ...warnings
      .filter((line) => !isNamed(line))
      .map((line): Finding => ({ ...toFinding(line, cure), code: 'CONFIGURATION_UNCLEAR', severity: 'warning' })),
  ];
}

/** The example a line ends with is its cure. */
function toFinding(line: string, otherwise: string): Pick<Finding, 'variable' | 'message' | 'cure'> {
  const [message = line, example] = line.split(', such as ', 2);
  const [variable] = /^[A-Z][A-Z0-9_]+/.exec(line) ?? [];
  return {
    ...(variable !== undefined && { variable }),
    message,
    cure: example === undefined ? otherwise : `Write for example: ${example}`,
  };
}

function startsWith(line: string, variable: string): boolean {
  const [name = ''] = variable.split(' ', 1);
  return line.startsWith(name) && !/[A-Z0-9_]/.test(line.charAt(name.length));
}
