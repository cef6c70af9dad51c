import { compareValues, equalValues } from '../bson-value/compare-values.ts';
import { MongoError } from '../errors.ts';
import { decodeDocument } from '../storage/codec.ts';
import { learnedIndexes, requireUnique } from '../storage/document-writer.ts';
import { indexEntriesOf } from '../storage/index-entries.ts';
import { collectionPrefix, prefixRange, recordIdOf } from '../storage/keys.ts';
import type { WriteView } from '../storage/store.ts';
import type { Catalog } from './catalog.ts';
import type { CollectionDefinition, IndexDefinition } from './definitions.ts';
import { isIdKey } from './index-spec.ts';

const MAX_INDEXES = 64;

type NewIndex = Omit<IndexDefinition, 'slot'>;

/**
 * Adds an index and fills it from the documents that are there, or returns the definition unchanged when it has this very
 * index. Throws IndexOptionsConflict (85), IndexKeySpecsConflict (86), CannotCreateIndex (67), and DuplicateKey (11000):
 * the caller's transaction must then be undone.
 */
export function addIndex(
  view: WriteView,
  catalog: Catalog,
  collection: CollectionDefinition,
  wanted: NewIndex,
): CollectionDefinition {
  if (isIdKey(wanted.key) || isThereAlready(collection, wanted)) return collection;
  if (collection.indexes.length >= MAX_INDEXES) {
    throw new MongoError('CannotCreateIndex', `add index fails, too many indexes for ${collection.namespace}`);
  }
  const index: IndexDefinition = { ...wanted, slot: collection.nextSlot };
  const extended = { ...collection, indexes: [...collection.indexes, index], nextSlot: collection.nextSlot + 1 };
  const filled = fill(view, extended, index);
  catalog.save(view, filled);
  return filled;
}

function fill(view: WriteView, collection: CollectionDefinition, index: IndexDefinition): CollectionDefinition {
  let definition = collection;
  let current = index;
  for (const { key, value } of view.range('records', prefixRange(collectionPrefix(collection.id)))) {
    const entries = indexEntriesOf(definition, current, { document: decodeDocument(value), recordId: recordIdOf(key) });
    requireUnique(view, collection.namespace, [entries]);
    for (const entry of entries.entries) view.put('entries', entry.key, entry.value);
    const learned = learnedIndexes(definition, [entries]);
    if (!learned) continue;
    definition = { ...definition, indexes: learned };
    current = learned.find(({ slot }) => slot === index.slot) ?? current;
  }
  return definition;
}

function isThereAlready(collection: CollectionDefinition, wanted: NewIndex): boolean {
  const sameName = collection.indexes.find(({ name }) => name === wanted.name);
  if (sameName) return requireSameIndex(sameName, wanted);
  const sameKey = collection.indexes.find((index) => isSameSignature(index, wanted));
  if (!sameKey) return false;
  const message = `Index already exists with a different name: ${sameKey.name}`;
  throw new MongoError('IndexOptionsConflict', message);
}

function requireSameIndex(existing: IndexDefinition, wanted: NewIndex): true {
  if (!isSameSignature(existing, wanted)) {
    const message = `An existing index has the same name as the requested index. Requested index: "${wanted.name}"`;
    throw new MongoError('IndexKeySpecsConflict', message);
  }
  if (existing.expireAfterSeconds !== wanted.expireAfterSeconds || existing.hidden !== wanted.hidden) {
    throw new MongoError('IndexOptionsConflict', `Index "${wanted.name}" already exists with different options`);
  }
  return true;
}

/** What makes two indexes the same one: their keys, and the options that decide which documents they hold. */
function isSameSignature(a: NewIndex, b: NewIndex): boolean {
  return (
    compareValues(a.key, b.key) === 0 &&
    a.unique === b.unique &&
    a.sparse === b.sparse &&
    equalValues(a.partialFilterExpression, b.partialFilterExpression)
  );
}
