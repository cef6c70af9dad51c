import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  type EmbeddedDb,
  type EmbeddedDbOptions,
  startEmbeddedDb,
} from '../../../server/embedded-db/start-embedded-db.ts';
import { buildEmbeddedDbEntry } from '../../support/embedded-db.ts';
import { type StoreOwner, startStoreOwner } from '../../support/embedded-db-process.ts';

let root: string;
let directory: string;
let running: EmbeddedDb[] = [];
let owners: StoreOwner[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'embedded-db-start-'));
  directory = join(root, 'data', 'store');
});
afterEach(async () => {
  await Promise.all(running.map((store) => store.stop()));
  running = [];
  for (const owner of owners) owner.kill('owner');
  await Promise.all(owners.map((owner) => owner.exited));
  owners = [];
  rmSync(root, { recursive: true, force: true });
});

async function start(options: Partial<EmbeddedDbOptions> = {}): Promise<EmbeddedDb> {
  const store = await startEmbeddedDb({ directory, childEntry: await buildEmbeddedDbEntry(), ...options });
  running.push(store);
  return store;
}

async function startOwner(): Promise<StoreOwner> {
  const owner = await startStoreOwner(directory, 'idle');
  owners.push(owner);
  return owner;
}

async function withClient<T>(uri: string, work: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = await new MongoClient(uri).connect();
  return work(client).finally(() => client.close());
}

function isAlive(pid: number): boolean {
  // A process that ended and was not waited for yet is none.
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

it('makes the directory for its owner alone, and what is in it too', async () => {
  const store = await start();
  const modes = ['.', ...readdirSync(directory)].map((name) => statSync(join(directory, name)).mode & 0o077);
  expect(modes).toEqual(modes.map(() => 0));
  expect(store.uri).toBe(`mongodb://${encodeURIComponent(join(directory, 'db.sock'))}/casement`);
  expect(isAlive(store.pid)).toBe(true);
});

it('keeps everything over a stop and a start', async () => {
  const first = await start();
  await withClient(first.uri, async (client) => {
    await client.db().collection('things').createIndex({ a: 1 }, { unique: true });
    await client
      .db()
      .collection('things')
      .insertMany([{ a: 1 }, { a: 2 }]);
  });
  const { pid } = first;
  await first.stop();
  expect(isAlive(pid)).toBe(false);
  const second = await start();
  await withClient(second.uri, async (client) => {
    expect(await client.db().collection('things').countDocuments()).toBe(2);
    await expect(client.db().collection('things').insertOne({ a: 2 })).rejects.toMatchObject({ code: 11000 });
  });
});

it('refuses a directory that another process has, and names that process', async () => {
  const owner = await startOwner();
  await expect(start()).rejects.toMatchObject({ name: 'EmbeddedDbError', code: 'LOCKED' });
  await expect(start()).rejects.toThrow(`"${directory}" is in use by process ${owner.childPid}`);
  await withClient(owner.uri, (client) => client.db().collection('things').insertOne({}));
  owner.kill('owner');
  await owner.exited;
  const store = await start();
  await withClient(store.uri, async (client) => {
    expect(await client.db().collection('things').countDocuments()).toBe(1);
  });
});

it('refuses a directory that the same process has', async () => {
  await start();
  await expect(start()).rejects.toMatchObject({ code: 'LOCKED' });
});

it('lets one of several that start at once have the directory', async () => {
  const results = await Promise.allSettled(Array.from({ length: 6 }, () => start()));
  const codes = results.map((result) => (result.status === 'rejected' ? result.reason.code : 'started'));
  expect(codes.sort()).toEqual(['LOCKED', 'LOCKED', 'LOCKED', 'LOCKED', 'LOCKED', 'started']);
});

it('refuses a store of a newer format without touching it', async () => {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'format.json'), '{"format":2}\n');
  writeFileSync(join(directory, 'store.mdb'), 'of the future');
  await expect(start()).rejects.toMatchObject({ code: 'NEWER_FORMAT' });
  await expect(start()).rejects.toThrow(/written in format 2 by a newer version/);
  expect(readdirSync(directory).sort()).toEqual(['format.json', 'store.mdb']);
  expect(readFileSync(join(directory, 'store.mdb'), 'utf8')).toBe('of the future');
});

it.each([
  ['a store without a format', 'store.mdb', ''],
  ['a format that cannot be read', 'format.json', 'format one'],
  ['a format that is none', 'format.json', '{"format":"1"}'],
])('refuses %s', async (_name, file, content) => {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, file), content);
  await expect(start()).rejects.toMatchObject({ code: 'START_FAILED' });
  expect(readdirSync(directory)).toEqual([file]);
});

it('says that a directory cannot be written to', async () => {
  writeFileSync(join(root, 'data'), 'a file where the directory should be');
  await expect(start()).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
  await expect(start({ directory: '/proc/nowhere' })).rejects.toThrow(/"\/proc\/nowhere" cannot be written to/);
});

it('says that its process cannot be started', async () => {
  await expect(start({ childEntry: join(root, 'missing.js') })).rejects.toMatchObject({ code: 'START_FAILED' });
});

it('puts the socket elsewhere when the path is too long for one', async () => {
  const long = join(directory, 'x'.repeat(120));
  const store = await start({ directory: long });
  const socketPath = decodeURIComponent(/^mongodb:\/\/([^/]+)/.exec(store.uri)?.[1] ?? '');
  expect(statSync(join(socketPath, '..')).mode & 0o077).toBe(0);
  await withClient(store.uri, (client) => client.db().collection('things').insertOne({}));
  await store.stop();
  expect(existsSync(join(socketPath, '..'))).toBe(false);
  await expect(Promise.all([start({ directory: long }), start({ directory: long })])).rejects.toMatchObject({
    code: 'LOCKED',
  });
});

it('is started again on the same address when its process dies', async () => {
  const exits: unknown[] = [];
  const store = await start({ onRestart: (exit) => exits.push(exit) });
  await withClient(store.uri, async (client) => {
    await client.db().collection('things').insertOne({ a: 1 });
    const { pid } = store;
    process.kill(pid, 'SIGKILL');
    await expect
      .poll(
        () =>
          client
            .db()
            .collection('things')
            .countDocuments()
            .catch(() => 0),
        { timeout: 20_000 },
      )
      .toBe(1);
    expect(store.pid).not.toBe(pid);
  });
  expect(exits).toEqual([{ code: null, signal: 'SIGKILL' }]);
});

it('stops also while it is being started again', async () => {
  const store = await start();
  process.kill(store.pid, 'SIGKILL');
  await store.stop();
  expect(isAlive(store.pid)).toBe(false);
});

it('leaves nobody behind who holds the directory when its parent dies while it starts', async () => {
  for (let round = 0; round < 3; round++) {
    await expect(startStoreOwner(directory, 'vanishes')).rejects.toThrow('before it was ready');
  }
  await start();
});

it('lives on when signals are meant for its parent, and ends with its parent', async () => {
  const owner = await startOwner();
  process.kill(owner.childPid, 'SIGTERM');
  process.kill(owner.childPid, 'SIGINT');
  await withClient(owner.uri, (client) => client.db().command({ ping: 1 }));
  expect(isAlive(owner.childPid)).toBe(true);
  owner.kill('owner');
  await expect.poll(() => isAlive(owner.childPid), { timeout: 20_000 }).toBe(false);
});
