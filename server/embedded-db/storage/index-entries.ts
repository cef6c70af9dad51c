import { asDocument, type Document, getField } from '../bson-value/document.ts';
import { encodeCompoundKey } from '../bson-value/encode-key.ts';
import { indexTuples } from '../bson-value/index-tuples.ts';
import type { CollectionDefinition, IndexDefinition } from '../catalog/definitions.ts';
import { compileFilter, type Matcher } from '../match/compile-filter.ts';
import { encodeRecordId, indexPrefix, isCut, storedValueKey } from './keys.ts';

/** One index entry of one document. `values` are what the fields had, for the message of a duplicate. */
export type IndexEntry = { key: Buffer; value: Buffer; values: unknown[] };
/** All entries of one document in one index, and what the index learns from them. */
export type IndexEntries = { index: IndexDefinition; entries: IndexEntry[]; arrays: boolean[]; hasCutKeys: boolean };

const NO_VALUE = Buffer.alloc(0);
const partialMatchers = new WeakMap<IndexDefinition, Matcher>();

/**
 * The entries `document` has in `index`: one for each distinct tuple of values, none when a sparse or partial index leaves
 * it out. A unique entry points to the record; another one has the record id in its key.
 * Throws CannotIndexParallelArrays (171).
 */
export function indexEntriesOf(
  collection: CollectionDefinition,
  index: IndexDefinition,
  stored: { document: Document; recordId: number },
): IndexEntries {
  const { document, recordId } = stored;
  const result: IndexEntries = { index, entries: [], arrays: index.arrays, hasCutKeys: index.hasCutKeys };
  if (!isInPartialIndex(index, document)) return result;
  const { tuples, multikey } = indexTuples(
    document,
    index.fields.map((field) => field.path),
  );
  if (multikey)
    result.arrays = index.fields.map((field, i) => index.arrays[i] === true || hasArray(document, field.path));
  const prefix = indexPrefix(collection.id, index.slot);
  const id = encodeRecordId(recordId);
  const seen = new Set<string>();
  for (const tuple of tuples) {
    if (index.sparse && !tuple.found) continue;
    const valueKey = encodeIndexValues(index, tuple.values);
    if (isCut(valueKey)) result.hasCutKeys = true;
    const storedKey = storedValueKey(valueKey);
    const key = Buffer.concat(index.unique ? [prefix, storedKey] : [prefix, storedKey, id]);
    if (seen.has(key.toString('latin1'))) continue;
    seen.add(key.toString('latin1'));
    result.entries.push({ key, value: index.unique ? id : NO_VALUE, values: tuple.values });
  }
  return result;
}

/** The sortable bytes of the leading fields of an index key. */
export function encodeIndexValues(index: IndexDefinition, values: readonly unknown[]): Buffer {
  const directions = index.fields.slice(0, values.length).map((field) => field.direction);
  return encodeCompoundKey(values, directions);
}

function isInPartialIndex(index: IndexDefinition, document: Document): boolean {
  if (!index.partialFilterExpression) return true;
  let matcher = partialMatchers.get(index);
  if (!matcher) {
    matcher = compileFilter(index.partialFilterExpression);
    partialMatchers.set(index, matcher);
  }
  return matcher(document);
}

function hasArray(document: Document, path: string): boolean {
  let value: unknown = document;
  for (const name of path.split('.')) {
    const parent = asDocument(value);
    if (!parent) return false;
    value = getField(parent, name);
    if (Array.isArray(value)) return true;
  }
  return false;
}
