import type { CollectionDefinition } from '../catalog/definitions.ts';
import { decodeDocument } from './codec.ts';
import { indexEntriesOf } from './index-entries.ts';
import { collectionPrefix, indexPrefix, prefixRange, recordIdOf } from './keys.ts';
import type { ReadView } from './store.ts';

/** What a look at every record and every entry found. No errors: the indexes say exactly what the records say. */
export type Validation = { records: number; keysPerIndex: Map<string, number>; errors: string[] };

/** Computes all index entries anew from the records and compares them with those that are stored. */
export function validateCollection(view: ReadView, collection: CollectionDefinition): Validation {
  const expected = new Map<string, string>();
  const errors: string[] = [];
  let records = 0;
  for (const { key, value } of view.range('records', prefixRange(collectionPrefix(collection.id)))) {
    records += 1;
    const stored = { document: decodeDocument(value), recordId: recordIdOf(key) };
    for (const index of collection.indexes) {
      const found = indexEntriesOf(collection, index, stored);
      if (found.arrays.some((has, i) => has && !index.arrays[i]))
        errors.push(`index ${index.name} does not know of an array`);
      for (const entry of found.entries) {
        const name = entry.key.toString('latin1');
        if (expected.has(name)) errors.push(`index ${index.name} has one key for two records`);
        expected.set(name, entry.value.toString('latin1'));
      }
    }
  }
  const keysPerIndex = new Map<string, number>();
  for (const index of collection.indexes) {
    keysPerIndex.set(index.name, 0);
    for (const { key, value } of view.range('entries', prefixRange(indexPrefix(collection.id, index.slot)))) {
      const name = key.toString('latin1');
      if (expected.get(name) !== value.toString('latin1')) errors.push(`index ${index.name} has an entry of no record`);
      expected.delete(name);
      keysPerIndex.set(index.name, (keysPerIndex.get(index.name) ?? 0) + 1);
    }
  }
  if (expected.size > 0) errors.push(`${expected.size} index entries are missing`);
  return { records, keysPerIndex, errors };
}
