import type { Config } from './config.ts';
import { exampleOf, type Variables } from './config-variables.ts';

/** One line for each thing about reports of weaknesses that is wrong although every variable by itself is right. */
export function findSecurityProblems({ SECURITY_CONTACT, SECURITY_POLICY_URL }: Variables): readonly string[] {
  if (SECURITY_POLICY_URL === undefined || SECURITY_CONTACT !== undefined) return [];
  const example = exampleOf('SECURITY_CONTACT');
  return [`SECURITY_CONTACT is missing: SECURITY_POLICY_URL needs somebody to report to, such as ${example}`];
}

/** A hint for whoever runs a public installation that nobody could warn. */
export function findSecurityWarnings({ mode, securityContact }: Config): readonly string[] {
  if (mode !== 'production' || securityContact !== undefined) return [];
  return [
    'SECURITY_CONTACT is missing: whoever finds a weakness cannot tell you, because there is no ' +
      `/.well-known/security.txt without it. Set it, such as ${exampleOf('SECURITY_CONTACT')}`,
  ];
}
