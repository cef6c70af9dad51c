import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Document, MongoClient } from 'mongodb';
import { type EmbeddedDb, startEmbeddedDb } from '../../server/embedded-db/start-embedded-db.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A document of a collection under test, whose `_id` may be anything. */
export interface AnyDocument extends Document {
  _id?: string | number | object | null;
}

/** A MongoDB server for one test file. `isEmbedded` is false for the one that TEST_MONGODB_URI names. */
export type TestServer = {
  uri: string;
  isEmbedded: boolean;
  /** Connects a driver; `stop` closes it. */
  connect(): Promise<MongoClient>;
  /** A database name that no other test uses; `stop` drops it. */
  databaseName: string;
  stop(): Promise<void>;
};

let builtEntry: Promise<string> | undefined;

/** Builds the store's child script from its sources, once for each test process, and returns its path. */
export function buildEmbeddedDbEntry(): Promise<string> {
  builtEntry ??= buildEntry();
  return builtEntry;
}

/** Starts an embedded store in `directory`, or in a new temporary one that goes away when it is stopped. */
export async function startTestStore(directory?: string): Promise<EmbeddedDb & { directory: string }> {
  const childEntry = await buildEmbeddedDbEntry();
  const chosen = directory ?? mkdtempSync(join(tmpdir(), 'embedded-db-test-'));
  const store = await startEmbeddedDb({ directory: chosen, childEntry });
  return {
    uri: store.uri,
    directory: chosen,
    get pid() {
      return store.pid;
    },
    async stop() {
      await store.stop();
      if (directory === undefined) rmSync(chosen, { recursive: true, force: true });
    },
  };
}

/** The server under test: the one named by TEST_MONGODB_URI when it is set, else a fresh embedded store. */
export async function startTestServer(): Promise<TestServer> {
  const named = process.env.TEST_MONGODB_URI;
  const store = named === undefined ? await startTestStore() : undefined;
  const uri = store?.uri ?? named ?? '';
  const databaseName = `test_${randomUUID().slice(0, 8)}`;
  const clients: MongoClient[] = [];
  const connect = async () => {
    const client = await new MongoClient(uri, { serverSelectionTimeoutMS: 10_000 }).connect();
    clients.push(client);
    return client;
  };
  return {
    uri,
    isEmbedded: store !== undefined,
    connect,
    databaseName,
    async stop() {
      const client = await connect();
      await client.db(databaseName).dropDatabase();
      await Promise.all(clients.map((one) => one.close()));
      await store?.stop();
    },
  };
}

async function buildEntry(): Promise<string> {
  // Inside the repository, so that the script finds its packages.
  const outfile = join(
    ROOT,
    '.cache',
    'embedded-db-test',
    `${process.pid}-${randomUUID().slice(0, 8)}`,
    'embedded-db.mjs',
  );
  await build({
    entryPoints: [join(ROOT, 'server/embedded-db/main.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
    outfile,
  });
  process.once('exit', () => rmSync(join(outfile, '..'), { recursive: true, force: true }));
  return outfile;
}
