import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildEmbeddedDbEntry } from './embedded-db.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A process of its own that called `startEmbeddedDb` and writes through it; to be killed at any moment. */
export type StoreOwner = {
  pid: number;
  /** The store's own process. */
  childPid: number;
  uri: string;
  /** What the writer said was acknowledged, one line for each write. */
  acknowledged: string[];
  kill(which: 'owner' | 'child'): void;
  exited: Promise<void>;
};

/**
 * Starts a process that opens the store in `directory` and then writes to it without a pause, does nothing,
 * or kills itself as soon as the store's process is there.
 * `fileLimitKilobytes` is how large its files may become: a disk that is full. Rejects with the line the process gave as its reason when the store does not start.
 */
export async function startStoreOwner(
  directory: string,
  mode: 'writes' | 'idle' | 'vanishes',
  options: { fileLimitKilobytes?: number } = {},
): Promise<StoreOwner> {
  const limit = options.fileLimitKilobytes ?? 'unlimited';
  const command = [process.execPath, await buildOwnerScript(), directory, await buildEmbeddedDbEntry(), mode];
  // What the store says of a full disk on its standard error is expected then.
  const stderr = options.fileLimitKilobytes === undefined ? 'inherit' : 'ignore';
  const owner = spawn('bash', ['-c', `ulimit -f ${limit} && exec "$@"`, 'bash', ...command], {
    stdio: ['ignore', 'pipe', stderr],
  });
  const exited = new Promise<void>((resolve) => owner.once('close', () => resolve()));
  const acknowledged: string[] = [];
  const lines = createInterface({ input: owner.stdout });
  const { uri, childPid } = await new Promise<{ uri: string; childPid: number }>((resolve, reject) => {
    lines.on('line', (line) => {
      const [word = '', first = '', second = ''] = line.split(' ');
      if (word === 'ready') resolve({ uri: first, childPid: Number(second) });
      else if (word === 'failed') reject(new Error(line.slice('failed '.length)));
      else acknowledged.push(line);
    });
    void exited.then(() => reject(new Error('The owner ended before it was ready')));
  });
  return {
    pid: owner.pid ?? 0,
    childPid,
    uri,
    acknowledged,
    kill: (which) => void killProcess(which === 'owner' ? owner : childPid),
    exited,
  };
}

function killProcess(target: ChildProcess | number): boolean {
  try {
    return typeof target === 'number' ? process.kill(target, 'SIGKILL') : target.kill('SIGKILL');
  } catch {
    return false;
  }
}

let ownerScript: Promise<string> | undefined;

function buildOwnerScript(): Promise<string> {
  ownerScript ??= (async () => {
    const outfile = join(ROOT, '.cache', 'embedded-db-test', `${process.pid}-${randomUUID().slice(0, 8)}`, 'owner.mjs');
    const entry = join(ROOT, 'test/support/embedded-db-owner.ts');
    await build({
      entryPoints: [entry],
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      logLevel: 'silent',
      outfile,
    });
    process.once('exit', () => rmSync(join(outfile, '..'), { recursive: true, force: true }));
    return outfile;
  })();
  return ownerScript;
}
