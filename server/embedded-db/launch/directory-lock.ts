import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { open } from 'lmdb';
import { EmbeddedDbError } from './embedded-db-error.ts';

/** A held lock. `release` lets the next process in; the death of this one does too. */
export type DirectoryLock = { release(): Promise<void> };

const ANSWER_TIMEOUT_MS = 1_000;
const HANDOVER_TIMEOUT_MS = 5_000;
const HANDOVER_POLL_MS = 20;

/**
 * Takes the working directory for this process alone, or throws LOCKED. `parentPid` is the process it works for: when that is
 * gone, the owner tells whoever asks that it is leaving.
 *
 * The lock is a listening socket in the directory: the kernel closes it with the process, however that dies, so that it
 * never outlives its owner, and it holds across containers that share the directory, where process ids mean nothing.
 * Node has no flock. The dead socket's file stays behind, and removing it must not hit the fresh one of a rival: asking,
 * removing and listening happen inside a write transaction of a tiny lmdb file, a mutex that the system frees on death.
 */
export async function lockWorkingDirectory(parentPid: number): Promise<DirectoryLock> {
  const deadline = Date.now() + HANDOVER_TIMEOUT_MS;
  for (;;) {
    if (process.ppid !== parentPid)
      throw new EmbeddedDbError('START_FAILED', 'The process that started the store is gone');
    const attempt = process.platform === 'win32' ? await tryPipe(parentPid) : await tryLock(parentPid);
    if ('lock' in attempt) return attempt.lock;
    // An owner that is on its way out, its parent gone, is waited for: a restart must not fail on its own past.
    if (!attempt.isLeaving || Date.now() > deadline) {
      const owner = attempt.pid === undefined ? 'another process' : `process ${attempt.pid}`;
      throw new EmbeddedDbError('LOCKED', `The data directory "${process.cwd()}" is in use by ${owner}`);
    }
    await delay(HANDOVER_POLL_MS);
  }
}

type Owner = { pid?: number | undefined; isLeaving: boolean };
type Attempt = { lock: DirectoryLock } | Owner;

const LOCK_SOCKET = 'lock.sock';

async function tryLock(parentPid: number): Promise<Attempt> {
  const mutex = open({ path: 'lock.mdb', noSubdir: true, overlappingSync: false });
  try {
    return await mutex.transactionSync(async (): Promise<Attempt> => {
      const owner = await askOwner(LOCK_SOCKET);
      if (owner) return owner;
      rmSync(LOCK_SOCKET, { force: true });
      return { lock: await listenAsOwner(LOCK_SOCKET, parentPid) };
    });
  } finally {
    await mutex.close();
  }
}

/** A named pipe goes away with its process and cannot be listened on twice: no mutex is needed. */
async function tryPipe(parentPid: number): Promise<Attempt> {
  const name = `\\\\.\\pipe\\embedded-db-${createHash('sha256').update(process.cwd()).digest('hex')}`;
  try {
    return { lock: await listenAsOwner(name, parentPid) };
  } catch {
    return (await askOwner(name)) ?? { isLeaving: true };
  }
}

/** Who listens on the socket, or undefined when nobody does. An owner too busy to answer is still one. */
function askOwner(path: string): Promise<Owner | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path);
    let answer = '';
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => socket.destroy(new Error('no answer')));
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('end', () => resolve(parseOwner(answer)));
    socket.on('error', (error) => {
      const code = 'code' in error ? error.code : undefined;
      resolve(code === 'ECONNREFUSED' || code === 'ENOENT' ? undefined : { isLeaving: false });
    });
  });
}

function parseOwner(answer: string): Owner {
  const [pid, state] = answer.trim().split(' ');
  return { pid: pid ? Number(pid) : undefined, isLeaving: state !== 'serving' };
}

function listenAsOwner(path: string, parentPid: number): Promise<DirectoryLock> {
  let isReleasing = false;
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    const isLeaving = isReleasing || process.ppid !== parentPid;
    socket.end(`${process.pid} ${isLeaving ? 'leaving' : 'serving'}\n`);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.unref();
      const release = () => {
        isReleasing = true;
        return closeServer(server);
      };
      resolve({ release });
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
