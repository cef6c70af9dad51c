import { isLoopback, type Origin } from '../shared/origin.ts';
import type { Config } from './config.ts';
import { exampleOf, type Variables } from './config-variables.ts';

/** How the tokens of the company's own login are verified. */
export type AdminLogin = {
  /** The secret the login signs with (HS256), or where its public keys are. */
  readonly key:
    | { readonly kind: 'secret'; readonly secret: string }
    /** Outside production: a secret that is made once and kept. */
    | { readonly kind: 'development-secret' }
    | { readonly kind: 'jwks'; readonly url: string };
  /** The one algorithm that is accepted (RFC 7518, 3.1). */
  readonly algorithm: string;
  readonly issuer: string | undefined;
  readonly audience: string | undefined;
  /** How long from now a token may still be valid at most. */
  readonly maxAgeSeconds: number;
  readonly companyClaim: string;
  readonly roleClaim: string;
};

export type AdminConfig = Pick<Config, 'settingsOrigin' | 'dashboardOrigins' | 'adminLogin'>;

const HMAC = 'HS256';

/** The part of the configuration that is about admins; `local` is what the origins are where nobody said otherwise. */
export function toAdminConfig(
  variables: Variables,
  local: { readonly settingsOrigin: Origin; readonly dashboardOrigin: Origin },
): AdminConfig {
  const isProduction = variables.NODE_ENV === 'production';
  return {
    settingsOrigin: variables.SETTINGS_URL ?? (isProduction ? undefined : local.settingsOrigin),
    dashboardOrigins: variables.DASHBOARD_ORIGINS ?? (isProduction ? [] : [local.dashboardOrigin]),
    adminLogin: toLogin(variables, isProduction),
  };
}

function toLogin(variables: Variables, isProduction: boolean): AdminLogin | undefined {
  const { JWT_SECRET: secret, JWT_JWKS_URL: url } = variables;
  if (secret === undefined && url === undefined && isProduction) return undefined;
  return {
    key: url !== undefined ? { kind: 'jwks', url } : toSecret(secret),
    algorithm: variables.JWT_ALGORITHM ?? (url === undefined ? HMAC : 'RS256'),
    issuer: variables.JWT_ISSUER,
    audience: variables.JWT_AUDIENCE,
    maxAgeSeconds: variables.JWT_MAX_AGE_SECONDS,
    companyClaim: variables.JWT_COMPANY_CLAIM,
    roleClaim: variables.JWT_ROLE_CLAIM,
  };
}

function toSecret(secret: string | undefined): AdminLogin['key'] {
  return secret === undefined ? { kind: 'development-secret' } : { kind: 'secret', secret };
}

/** One line for each thing about admins that is wrong although every variable by itself is right. */
export function findAdminProblems(variables: Variables, config: Config): readonly string[] {
  return [
    ...findLoginProblems(variables),
    ...findSettingsProblems(variables, config),
    ...findDashboardProblems(config),
  ];
}

function findLoginProblems(variables: Variables): readonly string[] {
  const { JWT_SECRET, JWT_JWKS_URL, JWT_ALGORITHM, SESSION_SECRET } = variables;
  if (JWT_SECRET !== undefined && JWT_JWKS_URL !== undefined) {
    return ['JWT_SECRET and JWT_JWKS_URL are both set: a login signs with one or the other, so leave one out'];
  }
  if (JWT_SECRET !== undefined && JWT_SECRET === SESSION_SECRET) {
    return ['JWT_SECRET is the same as SESSION_SECRET: whoever knows one could then do what the other is for'];
  }
  if (JWT_JWKS_URL === undefined) {
    const isOther = JWT_ALGORITHM !== undefined && JWT_ALGORITHM !== HMAC;
    return isOther ? [`JWT_ALGORITHM is "${JWT_ALGORITHM}": it needs JWT_JWKS_URL; with a secret it is ${HMAC}`] : [];
  }
  if (variables.NODE_ENV === 'production' && JWT_JWKS_URL.startsWith('http:')) {
    return [`JWT_JWKS_URL is "${JWT_JWKS_URL}": production needs https, such as ${exampleOf('JWT_JWKS_URL')}`];
  }
  if (JWT_ALGORITHM === HMAC) return [`JWT_ALGORITHM is "${HMAC}": it needs JWT_SECRET; with public keys it is RS256`];
  // Without them every token of every application of the same provider would be good here.
  return (['JWT_ISSUER', 'JWT_AUDIENCE'] as const)
    .filter((name) => variables[name] === undefined)
    .map((name) => `${name} is missing: JWT_JWKS_URL needs it, such as ${exampleOf(name)}`);
}

function findSettingsProblems(variables: Variables, config: Config): readonly string[] {
  const { settingsOrigin, dashboardOrigins, adminLogin, mode } = config;
  if (mode !== 'production') return [];
  if (settingsOrigin === undefined) {
    const isLost = variables.DASHBOARD_ORIGINS !== undefined;
    return isLost ? [`SETTINGS_URL is missing: DASHBOARD_ORIGINS needs it, such as ${exampleOf('SETTINGS_URL')}`] : [];
  }
  const problems: string[] = [];
  if (settingsOrigin.startsWith('http:') && !isLoopback(settingsOrigin)) {
    problems.push(`SETTINGS_URL is "${settingsOrigin}": production needs https, such as ${exampleOf('SETTINGS_URL')}`);
  }
  if (dashboardOrigins.length === 0) {
    const example = exampleOf('DASHBOARD_ORIGINS');
    problems.push(`DASHBOARD_ORIGINS is missing: SETTINGS_URL needs the origins of your dashboard, such as ${example}`);
  }
  if (adminLogin === undefined) {
    problems.push(`JWT_SECRET or JWT_JWKS_URL is missing: SETTINGS_URL needs one, such as ${exampleOf('JWT_SECRET')}`);
  }
  return problems;
}

function findDashboardProblems({ dashboardOrigins, settingsOrigin, widgetOrigin, mode }: Config): readonly string[] {
  return dashboardOrigins.flatMap((origin) => {
    const name = `DASHBOARD_ORIGINS has "${origin}"`;
    if (origin === widgetOrigin) return [`${name}: the chat must never reach the admin API, so not the widget origin`];
    if (origin === settingsOrigin) return [`${name}: the settings origin needs no entry and must not be a dashboard`];
    const isOpen = mode === 'production' && origin.startsWith('http:') && !isLoopback(origin);
    return isOpen ? [`${name}: production needs https, such as ${exampleOf('DASHBOARD_ORIGINS')}`] : [];
  });
}

/** What is allowed and weak all the same. */
export function findAdminWarnings({ settingsOrigin, widgetOrigin }: Config): readonly string[] {
  if (settingsOrigin !== widgetOrigin) return [];
  return [
    'SETTINGS_URL and PUBLIC_URL are the same: the admin API then shares an origin with what a model writes, which is ' +
      'weak. Give the settings a host name of their own.',
  ];
}
