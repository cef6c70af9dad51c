import type { Config, InspectedConfig } from '../../config.ts';

/** An error has to be cured before anybody uses the installation; a warning should be; a note is worth knowing. */
export const SEVERITIES = ['error', 'warning', 'note'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What can be found. A code is a contract, like those of the API. */
export type FindingCode =
  | 'CONFIGURATION_INVALID'
  | 'CONFIGURATION_UNCLEAR'
  | 'SECRET_WEAK'
  | 'SECRET_REUSED'
  | 'SECRET_PUBLISHED'
  | 'TLS_MISSING'
  | 'JWKS_NOT_HTTPS'
  | 'SAME_ORIGIN'
  | 'SAME_SITE'
  | 'PUBLIC_SUFFIX'
  | 'NOT_PRODUCTION'
  | 'DEMO_IN_PRODUCTION'
  | 'DASHBOARD_ORIGINS_MISSING'
  | 'ADMIN_API_OFF'
  | 'SECURITY_CONTACT_MISSING'
  | 'LIMITS_PER_PROCESS'
  | 'PROXY_HOPS_TOO_FEW'
  | 'PROXY_HOPS_TOO_MANY'
  | 'PROXY_CHANGES_HOST'
  | 'PROXY_ADDS_HEADERS'
  | 'UNREACHABLE'
  | 'NOT_CASEMENT'
  | 'NOT_ASKED'
  | 'SITE_REFUSED'
  | 'STORE_NOT_READ';

export type Finding = {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** Whose value it is about, if it is one's. */
  readonly variable?: string;
  /** One sentence with the value in quotes, unless that is a secret. */
  readonly message: string;
  /** What to do. */
  readonly cure: string;
};

/** What the checks look at. */
export type Facts = InspectedConfig;

export function isProduction({ mode }: Pick<Config, 'mode'>): boolean {
  return mode === 'production';
}
