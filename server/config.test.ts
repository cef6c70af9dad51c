import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const SECRET = 'x'.repeat(32);
const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://widget.example.com',
  SESSION_SECRET: SECRET,
  SECRETS_KEY: SECRET,
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

test('needs no variable at all in development', () => {
  const { config, warnings } = readConfig({});
  expect(warnings).toEqual([]);
  expect(config).toEqual({
    mode: 'development',
    host: '127.0.0.1',
    port: 4400,
    widgetOrigin: 'http://widget.localhost:4400',
    settingsOrigin: 'http://settings.localhost:4400',
    dashboardOrigins: ['http://dashboard.localhost:4402'],
    adminLogin: {
      key: { kind: 'development-secret' },
      algorithm: 'HS256',
      issuer: undefined,
      audience: undefined,
      maxAgeSeconds: 86_400,
      companyClaim: 'company_id',
      roleClaim: 'role',
    },
    assetBaseUrl: 'http://widget.localhost:4400',
    dataDirectory: './data',
    mongodbUri: undefined,
    redisUrl: undefined,
    workers: 4,
    trustProxyHops: 0,
    sessionSecret: undefined,
    secretsKeys: undefined,
    model: undefined,
    logLevel: 'warn',
    demo: { origin: 'http://shop.localhost:4401', port: 4401 },
    demoDashboard: { origin: 'http://dashboard.localhost:4402', port: 4402 },
    shutdownGraceMs: 10_000,
  });
});

test('takes an empty variable for an absent one', () => {
  expect(readConfig({ PORT: '', PUBLIC_URL: ' ' }).config.widgetOrigin).toBe('http://widget.localhost:4400');
});

test('lets the local origins follow the ports', () => {
  const { config } = readConfig({ PORT: '5000', DEMO_PORT: '80' });
  expect(config.widgetOrigin).toBe('http://widget.localhost:5000');
  expect(config.demo).toEqual({ origin: 'http://shop.localhost', port: 80 });
});

test('listens on every address in production, without a demo', () => {
  const { config } = readConfig(PRODUCTION);
  expect(config).toMatchObject({
    host: '0.0.0.0',
    logLevel: 'info',
    demo: undefined,
    demoDashboard: undefined,
    widgetOrigin: 'https://widget.example.com',
  });
});

test.each([
  ['PORT', 'abc', 'PORT is "abc": it must be a whole number from 0 to 65535, such as PORT=4400'],
  ['PORT', '70000', 'PORT is "70000": it must be 65535 or less, such as PORT=4400'],
  [
    'NODE_ENV',
    'prod',
    'NODE_ENV is "prod": it must be one of development, production, test, such as NODE_ENV=production',
  ],
  ['LOG_LEVEL', 'loud', 'LOG_LEVEL is "loud": it must be one of fatal,'],
  ['PUBLIC_URL', 'https://Widget.example.com', 'PUBLIC_URL is "https://Widget.example.com": it must be an origin'],
  ['PUBLIC_URL', 'https://widget.example.com/chat', 'such as PUBLIC_URL=https://widget.example.com'],
  ['CDN_BASE_URL', 'cdn.example.com', 'CDN_BASE_URL is "cdn.example.com": it must be an http or https URL'],
  ['REDIS_URL', 'http://me:pass@host', 'REDIS_URL is not valid: it must begin with redis://'],
  ['WORKERS', '0', 'WORKERS is "0": it must be 1 or more'],
  ['TRUST_PROXY_HOPS', 'true', 'TRUST_PROXY_HOPS is "true": it must be a whole number from 0 to 10'],
  ['MONGODB_URI', 'postgres://me:pass@host', 'MONGODB_URI is not valid: it must begin with mongodb://'],
  ['SESSION_SECRET', 'short', 'SESSION_SECRET is not valid: it must have 32 bytes or more'],
  ['SECRETS_KEY', 'v1:short', 'SECRETS_KEY is not valid: it must have 32 bytes or more for each key'],
  ['SECRETS_KEY', `${SECRET},${SECRET}`, 'it must give each of several keys a version'],
  ['SECRETS_KEY', `v2:${SECRET},v2:${SECRET}`, 'it must give each version once'],
  ['DEMO_URL', 'http://widget.localhost:4400', 'it must be another origin than the widget'],
  ['DEMO_DASHBOARD_URL', 'http://settings.localhost:4400', 'it must be another origin than the widget'],
  ['DEMO_DASHBOARD_PORT', '4401', 'DEMO_DASHBOARD_PORT is "4401": it must be another port'],
  ['DEMO_PORT', '4400', 'DEMO_PORT is "4400": it must be another port than PORT'],
  ['AI_API_KEY', 'sk-1', 'AI_MODEL is missing'],
  ['AI_MODEL', 'llama', 'AI_BASE_URL is missing'],
])('refuses %s=%s with a sentence and an example', (name, value, sentence) => {
  expect(problemsOf({ [name]: value })).toContain(sentence);
});

test('takes one secrets key as version 1, and several by their versions, in the order they are given', () => {
  expect(readConfig({ SECRETS_KEY: SECRET }).config.secretsKeys).toEqual([{ version: 1, secret: SECRET }]);
  expect(readConfig({ SECRETS_KEY: `v2:${SECRET}, v1:old${SECRET}` }).config.secretsKeys).toEqual([
    { version: 2, secret: SECRET },
    { version: 1, secret: `old${SECRET}` },
  ]);
});

