import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Exit, startChild } from './launch/child.ts';
import type { Address } from './launch/serve.ts';

export { EmbeddedDbError, type EmbeddedDbErrorCode } from './launch/embedded-db-error.ts';

/** A running store. `pid` is the one of its current process; `stop` resolves when everything answered is safe and it is gone. */
export type EmbeddedDb = { uri: string; stop(): Promise<void>; readonly pid: number };

export type EmbeddedDbOptions = {
  /** Where the store keeps its files; created with mode 0700 when missing. One process at a time can have it. */
  directory: string;
  /** The path of the built script that is the store's process. */
  childEntry: string;
  /** Called when the process ended by itself, before a new one is started on the same address. */
  onRestart?: (exit: Exit) => void;
};

/** The path of a Unix socket may have 107 bytes on Linux and 103 on macOS. */
const MAX_SOCKET_PATH_BYTES = 100;
const MAX_RESTART_DELAY_MS = 5_000;

/**
 * Starts the store in its own process and resolves when it accepts connections at `uri`, which any MongoDB driver takes.
 * The process is started again when it dies, on the same address, until `stop` is called; it never outlives this one.
 * Throws `EmbeddedDbError` with code LOCKED, NOT_WRITABLE, NEWER_FORMAT or START_FAILED.
 */
export async function startEmbeddedDb(options: EmbeddedDbOptions): Promise<EmbeddedDb> {
  const directory = resolve(options.directory);
  const place = chooseAddress(directory);
  const start = (address: Address) => startChild(options.childEntry, { directory, address, parentPid: process.pid });
  let child = await start(place.address).catch((error: unknown) => {
    place.remove();
    throw error;
  });
  const { address } = child;
  const stopping = new AbortController();

  async function keepAlive(): Promise<void> {
    while (!stopping.signal.aborted) {
      const exit = await child.exited;
      if (stopping.signal.aborted) return;
      options.onRestart?.(exit);
      child = await restart(() => start(address), stopping.signal).catch(() => child);
    }
  }

  const keptAlive = keepAlive();
  return {
    uri: uriOf(address),
    get pid() {
      return child.pid;
    },
    async stop() {
      stopping.abort();
      await child.stop();
      await keptAlive;
      // A restart that was under way when stop was called may have brought up one more process.
      await child.stop();
      place.remove();
    },
  };
}

/** Tries until it works or `signal` says to give up; waits longer each time. */
async function restart<T>(start: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let wait = 50; ; wait = Math.min(wait * 2, MAX_RESTART_DELAY_MS)) {
    try {
      return await start();
    } catch (error) {
      if (signal.aborted) throw error;
      await delay(wait, undefined, { signal });
    }
  }
}

/** The socket lies in the data directory, or in one of its own where that path would be too long. */
function chooseAddress(directory: string): { address: Address; remove(): void } {
  if (process.platform === 'win32') return { address: { port: 0 }, remove() {} };
  const socketPath = join(directory, 'db.sock');
  if (Buffer.byteLength(socketPath) <= MAX_SOCKET_PATH_BYTES) return { address: { socketPath }, remove() {} };
  const shortPath = join(mkdtempSync(join(tmpdir(), 'embedded-db-')), 'db.sock');
  return {
    address: { socketPath: shortPath },
    remove: () => rmSync(dirname(shortPath), { recursive: true, force: true }),
  };
}

function uriOf(address: Address): string {
  const host = 'port' in address ? `127.0.0.1:${address.port}` : encodeURIComponent(address.socketPath);
  return `mongodb://${host}/casement`;
}
