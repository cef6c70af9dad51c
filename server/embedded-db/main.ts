import { type ChildMessage, parseChildOptions } from './launch/child-messages.ts';
import { requireReadableFormat, requireWritableDirectory, STORE_FILE, writeFormat } from './launch/data-directory.ts';
import { lockWorkingDirectory } from './launch/directory-lock.ts';
import { EmbeddedDbError } from './launch/embedded-db-error.ts';
import { startEngine } from './launch/engine.ts';
import { type RunningServer, serve } from './launch/serve.ts';

/**
 * The store's own process. It lives exactly as long as its parent's channel to it: a parent that dies, by whatever signal,
 * closes the channel. Signals themselves are ignored: Ctrl-C and service managers signal the whole group, and the parent
 * needs the store until it has finished its own work.
 */
async function main(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  // Above all a commit that failed, on a full disk for one: after it only what is on disk can be trusted, and the parent
  // starts a process that reads it from there.
  process.on('unhandledRejection', (fault) => {
    reportBug(fault);
    process.exit(1);
  });
  const parentIsGone = new Promise<void>((resolve) => {
    process.once('disconnect', resolve);
    // It may be gone before this script was even loaded, and the event with it.
    if (!process.connected) resolve();
  });
  try {
    const { address, close } = await start();
    send({ type: 'ready', address });
    await parentIsGone;
    await close();
    process.exit(0);
  } catch (error) {
    const code = error instanceof EmbeddedDbError ? error.code : 'START_FAILED';
    send({ type: 'failed', code, message: error instanceof Error ? error.message : String(error) }, () =>
      process.exit(1),
    );
  }
}

async function start(): Promise<RunningServer> {
  const { directory, address, parentPid } = parseChildOptions(process.argv[2]);
  // Nothing that this process makes is for the eyes of another account, the socket least of all.
  process.umask(0o077);
  requireReadableFormat(directory);
  requireWritableDirectory(directory);
  // Paths of Unix sockets are short; seen from the directory itself, the lock's always is.
  process.chdir(directory);
  const lock = await lockWorkingDirectory(parentPid);
  requireReadableFormat('.');
  writeFormat('.');
  const { engine, close: closeEngine } = startEngine(STORE_FILE, reportBug);
  const server = await serve(engine, address, reportBug);
  return {
    address: server.address,
    async close() {
      await server.close();
      await closeEngine();
      await lock.release();
    },
  };
}

function send(message: ChildMessage, afterwards: () => void = () => {}): void {
  if (process.connected && process.send) process.send(message, afterwards);
  else afterwards();
}

/** The store has no log of its own: what must not happen goes to the parent's standard error. */
function reportBug(error: unknown): void {
  process.stderr.write(`embedded-db: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}

void main();
