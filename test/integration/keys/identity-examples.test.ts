import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readIdentityToken } from '../../../server/domain/identity-token.ts';

const GUIDE = new URL('../../../docs/identity.md', import.meta.url);
const SECRET = `IDN_${'s'.repeat(43)}`;
const ENVIRONMENT = {
  PATH: process.env.PATH ?? '',
  HOME: process.env.HOME ?? '',
  CASEMENT_IDENTITY_KEY_ID: 'identity-1',
  CASEMENT_IDENTITY_SECRET: SECRET,
  CASEMENT_PUBLIC_KEY: 'PUB_1',
};

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'casement-examples-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** Whether the program can be started here. */
function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined;
}

test.for([
  ['js', 'example.mjs', process.execPath, 'console.log(signVisitor("ann-7"));'],
  ['python', 'example.py', 'python3', 'print(sign_visitor("ann-7"))'],
  ['php', 'example.php', 'php', 'echo sign_visitor("ann-7");'],
] as const)('the example in %s makes a token that is accepted', async ([language, file, program, call], { skip }) => {
  skip(!isInstalled(program), `"${program}" is not installed on this machine`);
  const [, example = ''] = new RegExp(`\`\`\`${language}\n([\\s\\S]+?)\`\`\``).exec(readFileSync(GUIDE, 'utf8')) ?? [];
  expect(example).not.toBe('');
  const path = join(directory, file);
  writeFileSync(path, `${example}\n${call}\n`);
  const token = execFileSync(program, [path], { env: ENVIRONMENT, encoding: 'utf8' }).trim();
  const expectation = { keys: [{ id: 'identity-1', secret: SECRET }], audiences: ['PUB_1'], now: new Date() };
  expect(await readIdentityToken(token, expectation)).toEqual({ subject: 'ann-7', keyId: 'identity-1' });
});
