import mongoose from 'mongoose';

export type StoreConnection = {
  /** Whether the store answers now. Never throws. */
  isReachable(): Promise<boolean>;
  /** Lets what is under way end, then closes. */
  close(): Promise<void>;
};

const DEFAULT_DATABASE = 'casement';

/** How long an operation looks for a server before it fails; a visitor should not wait longer for bad news. */
const SERVER_SELECTION_TIMEOUT_MS = 5_000;

/**
 * Connects every model of `server/store` to a MongoDB-compatible server and resolves when it answered. The database is
 * the one the URI names, else "casement". Rejects with the driver's error, see `toStoreError`.
 */
export async function connectStore(uri: string): Promise<StoreConnection> {
  // A filter is built from values only; an object where a value belongs is refused instead of read as an operator.
  mongoose.set('sanitizeFilter', true);
  mongoose.set('strictQuery', 'throw');
  await mongoose.connect(uri, {
    ...(!hasDatabase(uri) && { dbName: DEFAULT_DATABASE }),
    appName: 'casement',
    autoCreate: false,
    autoIndex: false,
    bufferCommands: false,
    serverSelectionTimeoutMS: SERVER_SELECTION_TIMEOUT_MS,
    writeConcern: { w: 'majority', journal: true },
  });
  const { connection } = mongoose;
  return {
    async isReachable() {
      try {
        await connection.db?.command({ ping: 1 }, { timeoutMS: SERVER_SELECTION_TIMEOUT_MS });
        return connection.db !== undefined;
      } catch {
        return false;
      }
    },
    close: () => connection.close(),
  };
}

function hasDatabase(uri: string): boolean {
  return /^mongodb(\+srv)?:\/\/[^/]+\/[^?]/.test(uri);
}
