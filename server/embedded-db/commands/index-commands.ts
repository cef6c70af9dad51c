import { Int32 } from 'bson';
import type { Document } from '../bson-value/document.ts';
import { addIndex } from '../catalog/add-index.ts';
import {
  type CollectionDefinition,
  describeIndex,
  ID_INDEX_SLOT,
  type IndexDefinition,
} from '../catalog/definitions.ts';
import { parseExpiry, parseIndexSpec } from '../catalog/index-spec.ts';
import { createListSource } from '../cursors/cursor-source.ts';
import { MongoError, notImplemented } from '../errors.ts';
import { encodeDocument } from '../storage/codec.ts';
import { indexPrefix } from '../storage/keys.ts';
import type { ReadView } from '../storage/store.ts';
import { markForSweeping } from '../storage/sweep.ts';
import { documentArgument, documentsArgument, required } from './arguments.ts';
import { collectionForWrite } from './collection-access.ts';
import { type Command, type Commands, type Engine, namespaceOf } from './command.ts';
import { firstBatch } from './cursor-batches.ts';
import { isSameKey } from './query-options.ts';

const createIndexes: Command = {
  fields: ['indexes', 'commitQuorum', 'ignoreUnknownIndexOptions'],
  async run(call, engine) {
    const namespace = namespaceOf(call);
    const specs = required(documentsArgument(call.body, 'indexes'), 'createIndexes', 'indexes').map(parseIndexSpec);
    if (specs.length === 0) throw new MongoError('BadValue', 'Must specify at least one index to create');
    return engine.store.write((view) => {
      const isNew = engine.catalog.find(view, namespace) === undefined;
      let collection = collectionForWrite(engine, view, namespace);
      const before = collection.indexes.length;
      for (const spec of specs) collection = addIndex(view, engine.catalog, collection, spec);
      return {
        numIndexesBefore: new Int32(before),
        numIndexesAfter: new Int32(collection.indexes.length),
        createdCollectionAutomatically: isNew,
        ...(before === collection.indexes.length && { note: 'all indexes already exist' }),
        ok: 1,
      };
    });
  },
};

const listIndexes: Command = {
  fields: ['cursor'],
  async run(call, engine) {
    const namespace = namespaceOf(call);
    return engine.store.snapshot(async (view) => {
      const { indexes } = requireCollection(engine, view, namespace);
      const source = createListSource(indexes.map((index) => encodeDocument(describeIndex(index))));
      return firstBatch(call, engine, { namespace, source, view }, documentArgument(call.body, 'cursor') ?? {});
    });
  },
};

const dropIndexes: Command = {
  fields: ['index'],
  async run(call, engine) {
    const namespace = namespaceOf(call);
    const wanted = required(call.body.index, 'dropIndexes', 'index');
    const reply = await engine.store.write((view) => {
      const collection = requireCollection(engine, view, namespace);
      const dropped = (Array.isArray(wanted) ? wanted : [wanted]).flatMap((one) => findDroppable(collection, one));
      for (const { slot } of dropped) markForSweeping(view, indexPrefix(collection.id, slot));
      const indexes = collection.indexes.filter((index) => !dropped.includes(index));
      engine.catalog.save(view, { ...collection, indexes });
      return { nIndexesWas: new Int32(collection.indexes.length), ok: 1 };
    });
    engine.sweepSoon();
    return reply;
  },
};

/** Only what can change about an index afterwards: when its documents expire, and whether queries see it. */
const collMod: Command = {
  fields: ['index', 'validator', 'validationLevel', 'validationAction'],
  async run(call, engine) {
    const namespace = namespaceOf(call);
    for (const name of ['validator', 'validationLevel', 'validationAction']) {
      if (call.body[name] !== undefined) throw notImplemented(`"${name}" of collMod`);
    }
    const change = documentArgument(call.body, 'index');
    return engine.store.write((view) => {
      const collection = requireCollection(engine, view, namespace);
      if (!change) return { ok: 1 };
      const index = findIndex(collection, change.name ?? change.keyPattern);
      const changed = changeIndex(index, change);
      const indexes = collection.indexes.map((other) => (other === index ? changed : other));
      engine.catalog.save(view, { ...collection, indexes });
      return { ok: 1 };
    });
  },
};

export const indexCommands: Commands = { createIndexes, listIndexes, dropIndexes, deleteIndexes: dropIndexes, collMod };

/** Throws NamespaceNotFound (26). */
export function requireCollection(engine: Engine, view: ReadView, namespace: string): CollectionDefinition {
  const collection = engine.catalog.find(view, namespace);
  if (collection) return collection;
  throw new MongoError('NamespaceNotFound', `ns does not exist: ${namespace}`);
}

function findDroppable(collection: CollectionDefinition, wanted: unknown): IndexDefinition[] {
  if (wanted === '*') return collection.indexes.filter(({ slot }) => slot !== ID_INDEX_SLOT);
  const index = findIndex(collection, wanted);
  if (index.slot === ID_INDEX_SLOT) throw new MongoError('InvalidOptions', 'cannot drop _id index');
  return [index];
}

function findIndex(collection: CollectionDefinition, wanted: unknown): IndexDefinition {
  const key = typeof wanted === 'string' ? undefined : documentArgument({ index: wanted }, 'index');
  const index = collection.indexes.find((one) => one.name === wanted || (key !== undefined && isSameKey(one.key, key)));
  if (index) return index;
  throw new MongoError('IndexNotFound', `index not found with name [${String(wanted)}]`);
}

function changeIndex(index: IndexDefinition, change: Document): IndexDefinition {
  if (change.expireAfterSeconds !== undefined && (index.fields.length > 1 || index.slot === ID_INDEX_SLOT)) {
    throw new MongoError('InvalidOptions', 'Only a single-field index other than _id can expire documents');
  }
  return {
    ...index,
    expireAfterSeconds: parseExpiry(change.expireAfterSeconds) ?? index.expireAfterSeconds,
    hidden: typeof change.hidden === 'boolean' ? change.hidden : index.hidden,
  };
}
