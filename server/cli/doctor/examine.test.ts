import { expect, test } from 'vitest';
import { examine } from './examine.ts';

const SECRETS = {
  SESSION_SECRET: 'n0Yk7sVbqJt2WcEr5XfUgH8aLmPzDiQo3RvTxKyNw1Bj6CuS',
  SECRETS_KEY: 'v1:Qe4Ry8Tu2Io6Pa1Sd5Fg9Hj3Kl7Zx0Cv4Bn8MmWqEr2Ty6Ui',
  JWT_SECRET: 'Lp9Ok7Ij5Uh3Yg1Tf8Rd6Es4Wa2Qz0XcVbNmAsHfDhJkQyEbT',
};
const CLEAN = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://widget.example-chat.com',
  SETTINGS_URL: 'https://settings.example-admin.net',
  DASHBOARD_ORIGINS: 'https://dashboard.example.org',
  TRUST_PROXY_HOPS: '1',
  SECURITY_CONTACT: 'mailto:security@example.org',
  ...SECRETS,
};

type Environment = Readonly<Record<string, string>>;

const find = (environment: Environment) =>
  examine({ environment: { ...CLEAN, ...environment }, reach: 'variables', embeddedDbEntry: '' });
const linesOf = async (environment: Environment) =>
  (await find(environment)).map(({ severity, code, message }) => `${severity} ${code}: ${message}`);

test('a configuration with nothing wrong has nothing to cure', async () => {
  const [note, ...others] = await find({});
  expect(note).toMatchObject({ code: 'NOT_ASKED', severity: 'note' });
  expect(others).toEqual([]);
});

