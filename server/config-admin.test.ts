import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const SECRET = 'a secret of 32 bytes, for a test.';
const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://widget.example.com',
  SESSION_SECRET: 'x'.repeat(32),
  SECRETS_KEY: 'y'.repeat(32),
  SECURITY_CONTACT: 'mailto:security@example.com',
};
const SETTINGS = {
  ...PRODUCTION,
  SETTINGS_URL: 'https://settings.example.com',
  DASHBOARD_ORIGINS: 'https://dashboard.example.com',
  JWT_SECRET: SECRET,
};
const JWKS = {
  JWT_JWKS_URL: 'https://login.example.com/jwks.json',
  JWT_ISSUER: 'https://login.example.com/',
  JWT_AUDIENCE: 'casement',
};

function problemsOf(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

test('has no admin API in production until it is asked for', () => {
  expect(readConfig(PRODUCTION).config).toMatchObject({
    settingsOrigin: undefined,
    dashboardOrigins: [],
    adminLogin: undefined,
  });
});

test('reads several dashboards and a login with a secret', () => {
  const dashboards = 'https://dashboard.example.com, https://admin.example.org/';
  const { config, warnings } = readConfig({ ...SETTINGS, DASHBOARD_ORIGINS: dashboards });
  expect(warnings).toEqual([]);
  expect(config).toMatchObject({
    settingsOrigin: 'https://settings.example.com',
    dashboardOrigins: ['https://dashboard.example.com', 'https://admin.example.org'],
    adminLogin: { key: { kind: 'secret', secret: SECRET }, algorithm: 'HS256' },
  });
});

test('reads a login with public keys', () => {
  const login = { ...JWKS, JWT_ALGORITHM: 'ES256', JWT_COMPANY_CLAIM: 'https://example.com/company' };
  expect(readConfig(login).config.adminLogin).toEqual({
    key: { kind: 'jwks', url: 'https://login.example.com/jwks.json' },
    algorithm: 'ES256',
    issuer: 'https://login.example.com/',
    audience: 'casement',
    maxAgeSeconds: 86_400,
    companyClaim: 'https://example.com/company',
    roleClaim: 'role',
  });
  expect(readConfig(JWKS).config.adminLogin?.algorithm).toBe('RS256');
});

test.each([
  ['no dashboards', { ...SETTINGS, DASHBOARD_ORIGINS: '' }, 'DASHBOARD_ORIGINS is missing: SETTINGS_URL needs'],
  ['no login', { ...SETTINGS, JWT_SECRET: '' }, 'JWT_SECRET or JWT_JWKS_URL is missing'],
  ['dashboards without a settings origin', { ...SETTINGS, SETTINGS_URL: '' }, 'SETTINGS_URL is missing'],
  ['plain http', { ...SETTINGS, SETTINGS_URL: 'http://settings.example.com' }, 'production needs https'],
  ['keys over http', { ...PRODUCTION, ...JWKS, JWT_JWKS_URL: 'http://localhost/jwks' }, 'production needs https'],
  [
    'a dashboard over http',
    { ...SETTINGS, DASHBOARD_ORIGINS: 'http://dashboard.example.com' },
    'DASHBOARD_ORIGINS has "http://dashboard.example.com": production needs https',
  ],
])('refuses in production: %s', (_what, environment, sentence) => {
  expect(problemsOf(environment)).toContain(sentence);
});

test.each([
  ['a secret of one byte', { JWT_SECRET: 'a' }, 'JWT_SECRET is not valid: it must have 32 bytes or more'],
  ['a secret of 31 bytes', { JWT_SECRET: SECRET.slice(0, 31) }, 'it must have 32 bytes or more'],
  ['a secret of one character', { JWT_SECRET: 'a'.repeat(64) }, 'JWT_SECRET is not valid: it must be random'],
  ['an unsigned algorithm', { ...JWKS, JWT_ALGORITHM: 'none' }, 'JWT_ALGORITHM is "none": it must be one of HS256'],
])('case 58: does not start with %s', (_what, environment, sentence) => {
  expect(problemsOf(environment)).toContain(sentence);
});

test.each([
  ['both kinds of login', { JWT_SECRET: SECRET, ...JWKS }, 'JWT_SECRET and JWT_JWKS_URL are both set'],
  ['one secret for two purposes', { JWT_SECRET: SECRET, SESSION_SECRET: SECRET }, 'the same as SESSION_SECRET'],
  ['a private key algorithm with a secret', { JWT_SECRET: SECRET, JWT_ALGORITHM: 'RS256' }, 'it needs JWT_JWKS_URL'],
  ['HS256 with public keys', { ...JWKS, JWT_ALGORITHM: 'HS256' }, 'JWT_ALGORITHM is "HS256": it needs JWT_SECRET'],
  ['no issuer', { ...JWKS, JWT_ISSUER: '' }, 'JWT_ISSUER is missing: JWT_JWKS_URL needs it'],
  ['no audience', { ...JWKS, JWT_AUDIENCE: '' }, 'JWT_AUDIENCE is missing: JWT_JWKS_URL needs it'],
  ['keys over http', { ...JWKS, JWT_JWKS_URL: 'http://login.example.com/jwks' }, 'plain http is for loopback names'],
  [
    'a page that is no origin',
    { DASHBOARD_ORIGINS: 'https://a.example,https://b.example/x' },
    'DASHBOARD_ORIGINS is "https://b.example/x": it must be an origin',
  ],
  ['any page', { DASHBOARD_ORIGINS: '*' }, 'DASHBOARD_ORIGINS is "*": it must be an origin'],
  [
    'the widget as a dashboard',
    { DASHBOARD_ORIGINS: 'http://widget.localhost:4400' },
    'the chat must never reach the admin API',
  ],
  ['the settings as a dashboard', { DASHBOARD_ORIGINS: 'http://settings.localhost:4400' }, 'must not be a dashboard'],
])('refuses everywhere: %s', (_what, environment, sentence) => {
  expect(problemsOf(environment)).toContain(sentence);
});

test('warns that one origin for widget and settings is weak, and starts', () => {
  const { config, warnings } = readConfig({ ...SETTINGS, SETTINGS_URL: PRODUCTION.PUBLIC_URL });
  expect(config.settingsOrigin).toBe(config.widgetOrigin);
  expect(warnings.join()).toContain('SETTINGS_URL and PUBLIC_URL are the same');
});

test('never repeats the secret of the login', () => {
  expect(problemsOf({ JWT_SECRET: 'hunter2' })).not.toContain('hunter2');
});
