import type { Binary } from 'bson';
import type { Document } from '../bson-value/document.ts';

/** One field of an index key pattern, in the pattern's order. */
export type IndexField = { path: string; direction: 1 | -1 };

/** An index as the catalog keeps it. `slot` says where its entries lie; no slot is ever given out twice in a collection. */
export type IndexDefinition = {
  slot: number;
  name: string;
  /** The key pattern as the client wrote it, number types included. */
  key: Document;
  fields: IndexField[];
  unique: boolean;
  sparse: boolean;
  hidden: boolean;
  partialFilterExpression: Document | undefined;
  expireAfterSeconds: number | undefined;
  /** For each field: whether any document ever had an array on its path. Bounds and sorts are narrower then. */
  arrays: boolean[];
  /** Whether any key was ever too long and had to be cut: such an index is not in order and cannot give a sort. */
  hasCutKeys: boolean;
};

/** A collection as the catalog keeps it. A definition is never changed in place: a change is a new object. */
export type CollectionDefinition = {
  id: number;
  namespace: string;
  uuid: Binary;
  options: Document;
  indexes: IndexDefinition[];
  nextSlot: number;
};

/** The slot of every collection's `_id_` index. */
export const ID_INDEX_SLOT = 0;

export function databaseOf(namespace: string): string {
  return namespace.slice(0, namespace.indexOf('.'));
}

export function collectionNameOf(namespace: string): string {
  return namespace.slice(namespace.indexOf('.') + 1);
}

/** The index as listIndexes shows it. */
export function describeIndex(index: IndexDefinition): Document {
  const description: Document = { v: 2, key: index.key, name: index.name };
  if (index.unique && index.slot !== ID_INDEX_SLOT) description.unique = true;
  if (index.sparse) description.sparse = true;
  if (index.hidden) description.hidden = true;
  if (index.partialFilterExpression) description.partialFilterExpression = index.partialFilterExpression;
  if (index.expireAfterSeconds !== undefined) description.expireAfterSeconds = index.expireAfterSeconds;
  return description;
}
