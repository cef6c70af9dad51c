import { Binary, Int32 } from 'bson';
import { asDocument, type Document } from '../bson-value/document.ts';
import { decodeDocument, encodeDocument } from '../storage/codec.ts';
import type { CollectionDefinition, IndexDefinition } from './definitions.ts';

/** A collection's definition as the catalog stores it. */
export function encodeDefinition(definition: CollectionDefinition): Buffer {
  return encodeDocument({
    id: definition.id,
    uuid: definition.uuid,
    options: definition.options,
    nextSlot: new Int32(definition.nextSlot),
    indexes: definition.indexes.map((index) => ({ ...index, fields: undefined })),
  });
}

/** Reads what `encodeDefinition` wrote. Throws when the bytes are something else: the store is damaged then. */
export function decodeDefinition(namespace: string, bytes: Buffer): CollectionDefinition {
  const stored = decodeDocument(bytes);
  const { uuid, indexes } = stored;
  if (!(uuid instanceof Binary) || !Array.isArray(indexes))
    throw new Error(`The catalog entry of "${namespace}" is damaged`);
  return {
    id: Number(stored.id),
    namespace,
    uuid,
    options: asDocument(stored.options) ?? {},
    nextSlot: Number(stored.nextSlot),
    indexes: indexes.map((index) => decodeIndex(asDocument(index) ?? {})),
  };
}

function decodeIndex(stored: Document): IndexDefinition {
  const key = asDocument(stored.key) ?? {};
  const expireAfterSeconds = stored.expireAfterSeconds;
  const arrays = stored.arrays;
  return {
    slot: Number(stored.slot),
    name: String(stored.name),
    key,
    fields: Object.entries(key).map(([path, direction]) => ({ path, direction: Number(direction) < 0 ? -1 : 1 })),
    unique: stored.unique === true,
    sparse: stored.sparse === true,
    hidden: stored.hidden === true,
    partialFilterExpression: asDocument(stored.partialFilterExpression),
    expireAfterSeconds: expireAfterSeconds === undefined ? undefined : Number(expireAfterSeconds),
    arrays: Array.isArray(arrays) ? arrays.map((value) => value === true) : [],
    hasCutKeys: stored.hasCutKeys === true,
  };
}