test('never repeats a secret', () => {
  const environment = { SESSION_SECRET: 'short', SECRETS_KEY: 'v1:brief', MONGODB_URI: 'mongo://me:hunter2@host' };
  expect(problemsOf(environment)).not.toMatch(/short|brief|hunter2/);
});

test('starts the example of a dashboard where nobody has one of their own', () => {
  const siteOf = (environment: Record<string, string>) => readConfig(environment).config.demoDashboard;
  const own = { DASHBOARD_ORIGINS: 'http://office.localhost:3000' };
  expect(siteOf({ DEMO_DASHBOARD_PORT: '5002' })).toEqual({ origin: 'http://dashboard.localhost:5002', port: 5002 });
  expect(readConfig({ DEMO_DASHBOARD_PORT: '5002' }).config.dashboardOrigins).toEqual([
    'http://dashboard.localhost:5002',
  ]);
  for (const environment of [{ DEMO: 'off' }, { DEMO_DASHBOARD: 'off' }, own]) {
    expect(siteOf(environment)).toBeUndefined();
  }
  expect(siteOf({ DASHBOARD_ORIGINS: `${own.DASHBOARD_ORIGINS},http://dashboard.localhost:4402` })).toBeDefined();
  expect(problemsOf({ ...own, DEMO_DASHBOARD: 'on' })).toContain(
    'DASHBOARD_ORIGINS has to list http://dashboard.localhost:4402',
  );
  const jwks = {
    JWT_JWKS_URL: 'https://login.example.com/keys',
    JWT_ISSUER: 'https://login.example.com/',
    JWT_AUDIENCE: 'casement',
  };
  expect(siteOf(jwks)).toBeUndefined();
  expect(problemsOf({ ...jwks, DEMO_DASHBOARD: 'on' })).toContain('it signs in with JWT_SECRET');
});

test('names every wrong variable at once', () => {
  expect(problemsOf({ PORT: 'x', LOG_LEVEL: 'y' }).split('\n')).toHaveLength(2);
});

test.each([
  ['PUBLIC_URL', { ...PRODUCTION, PUBLIC_URL: '' }, 'PUBLIC_URL is missing'],
  ['SESSION_SECRET', { ...PRODUCTION, SESSION_SECRET: '' }, 'SESSION_SECRET is missing'],
  ['SECRETS_KEY', { ...PRODUCTION, SECRETS_KEY: '' }, 'SECRETS_KEY is missing'],
  ['https', { ...PRODUCTION, PUBLIC_URL: 'http://widget.example.com' }, 'production needs https'],
  ['no demo', { ...PRODUCTION, DEMO: 'on' }, 'DEMO is "on"'],
])('asks for %s in production', (_name, environment, sentence) => {
  expect(problemsOf(environment)).toContain(sentence);
});

test('accepts plain http in production on a loopback name', () => {
  const { config } = readConfig({ ...PRODUCTION, PUBLIC_URL: 'http://widget.localhost:4400' });
  expect(config.widgetOrigin).toBe('http://widget.localhost:4400');
});

test('switches to a model by name', () => {
  expect(readConfig({ AI_BASE_URL: 'http://localhost:11434/v1/', AI_MODEL: 'llama3' }).config.model).toEqual({
    baseUrl: 'http://localhost:11434/v1',
    apiKey: undefined,
    name: 'llama3',
  });
  expect(readConfig({ AI_API_KEY: 'sk-1', AI_MODEL: 'm' }).config.model?.baseUrl).toBe('https://api.openai.com/v1');
});

test('understands the names of a Next.js front end', () => {
  const { config, warnings } = readConfig({
    NEXT_PUBLIC_API_BASE_URL: 'https://widget.example.com/api/v1/widget/',
    NEXT_PUBLIC_CDN_URL: 'https://cdn.example.com/',
  });
  expect(config).toMatchObject({
    widgetOrigin: 'https://widget.example.com',
    assetBaseUrl: 'https://cdn.example.com',
  });
  expect(warnings).toEqual([]);
});

test('names the alias that was set when its value is wrong', () => {
  expect(problemsOf({ NEXT_PUBLIC_CDN_URL: 'cdn' })).toMatch(
    /^NEXT_PUBLIC_CDN_URL is "cdn".*NEXT_PUBLIC_CDN_URL=https/,
  );
});

test('warns loudly of a published model key, and uses it', () => {
  const { config, warnings } = readConfig({ NEXT_PUBLIC_AI_API_KEY: 'sk-public', AI_MODEL: 'm' });
  expect(config.model?.apiKey).toBe('sk-public');
  expect(warnings.join()).toContain('Revoke it');
  expect(warnings.join()).not.toContain('sk-public');
  expect(problemsOf({ NEXT_PUBLIC_AI_API_KEY: 'sk-public' })).toMatch(/^AI_MODEL is missing.*\n.*Revoke it/);
});

test('prefers the own name to the alias and says so', () => {
  const { config, warnings } = readConfig({
    CDN_BASE_URL: 'https://a.example',
    NEXT_PUBLIC_CDN_URL: 'https://b.example',
  });
  expect(config.assetBaseUrl).toBe('https://a.example');
  expect(warnings).toEqual(['CDN_BASE_URL and NEXT_PUBLIC_CDN_URL are both set and differ; CDN_BASE_URL is used']);
});
