import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { startEmbeddedDb } from './embedded-db/start-embedded-db.ts';
import { StartError } from './start-error.ts';
import { connectStore, type StoreConnection } from './store/connect.ts';
import { createIndexes } from './store/indexes.ts';

export type RunningStore = Pick<StoreConnection, 'isReachable'> & {
  /** Whether no other process can use this store. */
  readonly isExclusive: boolean;
  stop(): Promise<void>;
};

type StoreParts = {
  readonly config: Pick<Config, 'mongodbUri' | 'dataDirectory'>;
  /** The built child script of the embedded store. */
  readonly embeddedDbEntry: string;
  readonly log: Logger;
};

/**
 * Starts the embedded store, or connects to the MongoDB that is configured, and creates what indexes are missing.
 * Rejects with a StartError or an EmbeddedDbError, each one sentence; nothing is left running then.
 */
export async function startStore({ config, embeddedDbEntry, log }: StoreParts): Promise<RunningStore> {
  if (config.mongodbUri !== undefined) {
    return { ...(await connectAndPrepare(config.mongodbUri, 'MONGODB_URI')), isExclusive: false };
  }
  const embedded = await startEmbeddedDb({
    directory: join(config.dataDirectory, 'store'),
    childEntry: embeddedDbEntry,
    onRestart: (exit) => log.error(exit, 'The embedded store ended unexpectedly and was started again'),
  });
  try {
    const store = await connectAndPrepare(embedded.uri, 'The embedded store');
    return {
      isReachable: store.isReachable,
      isExclusive: true,
      async stop() {
        await store.stop();
        await embedded.stop();
      },
    };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

async function connectAndPrepare(uri: string, name: string): Promise<Omit<RunningStore, 'isExclusive'>> {
  const connection = await connectStore(uri).catch((cause: unknown) => {
    throw new StartError(`${name} does not answer: is it running, and may this process reach it?`, cause);
  });
  try {
    await createIndexes();
  } catch (cause) {
    await connection.close();
    throw new StartError(`${name} did not accept the indexes Casement needs`, cause);
  }
  return { isReachable: connection.isReachable, stop: connection.close };
}
