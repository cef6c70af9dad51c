import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Address } from '../../support/frame-visitor.ts';
import { writeStubBuild } from '../../support/stub-build.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export type BuiltServer = {
  /** Starts it as a process of its own and resolves when it is ready. */
  start(environment: Readonly<Record<string, string>>): Promise<ServerProcess>;
  /** Kills what still runs and removes what was built. */
  remove(): Promise<void>;
};

export type ServerProcess = Address & {
  /** As a power cut does. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** As an operator does. Answers the exit code. */
  stop(): Promise<number | null>;
};

/** Builds the server from its sources, with stand-ins for the browser's files. */
export async function buildServer(): Promise<BuiltServer> {
  // Inside the repository, so that the server finds its packages.
  const scratch = await mkdtemp(join(ROOT, '.cache', 'chat-test-'));
  const dist = join(scratch, 'dist');
  await writeStubBuild(dist);
  await build({
    absWorkingDir: ROOT,
    entryPoints: { main: 'server/main.ts', 'embedded-db': 'server/embedded-db/main.ts' },
    outdir: join(dist, 'server'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  });
  const children: ChildProcess[] = [];
  return {
    async start(environment) {
      const child = spawn(process.execPath, [join(dist, 'server', 'main.js')], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { PATH: process.env.PATH, NODE_ENV: 'test', LOG_LEVEL: 'silent', DEMO: 'off', ...environment },
      });
      children.push(child);
      const port = Number(environment.PORT);
      await untilReady(port, child);
      return {
        port,
        host: `widget.localhost:${port}`,
        origin: `http://widget.localhost:${port}`,
        kill: () => end(child, 'SIGKILL'),
        async stop() {
          await end(child, 'SIGTERM');
          return child.exitCode;
        },
      };
    },
    async remove() {
      await Promise.all(children.map((child) => end(child, 'SIGKILL')));
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

/** A port nobody listens on, so that a server can come back where it was. */
export async function freePort(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('There is no free port');
  return String(address.port);
}

export const newDirectory = (): Promise<string> => mkdtemp(join(tmpdir(), 'casement-chat-'));

async function untilReady(port: number, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The server ended with exit code ${child.exitCode}`);
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}
