import type { Document } from '../bson-value/document.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { CollectionDefinition, IndexDefinition } from '../catalog/definitions.ts';
import { MongoError } from '../errors.ts';
import { requireShallow } from '../wire/nesting.ts';
import { changedFields, isAffected } from './changed-fields.ts';
import { MAX_DOCUMENT_BYTES } from './codec.ts';
import { duplicateKeyError } from './duplicate-key.ts';
import { type IndexEntries, indexEntriesOf } from './index-entries.ts';
import { recordIdOf, recordKey } from './keys.ts';
import type { RecordIds } from './record-ids.ts';
import type { ReadView, WriteView } from './store.ts';

/** A document and the bytes it is stored as. */
export type StoredDocument = { bytes: Buffer; document: Document };

/**
 * Writes documents of one collection together with their index entries, inside one transaction. Each call checks
 * everything first (size, arrays, uniqueness) and throws before it has written anything of its document.
 */
export type DocumentWriter = {
  /** Returns the record id. */
  insert(next: StoredDocument): number;
  replace(recordId: number, previous: StoredDocument, next: StoredDocument): void;
  remove(recordId: number, previous: Document): void;
};

export function createDocumentWriter(
  view: WriteView,
  collection: CollectionDefinition,
  engine: { catalog: Catalog; recordIds: RecordIds },
): DocumentWriter {
  let definition = collection;

  function entriesOf(document: Document, recordId: number, indexes = definition.indexes): IndexEntries[] {
    return indexes.map((index) => indexEntriesOf(definition, index, { document, recordId }));
  }

  function learn(entries: IndexEntries[]): void {
    const changed = learnedIndexes(definition, entries);
    if (!changed) return;
    definition = { ...definition, indexes: changed };
    engine.catalog.save(view, definition);
  }

  return {
    insert({ bytes, document }) {
      requireStorableSize(bytes);
      const recordId = engine.recordIds.next(view, definition.id);
      const entries = entriesOf(document, recordId);
      requireUnique(view, definition.namespace, entries);
      learn(entries);
      view.put('records', recordKey(definition.id, recordId), bytes);
      for (const { key, value } of entries.flatMap((index) => index.entries)) view.put('entries', key, value);
      return recordId;
    },
    replace(recordId, previous, { bytes, document }) {
      requireStorableSize(bytes);
      requireShallow(bytes);
      const changed = changedFields(previous.bytes, bytes);
      const affected = definition.indexes.filter((index) => isAffected(index, changed));
      const entries = entriesOf(document, recordId, affected);
      requireUnique(view, definition.namespace, entries, recordId);
      const before = keysOf(entriesOf(previous.document, recordId, affected));
      const after = keysOf(entries);
      learn(entries);
      for (const [name, { key }] of before) if (!after.has(name)) view.remove('entries', key);
      for (const [name, { key, value }] of after) if (!before.has(name)) view.put('entries', key, value);
      view.put('records', recordKey(definition.id, recordId), bytes);
    },
    remove(recordId, previous) {
      for (const { key } of keysOf(entriesOf(previous, recordId)).values()) view.remove('entries', key);
      view.remove('records', recordKey(definition.id, recordId));
    },
  };
}

/** Throws DuplicateKey when another record has one of these entries in a unique index. */
export function requireUnique(view: ReadView, namespace: string, all: IndexEntries[], ownRecordId?: number): void {
  for (const { index, entries } of all) {
    if (!index.unique) continue;
    for (const { key, values } of entries) {
      const holder = view.get('entries', key);
      if (holder && recordIdOf(holder) !== ownRecordId) throw duplicateKeyError(namespace, index, values);
    }
  }
}

/** The collection's indexes with what these entries taught them, or undefined when they knew it all. */
export function learnedIndexes(definition: CollectionDefinition, all: IndexEntries[]): IndexDefinition[] | undefined {
  const news = all.filter(
    ({ index, arrays, hasCutKeys }) =>
      hasCutKeys !== index.hasCutKeys || arrays.some((value, i) => value !== (index.arrays[i] ?? false)),
  );
  if (news.length === 0) return undefined;
  return definition.indexes.map((index) => {
    const learned = news.find((entries) => entries.index === index);
    return learned ? { ...index, arrays: learned.arrays, hasCutKeys: learned.hasCutKeys } : index;
  });
}

function keysOf(all: IndexEntries[]): Map<string, { key: Buffer; value: Buffer }> {
  return new Map(all.flatMap(({ entries }) => entries).map((entry) => [entry.key.toString('latin1'), entry]));
}

function requireStorableSize(bytes: Buffer): void {
  if (bytes.length <= MAX_DOCUMENT_BYTES) return;
  const message = `object to insert too large. size in bytes: ${bytes.length}, max size: ${MAX_DOCUMENT_BYTES}`;
  throw new MongoError('BSONObjectTooLarge', message);
}