test.each<[string, Environment, string]>([
  ['a variable that is wrong', { PORT: 'x' }, 'error CONFIGURATION_INVALID: PORT is "x"'],
  ['a variable that is missing', { SECRETS_KEY: '' }, 'error CONFIGURATION_INVALID: SECRETS_KEY is missing'],
  [
    'two names for one thing',
    { CDN_BASE_URL: 'https://a.example', NEXT_PUBLIC_CDN_URL: 'https://b.example' },
    'warning CONFIGURATION_UNCLEAR: CDN_BASE_URL and NEXT_PUBLIC_CDN_URL are both set',
  ],
  ['a short secret', { SESSION_SECRET: 'x8Kd' }, 'error SECRET_WEAK: SESSION_SECRET can be guessed: it has "4" bytes'],
  [
    'a well-known word',
    { JWT_SECRET: `${SECRETS.JWT_SECRET}-changeme` },
    'error SECRET_WEAK: JWT_SECRET can be guessed: it has a word in it',
  ],
  [
    'a secret that repeats itself',
    { SECRETS_KEY: 'v2:x7x7x7x7x7x7x7x7x7x7x7x7x7x7x7x7x7x7,v1:Qe4Ry8Tu2Io6Pa1Sd5Fg9Hj3Kl7Zx0Cv4Bn8Mm' },
    'error SECRET_WEAK: SECRETS_KEY (v2) can be guessed: it repeats itself',
  ],
  [
    'a row of characters',
    { SESSION_SECRET: 'IJKLMNOPQRSTUVWXYZijklmnopqrstuvwxyz' },
    'error SECRET_WEAK: SESSION_SECRET can be guessed: it repeats itself',
  ],
  [
    'one secret for two purposes',
    { JWT_SECRET: SECRETS.SESSION_SECRET },
    'error SECRET_REUSED: JWT_SECRET is the same as SESSION_SECRET',
  ],
  [
    'one secret in two versions',
    { SECRETS_KEY: `v2:${SECRETS.SESSION_SECRET}` },
    'error SECRET_REUSED: SECRETS_KEY (v2) is the same as SESSION_SECRET',
  ],
  [
    'a published key',
    { NEXT_PUBLIC_AI_API_KEY: 'sk-1', AI_MODEL: 'm' },
    'error SECRET_PUBLISHED: "NEXT_PUBLIC_AI_API_KEY" begins with "NEXT_PUBLIC_"',
  ],
  [
    'no TLS',
    { PUBLIC_URL: 'http://w.example-chat.com' },
    'error TLS_MISSING: PUBLIC_URL has "http://w.example-chat.com"',
  ],
  [
    'a dashboard without TLS',
    { DASHBOARD_ORIGINS: 'https://a.example.org,http://b.example.org' },
    'error TLS_MISSING: DASHBOARD_ORIGINS has "http://b.example.org"',
  ],
  [
    'keys of the login over http',
    { JWT_SECRET: '', JWT_JWKS_URL: 'http://localhost/jwks', JWT_ISSUER: 'i', JWT_AUDIENCE: 'a' },
    'error JWKS_NOT_HTTPS: JWT_JWKS_URL is "http://localhost/jwks"',
  ],
  [
    'one origin for widget and settings',
    { SETTINGS_URL: CLEAN.PUBLIC_URL },
    'warning SAME_ORIGIN: SETTINGS_URL and PUBLIC_URL are both "https://widget.example-chat.com"',
  ],
  [
    'settings on the site of the widget',
    { SETTINGS_URL: 'https://settings.example-chat.com' },
    'warning SAME_SITE: SETTINGS_URL has "https://settings.example-chat.com", which is on "example-chat.com"',
  ],
  [
    'a dashboard on the site of the widget',
    { DASHBOARD_ORIGINS: 'https://app.example-chat.com' },
    'warning SAME_SITE: DASHBOARD_ORIGINS has "https://app.example-chat.com"',
  ],
  ['a public suffix', { PUBLIC_URL: 'https://github.io' }, 'error PUBLIC_SUFFIX: PUBLIC_URL is "https://github.io"'],
  [
    'a name that is lent',
    { PUBLIC_URL: 'https://chat.vercel.app' },
    'warning PUBLIC_SUFFIX: PUBLIC_URL is "https://chat.vercel.app", a name that the operator of "vercel.app" lends',
  ],
  [
    'development for everybody',
    { NODE_ENV: 'development' },
    'error NOT_PRODUCTION: NODE_ENV is "development", although',
  ],
  [
    'development on one machine',
    { NODE_ENV: '', PUBLIC_URL: '' },
    'note NOT_PRODUCTION: NODE_ENV is "development": what only production needs',
  ],
  ['the demo in production', { DEMO: 'on' }, 'error DEMO_IN_PRODUCTION: DEMO is "on"'],
  [
    'no dashboard',
    { DASHBOARD_ORIGINS: '' },
    'error DASHBOARD_ORIGINS_MISSING: DASHBOARD_ORIGINS is missing: no page may call the admin API at "https://settings',
  ],
  ['no admin API', { SETTINGS_URL: '', DASHBOARD_ORIGINS: '' }, 'note ADMIN_API_OFF: SETTINGS_URL is missing'],
  ['nobody to tell', { SECURITY_CONTACT: '' }, 'warning SECURITY_CONTACT_MISSING: SECURITY_CONTACT is missing'],
  ['limits for each process', { WORKERS: '3' }, 'warning LIMITS_PER_PROCESS: WORKERS is "3" without REDIS_URL'],
  ['a proxy that is not counted', { TRUST_PROXY_HOPS: '0' }, 'warning PROXY_HOPS_TOO_FEW: TRUST_PROXY_HOPS is "0"'],
  [
    'a proxy that is not there',
    { PUBLIC_URL: 'http://widget.localhost:4400', TRUST_PROXY_HOPS: '2' },
    'warning PROXY_HOPS_TOO_MANY: TRUST_PROXY_HOPS is "2"',
  ],
])('finds %s', async (_what, environment, sentence) => {
  expect((await linesOf(environment)).filter((line) => line.startsWith(sentence))).toHaveLength(1);
});

test('says all that is wrong at once, errors first, each with a cure', async () => {
  const findings = await find({ PORT: 'x', SECURITY_CONTACT: '', SESSION_SECRET: 'short', WORKERS: '2' });
  expect(findings.map(({ code }) => code)).toEqual([
    'SECRET_WEAK',
    'CONFIGURATION_INVALID',
    'SECURITY_CONTACT_MISSING',
    'LIMITS_PER_PROCESS',
    'NOT_ASKED',
  ]);
  for (const { cure } of findings) expect(cure).toMatch(/\w+ \w+/);
});

test('shared counting, a proxy and a login with public keys are nothing to find', async () => {
  const login = { JWT_SECRET: '', JWT_JWKS_URL: 'https://login.example.org/jwks', JWT_ISSUER: 'i', JWT_AUDIENCE: 'a' };
  expect(
    await linesOf({ ...login, WORKERS: '3', REDIS_URL: 'redis://localhost', NEXT_PUBLIC_CASEMENT_KEY: 'PUB_1' }),
  ).toHaveLength(1);
});
