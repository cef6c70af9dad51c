import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BuiltCli, buildCli } from '../../support/built-cli.ts';

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

let cli: BuiltCli;
let directory: string;

beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'casement-doctor-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

type Environment = Readonly<Record<string, string>>;

const doctor = (args: readonly string[], env: Environment = {}) =>
  cli.run(['doctor', ...args], { DATA_DIR: join(directory, 'data'), ...env });
const codesIn = (stdout: string) => JSON.parse(stdout).findings.map(({ code }: { code: string }) => code);

describe('casement doctor', () => {
  test('ends with 0 for a configuration with nothing wrong, and makes nothing', async () => {
    const { code, stdout, stderr } = await doctor(['--offline', '--json'], CLEAN);
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual({
      findings: [expect.objectContaining({ code: 'NOT_ASKED', severity: 'note' })],
      counted: { error: 0, warning: 0, note: 1 },
    });
    expect(await readdir(directory)).toEqual([]);
  });

  test('ends with 0 for warnings, and says them with their cures', async () => {
    const { code, stdout } = await doctor(['--offline'], { ...CLEAN, SECURITY_CONTACT: '' });
    expect(code).toBe(0);
    expect(stdout).toContain('warning  SECURITY_CONTACT_MISSING\n  SECURITY_CONTACT is missing:');
    expect(stdout).toContain('Cure: Set SECURITY_CONTACT=mailto:security@example.com\n');
    expect(stdout).toContain('\n1 warning, 1 note.\n');
  });

  test('ends with 1 for errors', async () => {
    const { code, stdout } = await doctor(['--offline'], { ...CLEAN, PUBLIC_URL: 'http://widget.example-chat.com' });
    expect(code).toBe(1);
    expect(stdout).toContain('error    TLS_MISSING\n  PUBLIC_URL has "http://widget.example-chat.com":');
  });

  test('reads a file, over which the environment wins', async () => {
    const file = join(directory, '.env');
    await writeFile(file, `# Ours\nPORT=x\nWORKERS="3"\nDEMO=on\n`);
    const { stdout } = await doctor(['--offline', '--json', '--env-file', file], { ...CLEAN, PORT: '4400' });
    expect(codesIn(stdout)).toEqual(['DEMO_IN_PRODUCTION', 'LIMITS_PER_PROCESS', 'NOT_ASKED']);
  });

  test.each([
    ['an option that is none', ['--fix'], "Unknown option '--fix'"],
    ['a word too many', ['now'], "Unexpected argument 'now'"],
  ])('refuses %s in a sentence', async (_what, args, sentence) => {
    const { code, stdout, stderr } = await doctor(args, CLEAN);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(sentence);
  });

  test('refuses a file that is not there', async () => {
    const { code, stdout, stderr } = await doctor(['--env-file', '/nowhere/.env'], CLEAN);
    // Up to Node 22, Node takes the option for its own first and ends with a code of its own.
    expect([code === 0, stdout]).toEqual([false, '']);
    expect(stderr).toContain('/nowhere/.env');
  });

  test.each([[[]], [['--json']]])('prints no secret, whatever is wrong with it, with %j', async (args) => {
    const secrets = {
      SESSION_SECRET: 'hunter2-hunter2',
      SECRETS_KEY: 'v1:correct-horse,v1:battery-staple',
      JWT_SECRET: 'hunter2-hunter2',
      AI_API_KEY: 'sk-live-0123456789',
      NEXT_PUBLIC_AI_API_KEY: 'sk-live-0123456789',
      MONGODB_URI: 'mongodb://admin:tr0ub4dor@127.0.0.1:1/casement',
      REDIS_URL: 'redis://:tr0ub4dor@127.0.0.1:1',
      CDN_BASE_URL: 'https://admin:tr0ub4dor@cdn.example.com',
      JWT_JWKS_URL: 'http://admin:tr0ub4dor@127.0.0.1:1/jwks?token=tr0ub4dor',
    };
    const { code, stdout, stderr } = await doctor(args, { ...CLEAN, PUBLIC_URL: 'http://127.0.0.1:1', ...secrets });
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toContain('SECRET_WEAK');
    expect(stdout).toContain('STORE_NOT_READ');
    expect(stdout).not.toMatch(/hunter2|correct-horse|battery-staple|sk-live|tr0ub4dor/);
  });
});

describe('casement doctor, looking at the store,', () => {
  const local = { ...CLEAN, PUBLIC_URL: 'http://127.0.0.1:1', SETTINGS_URL: '', DASHBOARD_ORIGINS: '' };
  const sites = ['--origin', 'https://shop.example', '--origin', 'https://shop.example-chat.com'];
  const init = () => cli.run(['init', '--company', 'acme', ...sites], { DATA_DIR: join(directory, 'data'), ...local });

  test('finds the sites that are too close to the widget of this configuration', async () => {
    expect((await init()).code).toBe(0);
    const { stdout } = await doctor(['--json'], { ...local, PUBLIC_URL: 'https://widget.example-chat.com' });
    expect(codesIn(stdout)).toContain('SAME_SITE');
    expect(stdout).toContain('The widget \\"main\\" of \\"acme\\" allows \\"https://shop.example-chat.com\\"');
    expect(stdout).not.toContain('shop.example\\"');
  });
});
