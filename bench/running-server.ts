import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type RunningServer = {
  readonly widgetOrigin: string;
  readonly shopOrigin: string;
  stop(): Promise<void>;
};

const READY_POLL_MS = 50;
const READY_ATTEMPTS = 600;

/** Starts the built server with the demo shop on free ports and an empty data directory; resolves when it is ready. */
export async function startServer(environment: Readonly<Record<string, string>> = {}): Promise<RunningServer> {
  const [port, demoPort] = [await freePort(), await freePort()];
  const widgetOrigin = `http://widget.localhost:${port}`;
  const shopOrigin = `http://shop.localhost:${demoPort}`;
  const directory = await mkdtemp(join(tmpdir(), 'casement-bench-'));
  const child = spawn(process.execPath, ['dist/server/main.js'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      PUBLIC_URL: widgetOrigin,
      DEMO_URL: shopOrigin,
      DEMO_DASHBOARD: 'off',
      DATA_DIR: directory,
      LOG_LEVEL: 'error',
      ...environment,
    },
  });
  await untilReady(port, child);
  return {
    widgetOrigin,
    shopOrigin,
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function untilReady(port: number, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < READY_ATTEMPTS; attempt++) {
    if (child.exitCode !== null) throw new Error(`The server ended with exit code ${child.exitCode}`);
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, READY_POLL_MS));
  }
  throw new Error('The server did not become ready');
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('No free port');
  return address.port;
}
