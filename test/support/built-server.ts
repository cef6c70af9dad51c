import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeStubBuild } from './stub-build.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export type ServerProcess = {
  readonly child: ChildProcess;
  /** Everything it has written so far. */
  readonly output: { stdout: string; stderr: string };
  /** Resolves when it has said that it is ready; rejects with its words if it ends before. */
  readonly ready: Promise<void>;
  /** Resolves with the exit code, `null` for a signal. */
  readonly exited: Promise<number | null>;
};

export type BuiltServer = {
  /** Runs `dist/server/main.js` with these environment variables and `PATH`, and no others. */
  start(env: Readonly<Record<string, string>>): ServerProcess;
  /** Kills what still runs and removes the build. */
  remove(): Promise<void>;
};

/** Builds the server as `npm run build` does, beside stand-ins for loader and frame, to be run as a process. */
export async function buildServer(): Promise<BuiltServer> {
  // Inside the repository, so that the script finds its packages.
  const directory = join(ROOT, '.cache', `built-server-${randomUUID()}`);
  const dist = join(directory, 'dist');
  await writeStubBuild(dist);
  // What the demo reads of the repository.
  await mkdir(join(directory, 'server/demo'), { recursive: true });
  for (const path of ['README.md', 'docs', 'examples', 'server/demo/shop']) {
    await symlink(join(ROOT, path), join(directory, path));
  }
  await build({
    absWorkingDir: ROOT,
    entryPoints: { main: 'server/main.ts', 'embedded-db': 'server/embedded-db/main.ts' },
    outdir: join(dist, 'server'),
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
  const children: ServerProcess[] = [];
  return {
    start(env) {
      const process = startProcess(join(dist, 'server', 'main.js'), env);
      children.push(process);
      return process;
    },
    async remove() {
      for (const { child } of children) child.kill('SIGKILL');
      await Promise.all(children.map(({ exited }) => exited));
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function startProcess(script: string, env: Readonly<Record<string, string>>): ServerProcess {
  const child = spawn(process.execPath, [script], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  const exited = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      output.stdout += chunk;
      if (output.stdout.includes('is ready')) resolve();
    });
    child.stderr.on('data', (chunk) => {
      output.stderr += chunk;
    });
    void exited.then(() => reject(new Error(`The server ended:\n${output.stderr}`)));
  });
  ready.catch(() => {});
  return { child, output, ready, exited };
}
