import * as v from 'valibot';
import { isLoopback, type Origin, parseOrigin } from '../shared/origin.ts';
import { contactVariable, publicPageVariable } from './config-contact.ts';
import { secretsKeyVariable } from './config-secrets-key.ts';

/** What to write instead, for every variable that can be wrong. */
const EXAMPLES = {
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  PORT: '4400',
  PUBLIC_URL: 'https://widget.example.com',
  SETTINGS_URL: 'https://settings.example.com',
  DASHBOARD_ORIGINS: 'https://dashboard.example.com',
  CDN_BASE_URL: 'https://cdn.example.com',
  DATA_DIR: './data',
  MONGODB_URI: 'mongodb://localhost:27017/casement',
  REDIS_URL: 'redis://localhost:6379',
  WORKERS: '4',
  TRUST_PROXY_HOPS: '1',
  SESSION_SECRET: '<the output of: openssl rand -base64 48>',
  SECRETS_KEY: 'v1:<the output of: openssl rand -base64 48>',
  JWT_SECRET: '<the output of: openssl rand -base64 48>',
  JWT_JWKS_URL: 'https://login.example.com/.well-known/jwks.json',
  JWT_ALGORITHM: 'RS256',
  JWT_ISSUER: 'https://login.example.com/',
  JWT_AUDIENCE: 'casement',
  JWT_MAX_AGE_SECONDS: '86400',
  JWT_COMPANY_CLAIM: 'company_id',
  JWT_ROLE_CLAIM: 'role',
  SECURITY_CONTACT: 'mailto:security@example.com',
  SECURITY_POLICY_URL: 'https://example.com/security',
  AI_BASE_URL: 'http://localhost:11434/v1',
  AI_API_KEY: 'sk-...',
  AI_MODEL: 'gpt-4o-mini',
  LOG_LEVEL: 'info',
  DEMO: 'off',
  DEMO_URL: 'http://shop.localhost:4401',
  DEMO_PORT: '4401',
  DEMO_DASHBOARD: 'off',
  DEMO_DASHBOARD_URL: 'http://dashboard.localhost:4402',
  DEMO_DASHBOARD_PORT: '4402',
  SHUTDOWN_GRACE_SECONDS: '10',
} as const;

export type VariableName = keyof typeof EXAMPLES;

/** Never repeated in a message: the whole of it, or a part, is a secret. */
const SECRETS: readonly string[] = [
  'SESSION_SECRET',
  'SECRETS_KEY',
  'JWT_SECRET',
  'AI_API_KEY',
  'MONGODB_URI',
  'REDIS_URL',
] satisfies VariableName[];

const wholeNumber = (least: number, most: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d{1,9}$/, `must be a whole number from ${least} to ${most}`),
    v.transform(Number),
    v.minValue(least, `must be ${least} or more`),
    v.maxValue(most, `must be ${most} or less`),
  );

const oneOf = <const T extends readonly string[]>(names: T) => v.picklist(names, `must be one of ${names.join(', ')}`);

const withoutSlash = v.transform((text: string) => text.replace(/\/$/, ''));

const originVariable = v.pipe(
  v.string(),
  withoutSlash,
  v.custom<Origin>(
    (text) => parseOrigin(text) !== undefined,
    'must be an origin: http or https, a host in lower case, a port if it is not the usual one, and nothing after it',
  ),
);

const urlVariable = v.pipe(
  v.string(),
  withoutSlash,
  v.check(isPlainHttpUrl, 'must be an http or https URL without user name, query or fragment'),
);

const originListVariable = v.pipe(
  v.string(),
  v.transform((text) => text.split(',').map((origin) => origin.trim())),
  v.array(originVariable, 'must be origins with commas between them'),
  v.maxLength(100, 'must be 100 origins or fewer'),
);

/** Where keys are fetched: whoever could change them on the way could make a token for anyone. */
const keysUrlVariable = v.pipe(
  v.string(),
  v.check(isPlainHttpUrl, 'must be an https URL without user name, query or fragment'),
  v.check(isProtectedUrl, 'must be an https URL; plain http is for loopback names'),
);

const claimVariable = v.pipe(v.string(), v.maxLength(200), v.regex(/^[\x21-\x7e]+$/, 'must be the name of a claim'));

