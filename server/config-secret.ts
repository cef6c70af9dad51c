import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createSecret } from './domain/secret-keys.ts';
import { StartError } from './start-error.ts';

const SHORTEST_SECRET = 32;

/**
 * A secret of a development server: made once, kept in the file `name` in the data directory, readable by its owner only.
 * `madeAt` is the file's path if it was made now. Throws a StartError if the file cannot be used.
 */
export async function keepDevelopmentSecret(
  dataDirectory: string,
  name: string,
): Promise<{ readonly secret: string; readonly madeAt: string | undefined }> {
  const path = join(dataDirectory, name);
  try {
    const isNew = await writeNewSecret(path);
    return { secret: await readSecret(path), madeAt: isNew ? path : undefined };
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`The secret cannot be kept in "${path}"`, error);
  }
}

/** Writes a secret unless there is one: of two processes that start together, one does. */
async function writeNewSecret(path: string): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    await writeFile(path, `${createSecret()}\n`, { mode: 0o600, flag: 'wx', flush: true });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function readSecret(path: string): Promise<string> {
  const secret = (await readFile(path, 'utf8')).trim();
  if (secret.length < SHORTEST_SECRET) {
    throw new StartError(`The secret in "${path}" is too short; delete the file, and a new one is made`);
  }
  return secret;
}
