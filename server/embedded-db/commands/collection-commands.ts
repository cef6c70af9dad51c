import { Int32, Long } from 'bson';
import type { Document } from '../bson-value/document.ts';
import { listDatabaseNames } from '../catalog/catalog.ts';
import { type CollectionDefinition, collectionNameOf, describeIndex } from '../catalog/definitions.ts';
import { createListSource } from '../cursors/cursor-source.ts';
import { MongoError, notImplemented } from '../errors.ts';
import { compileFilter } from '../match/compile-filter.ts';
import { encodeDocument } from '../storage/codec.ts';
import { collectionPrefix } from '../storage/keys.ts';
import type { WriteView } from '../storage/store.ts';
import { markForSweeping } from '../storage/sweep.ts';
import { documentArgument, flagArgument } from './arguments.ts';
import { type Command, type Commands, type Engine, namespaceOf } from './command.ts';
import { firstBatch } from './cursor-batches.ts';
import { requireCollection } from './index-commands.ts';

/** Options of create that would change how a collection behaves, and that nothing here would heed. */
const REFUSED_OPTIONS = [
  'size',
  'max',
  'timeseries',
  'expireAfterSeconds',
  'clusteredIndex',
  'changeStreamPreAndPostImages',
  'validator',
  'validationLevel',
  'validationAction',
  'viewOn',
  'pipeline',
  'encryptedFields',
  'indexOptionDefaults',
  'storageEngine',
];

const create: Command = {
  fields: ['capped', 'autoIndexId', 'idIndex', 'collation', ...REFUSED_OPTIONS],
  async run(call, engine) {
    const namespace = namespaceOf(call);
    if (flagArgument(call.body, 'capped')) throw notImplemented('a capped collection');
    const refused = REFUSED_OPTIONS.find((name) => call.body[name] !== undefined);
    if (refused) throw notImplemented(`the collection option "${refused}"`);
    return engine.store.write((view) => {
      if (engine.catalog.find(view, namespace)) {
        throw new MongoError('NamespaceExists', `Collection ${namespace} already exists.`);
      }
      engine.catalog.create(view, namespace, {});
      return { ok: 1 };
    });
  },
};

const drop: Command = {
  fields: [],
  async run(call, engine) {
    const namespace = namespaceOf(call);
    const reply = await engine.store.write((view) => {
      const collection = requireCollection(engine, view, namespace);
      dropCollection(view, engine, collection);
      return { nIndexesWas: new Int32(collection.indexes.length), ns: namespace, ok: 1 };
    });
    engine.sweepSoon();
    return reply;
  },
};

const dropDatabase: Command = {
  fields: [],
  async run(call, engine) {
    await engine.store.write((view) => {
      for (const collection of engine.catalog.list(view, call.database)) dropCollection(view, engine, collection);
    });
    engine.sweepSoon();
    return { dropped: call.database, ok: 1 };
  },
};

const listCollections: Command = {
  fields: ['filter', 'nameOnly', 'cursor', 'authorizedCollections'],
  async run(call, engine) {
    const matches = compileFilter(documentArgument(call.body, 'filter') ?? {});
    const nameOnly = flagArgument(call.body, 'nameOnly');
    return engine.store.snapshot((view) => {
      const listed = engine.catalog
        .list(view, call.database)
        .map(describeCollection)
        .filter((entry) => matches(entry));
      const shown = nameOnly ? listed.map(({ name, type }) => ({ name, type })) : listed;
      const cursor = {
        namespace: `${call.database}.$cmd.listCollections`,
        source: createListSource(shown.map(encodeDocument)),
        view,
      };
      return firstBatch(call, engine, cursor, documentArgument(call.body, 'cursor') ?? {});
    });
  },
};

const listDatabases: Command = {
  fields: ['filter', 'nameOnly', 'authorizedDatabases'],
  run(call, engine) {
    const matches = compileFilter(documentArgument(call.body, 'filter') ?? {});
    const nameOnly = flagArgument(call.body, 'nameOnly');
    const names = engine.store.read((view) => listDatabaseNames(view));
    // All databases share one file, whose size is given once, as the total.
    const databases = names.map((name) => (nameOnly ? { name } : { name, sizeOnDisk: Long.ZERO, empty: false }));
    const totalSize = nameOnly ? {} : { totalSize: Long.fromNumber(engine.store.sizeInBytes()) };
    return { databases: databases.filter((entry) => matches(entry)), ...totalSize, ok: 1 };
  },
};

export const collectionCommands: Commands = { create, drop, dropDatabase, listCollections, listDatabases };

function dropCollection(view: WriteView, engine: Engine, collection: CollectionDefinition): void {
  engine.catalog.remove(view, collection.namespace);
  markForSweeping(view, collectionPrefix(collection.id));
}

function describeCollection({ namespace, options, uuid, indexes }: CollectionDefinition): Document {
  const idIndex = indexes[0] ? { idIndex: describeIndex(indexes[0]) } : {};
  return {
    name: collectionNameOf(namespace),
    type: 'collection',
    options,
    info: { readOnly: false, uuid },
    ...idIndex,
  };
}