const ALGORITHMS = ['HS256', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** The environment variables the server reads, by name; everything else in the environment is not looked at. */
export const variablesSchema = v.object({
  NODE_ENV: v.optional(oneOf(['development', 'production', 'test']), 'development'),
  HOST: v.optional(v.pipe(v.string(), v.regex(/^[\w.:-]+$/, 'must be an address or a host name'))),
  PORT: v.optional(wholeNumber(0, 65_535), '4400'),
  PUBLIC_URL: v.optional(originVariable),
  SETTINGS_URL: v.optional(originVariable),
  DASHBOARD_ORIGINS: v.optional(originListVariable),
  CDN_BASE_URL: v.optional(urlVariable),
  DATA_DIR: v.optional(v.string(), './data'),
  MONGODB_URI: v.optional(
    v.pipe(v.string(), v.regex(/^mongodb(\+srv)?:\/\/./, 'must begin with mongodb:// or mongodb+srv://')),
  ),
  REDIS_URL: v.optional(
    v.pipe(
      v.string(),
      v.check((text) => /^rediss?:\/\/./.test(text) && URL.canParse(text), 'must begin with redis:// or rediss://'),
    ),
  ),
  WORKERS: v.optional(wholeNumber(1, 1_000), '4'),
  TRUST_PROXY_HOPS: v.optional(wholeNumber(0, 10), '0'),
  SESSION_SECRET: v.optional(v.pipe(v.string(), v.minBytes(32, 'must have 32 bytes or more'))),
  SECRETS_KEY: v.optional(secretsKeyVariable),
  JWT_SECRET: v.optional(
    v.pipe(
      v.string(),
      v.minBytes(32, 'must have 32 bytes or more'),
      v.check((secret) => new Set(secret).size >= 8, 'must be random: it repeats a few characters'),
    ),
  ),
  JWT_JWKS_URL: v.optional(keysUrlVariable),
  JWT_ALGORITHM: v.optional(oneOf(ALGORITHMS)),
  JWT_ISSUER: v.optional(v.string()),
  JWT_AUDIENCE: v.optional(v.string()),
  JWT_MAX_AGE_SECONDS: v.optional(wholeNumber(60, 31_536_000), '86400'),
  JWT_COMPANY_CLAIM: v.optional(claimVariable, 'company_id'),
  JWT_ROLE_CLAIM: v.optional(claimVariable, 'role'),
  SECURITY_CONTACT: v.optional(contactVariable),
  SECURITY_POLICY_URL: v.optional(publicPageVariable),
  AI_BASE_URL: v.optional(urlVariable),
  AI_API_KEY: v.optional(v.string()),
  AI_MODEL: v.optional(v.pipe(v.string(), v.trim())),
  LOG_LEVEL: v.optional(oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])),
  DEMO: v.optional(oneOf(['on', 'off'])),
  DEMO_URL: v.optional(originVariable),
  DEMO_PORT: v.optional(wholeNumber(0, 65_535)),
  DEMO_DASHBOARD: v.optional(oneOf(['on', 'off'])),
  DEMO_DASHBOARD_URL: v.optional(originVariable),
  DEMO_DASHBOARD_PORT: v.optional(wholeNumber(0, 65_535)),
  SHUTDOWN_GRACE_SECONDS: v.optional(wholeNumber(0, 600), '10'),
});

export type Variables = v.InferOutput<typeof variablesSchema>;

/**
 * One line about a wrong variable: its name as it was written by whoever set it (`sources` has the names of aliases),
 * its value unless that is a secret, the problem, and an example.
 */
export function describeProblem(
  issue: v.InferIssue<typeof variablesSchema>,
  sources: Readonly<Partial<Record<string, string>>>,
): string {
  const name = String(issue.path?.[0]?.key ?? '');
  const source = sources[name] ?? name;
  const value = SECRETS.includes(name) ? 'not valid' : JSON.stringify(issue.path?.at(-1)?.value);
  return `${source} is ${value}: it ${issue.message}, such as ${exampleOf(name, source)}`;
}

export function exampleOf(name: string, source = name): string {
  return isVariableName(name) ? `${source}=${EXAMPLES[name]}` : source;
}

function isVariableName(name: string): name is VariableName {
  return Object.hasOwn(EXAMPLES, name);
}

function isPlainHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && username + password + search + hash === '';
}

function isProtectedUrl(text: string): boolean {
  const origin = parseOrigin(URL.canParse(text) ? new URL(text).origin : '');
  return origin !== undefined && (origin.startsWith('https:') || isLoopback(origin));
}
