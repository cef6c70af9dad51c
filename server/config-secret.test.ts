import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepDevelopmentSecret } from './config-secret.ts';

let scratch: string;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'casement-secret-'));
});
afterEach(() => rm(scratch, { recursive: true }));

test('makes a secret once and keeps it for its owner only', async () => {
  const directory = join(scratch, 'data');
  const made = await keepDevelopmentSecret(directory, 'session-secret');
  expect(made.secret.length).toBeGreaterThanOrEqual(32);
  expect(made.madeAt).toBe(join(directory, 'session-secret'));
  expect((await stat(join(directory, 'session-secret'))).mode & 0o777).toBe(0o600);
  expect((await stat(directory)).mode & 0o777).toBe(0o700);
  expect(await keepDevelopmentSecret(directory, 'session-secret')).toEqual({ secret: made.secret, madeAt: undefined });
});

test('refuses a secret that is too short, and leaves it as it is', async () => {
  const path = join(scratch, 'session-secret');
  await writeFile(path, 'short\n');
  await expect(keepDevelopmentSecret(scratch, 'session-secret')).rejects.toThrow(`"${path}" is too short`);
  expect(await readFile(path, 'utf8')).toBe('short\n');
});

test('says which file cannot be written', async () => {
  const file = join(scratch, 'file');
  await writeFile(file, '');
  await expect(keepDevelopmentSecret(file, 'session-secret')).rejects.toThrow(
    `cannot be kept in "${join(file, 'session-secret')}"`,
  );
});
