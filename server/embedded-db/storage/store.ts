import { type Database, open, type Transaction } from 'lmdb';

/** `meta`: the catalog. `records`: documents by collection and record id. `entries`: index entries. */
export type Table = 'meta' | 'records' | 'entries';
/** Keys from `start` to before `end`, in the order of their bytes, or backwards. */
export type KeyRange = { start: Buffer; end: Buffer; reverse?: boolean };
export type Entry = { key: Buffer; value: Buffer };

/** Reads of one moment: everything read through one view belongs together. */
export type ReadView = {
  get(table: Table, key: Buffer): Buffer | undefined;
  range(table: Table, range: KeyRange): Iterable<Entry>;
  count(table: Table, range: KeyRange): number;
};

export type WriteView = ReadView & {
  put(table: Table, key: Buffer, value: Buffer): void;
  /** Says whether the key was there. */
  remove(table: Table, key: Buffer): boolean;
};

export type Store = {
  /** Runs `work` on what is committed now. It must not wait: the view ends with it. */
  read<T>(work: (view: ReadView) => T): T;
  /** Like `read`, for work that waits in between: its view stays as it is until the promise settles. */
  snapshot<T>(work: (view: ReadView) => Promise<T>): Promise<T>;
  /**
   * Runs `work` alone and resolves when what it wrote is on disk; writes that come meanwhile share the next flush.
   * When `work` throws, nothing of it remains, and the promise rejects with its error. It must not wait.
   */
  write<T>(work: (view: WriteView) => T): Promise<T>;
  /** Bytes of the store's pages in use, free ones included. */
  sizeInBytes(): number;
  close(): Promise<void>;
};

/** Each connection may hold one, and lmdb wants to know beforehand how many there can be. */
const MAX_SNAPSHOTS = 2_000;

type Tables = Record<Table, Database<Buffer, Buffer>>;

/** Opens or creates the lmdb file at `path`. The caller must hold the directory's lock: two writers lose each other's data. */
export function openStore(path: string): Store {
  const encoding = { encoding: 'binary', keyEncoding: 'binary', cache: false } as const;
  // overlappingSync would resolve a write before it is on disk; nothing may be answered that early.
  const root = open<Buffer, Buffer>({
    path,
    noSubdir: true,
    overlappingSync: false,
    maxDbs: 4,
    maxReaders: MAX_SNAPSHOTS,
    ...encoding,
  });
  const tables: Tables = {
    meta: root.openDB({ name: 'meta', ...encoding }),
    records: root.openDB({ name: 'records', ...encoding }),
    entries: root.openDB({ name: 'entries', ...encoding }),
  };
  const view = createView(tables, {});
  return {
    read(work) {
      root.resetReadTxn();
      return work(view);
    },
    async snapshot(work) {
      root.resetReadTxn();
      const transaction = root.useReadTransaction();
      try {
        return await work(createView(tables, { transaction }));
      } finally {
        transaction.done();
      }
    },
    // A child transaction, because lmdb keeps what a plain asynchronous one had put before it threw.
    write: (work) => root.childTransaction(() => work(view)),
    sizeInBytes: () => storeSize(root.getStats()),
    close: () => root.close(),
  };
}

function createView(tables: Tables, within: { transaction?: Transaction }): WriteView {
  return {
    get: (table, key) => tables[table].get(key, within),
    range: (table, range) => tables[table].getRange({ ...rangeOptions(range), ...within }),
    count: (table, range) => tables[table].getKeysCount({ ...rangeOptions(range), ...within }),
    put(table, key, value) {
      tables[table].putSync(key, value);
    },
    remove: (table, key) => tables[table].removeSync(key),
  };
}

function rangeOptions({ start, end, reverse }: KeyRange) {
  if (!reverse) return { start, end };
  return { start: end, exclusiveStart: true, end: start, inclusiveEnd: true, reverse: true };
}

function storeSize(stats: object): number {
  const pageSize = 'pageSize' in stats ? Number(stats.pageSize) : 0;
  const lastPage = 'lastPageNumber' in stats ? Number(stats.lastPageNumber) : 0;
  return pageSize * (lastPage + 1);
}
