import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { EmbeddedDbError } from './embedded-db-error.ts';

/** The format this version writes. A version that changes what is on disk raises it. */
const FORMAT = 1;
const FORMAT_FILE = 'format.json';
export const STORE_FILE = 'store.mdb';

/** Refuses a directory that a newer version wrote, or one that holds something else, before anything in it is touched. */
export function requireReadableFormat(directory: string): void {
  const path = join(directory, FORMAT_FILE);
  if (!existsSync(path)) {
    if (!existsSync(join(directory, STORE_FILE))) return;
    throw new EmbeddedDbError(
      'START_FAILED',
      `"${directory}" holds a ${STORE_FILE} but no ${FORMAT_FILE} that says its format`,
    );
  }
  const format = readFormat(path);
  if (format > FORMAT) {
    const message = `"${directory}" was written in format ${format} by a newer version; this one reads format ${FORMAT}`;
    throw new EmbeddedDbError('NEWER_FORMAT', message);
  }
}

/** Makes the directory (mode 0700) when it is missing. Throws NOT_WRITABLE when it cannot be made or written to. */
export function requireWritableDirectory(directory: string): void {
  const probe = join(directory, `.write-probe-${process.pid}`);
  try {
    makeDirectory(directory);
    closeSync(openSync(probe, 'w', 0o600));
    rmSync(probe);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EmbeddedDbError('NOT_WRITABLE', `The data directory "${directory}" cannot be written to: ${reason}`, {
      cause,
    });
  }
}

/** Node's own recursive mkdir never returns where the system answers "no such file" below a directory that exists. */
function makeDirectory(directory: string): void {
  if (existsSync(directory)) return;
  makeDirectory(dirname(directory));
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    // A rival that starts at the same moment may have been faster.
    if (!existsSync(directory)) throw error;
  }
}

/** Notes the format in a new directory, durably, before the store is made: a store without a format is never left behind. */
export function writeFormat(directory: string): void {
  const path = join(directory, FORMAT_FILE);
  if (existsSync(path)) return;
  const draft = `${path}.new`;
  const file = openSync(draft, 'w', 0o600);
  writeSync(file, `${JSON.stringify({ format: FORMAT })}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, path);
}

function readFormat(path: string): number {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof parsed === 'object' && parsed !== null && 'format' in parsed && typeof parsed.format === 'number') {
      return parsed.format;
    }
  } catch (cause) {
    throw new EmbeddedDbError('START_FAILED', `"${path}" cannot be read`, { cause });
  }
  throw new EmbeddedDbError('START_FAILED', `"${path}" does not say a format`);
}
