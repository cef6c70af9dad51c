import { Int32, Long } from 'bson';
import type { Document } from '../bson-value/document.ts';
import { collectionPrefix, prefixRange } from '../storage/keys.ts';
import type { ReadView } from '../storage/store.ts';
import { numberArgument, required } from './arguments.ts';
import { type Command, type Commands, type Engine, namespaceOf } from './command.ts';
import { SERVER_VERSION } from './handshake.ts';

const serverStatus: Command = {
  fields: ['repl', 'metrics', 'locks', 'wiredTiger', 'tcmalloc', 'opLatencies', 'recordStats', 'latchAnalysis'],
  run: (_call, engine) => ({
    host: 'embedded',
    version: SERVER_VERSION,
    process: 'embedded',
    pid: Long.fromNumber(process.pid),
    uptime: (Date.now() - engine.startedAt) / 1000,
    localTime: new Date(),
    storageEngine: { name: 'lmdb', persistent: true },
    mem: { resident: new Int32(Math.round(process.memoryUsage.rss() / 1024 ** 2)) },
    metrics: { cursor: { open: { total: Long.fromNumber(engine.cursors.count()) } } },
    ok: 1,
  }),
};

const collStats: Command = {
  fields: ['scale'],
  run(call, engine) {
    const namespace = namespaceOf(call);
    const scale = numberArgument(call.body, 'scale') ?? 1;
    const size = engine.store.read((view) => sizeOf(view, engine, namespace));
    return {
      ns: namespace,
      count: new Int32(size.documents),
      size: size.bytes / scale,
      avgObjSize: size.documents > 0 ? size.bytes / size.documents : 0,
      nindexes: new Int32(size.indexes),
      capped: false,
      scaleFactor: scale,
      ok: 1,
    };
  },
};

const dbStats: Command = {
  fields: ['scale', 'freeStorage'],
  run(call, engine) {
    const scale = numberArgument(call.body, 'scale') ?? 1;
    const sizes = engine.store.read((view) =>
      engine.catalog.list(view, call.database).map(({ namespace }) => sizeOf(view, engine, namespace)),
    );
    const sum = (pick: (size: Size) => number) => sizes.reduce((total, size) => total + pick(size), 0);
    return {
      db: call.database,
      collections: new Int32(sizes.length),
      views: new Int32(0),
      objects: new Int32(sum((size) => size.documents)),
      dataSize: sum((size) => size.bytes) / scale,
      indexes: new Int32(sum((size) => size.indexes)),
      storageSize: engine.store.sizeInBytes() / scale,
      scaleFactor: scale,
      ok: 1,
    };
  },
};

/** Of all the parameters of a server, the one that tests of expiry need. */
const setParameter: Command = {
  fields: ['ttlMonitorSleepSecs'],
  run(call, engine): Document {
    engine.setTtlIntervalSeconds(
      required(numberArgument(call.body, 'ttlMonitorSleepSecs'), 'setParameter', 'ttlMonitorSleepSecs'),
    );
    return { ok: 1 };
  },
};

export const statisticsCommands: Commands = {
  serverStatus,
  collStats,
  collstats: collStats,
  dbStats,
  dbstats: dbStats,
  setParameter,
};

type Size = { documents: number; bytes: number; indexes: number };

function sizeOf(view: ReadView, engine: Engine, namespace: string): Size {
  const collection = engine.catalog.find(view, namespace);
  if (!collection) return { documents: 0, bytes: 0, indexes: 0 };
  let documents = 0;
  let bytes = 0;
  for (const { value } of view.range('records', prefixRange(collectionPrefix(collection.id)))) {
    documents += 1;
    bytes += value.length;
  }
  return { documents, bytes, indexes: collection.indexes.length };
}
