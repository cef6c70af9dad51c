import { type ChildProcess, fork } from 'node:child_process';
import { type ChildOptions, encodeChildOptions, parseChildMessage } from './child-messages.ts';
import { EmbeddedDbError } from './embedded-db-error.ts';
import type { Address } from './serve.ts';

export type Exit = { code: number | null; signal: string | null };

/** A child that accepts connections. `exited` resolves when it is gone, for whatever reason. */
export type RunningChild = { pid: number; address: Address; exited: Promise<Exit>; stop(): Promise<void> };

const STOP_TIMEOUT_MS = 10_000;

/** Starts the store's process and resolves when it accepts connections. Throws `EmbeddedDbError` with the child's reason. */
export async function startChild(childEntry: string, options: ChildOptions): Promise<RunningChild> {
  const child = fork(childEntry, [encodeChildOptions(options)], {
    // The parent's own flags (a debugger's port, a test runner's loader) are not for the child.
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: null, signal: null }));
  });
  const address = await Promise.race([readyAddress(child), failedStart(exited)]);
  return { pid: child.pid ?? 0, address, exited, stop: () => stopChild(child, exited) };
}

function readyAddress(child: ChildProcess): Promise<Address> {
  return new Promise((resolve, reject) => {
    child.on('message', (raw) => {
      const message = parseChildMessage(raw);
      if (message?.type === 'ready') resolve(message.address);
      if (message?.type === 'failed') reject(new EmbeddedDbError(message.code, message.message));
    });
  });
}

async function failedStart(exited: Promise<Exit>): Promise<never> {
  const { code, signal } = await exited;
  throw new EmbeddedDbError(
    'START_FAILED',
    `The embedded store's process ended at its start (code ${code}, signal ${signal})`,
  );
}

/** Closing the channel is the order to stop; the child then finishes what it is doing. */
async function stopChild(child: ChildProcess, exited: Promise<Exit>): Promise<void> {
  if (child.connected) child.disconnect();
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await exited;
  clearTimeout(timer);
}
