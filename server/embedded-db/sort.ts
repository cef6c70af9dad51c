import { compareValues } from './bson-value/compare-values.ts';
import { type Document, isDocument } from './bson-value/document.ts';
import { estimateBytes } from './bson-value/estimate-bytes.ts';
import { indexTuples } from './bson-value/index-tuples.ts';
import { MongoError, notImplemented } from './errors.ts';
import { integerArgument } from './match/number-argument.ts';

export type SortField = { path: string; direction: 1 | -1 };

/** A compiled sort. Sorting many documents by `keyOf` and `compareKeys` computes each key once; `compare` does so each time. */
export type CompiledSort = {
  fields: SortField[];
  keyOf(document: Document): unknown[];
  compareKeys(a: readonly unknown[], b: readonly unknown[]): number;
  compare(a: Document, b: Document): number;
};

/** `limit` keeps only the first so many; `memoryLimitBytes` is compared with the estimated size of what is held. */
export type SortOptions = { limit?: number; memoryLimitBytes?: number };

/** MongoDB's limit for a sort that may not use the disk. */
export const SORT_MEMORY_LIMIT_BYTES = 100 * 1024 * 1024;

/**
 * Compiles a sort specification. Of an array the lowest element counts when ascending and the highest when descending;
 * a missing field sorts as null, an empty array below it. Throws BadValue for a direction other than 1 and -1, and
 * NotImplemented for `$meta`.
 */
export function compileSort(spec: Document): CompiledSort {
  const fields = Object.entries(spec).map(([path, direction]) => parseField(path, direction));
  const paths = fields.map((field) => field.path);
  const compareKeys = (a: readonly unknown[], b: readonly unknown[]): number => {
    for (const [at, { direction }] of fields.entries()) {
      const order = compareValues(a[at], b[at]);
      if (order !== 0) return order * direction;
    }
    return 0;
  };
  const keyOf = (document: Document): unknown[] => {
    const { tuples } = indexTuples(document, paths);
    return tuples.map((tuple) => tuple.values).reduce((best, next) => (compareKeys(next, best) < 0 ? next : best));
  };
  return { fields, keyOf, compareKeys, compare: (a, b) => compareKeys(keyOf(a), keyOf(b)) };
}

/** The values a document is sorted by, one for each field of the specification. */
export function sortKeyValues(document: Document, spec: Document): unknown[] {
  return compileSort(spec).keyOf(document);
}

/**
 * Sorts documents, equal ones staying in the order they came. With a limit it holds little more than that many. Throws code 292
 * when the documents held pass `memoryLimitBytes` (100 MiB unless given).
 */
export function sortDocuments(documents: Iterable<Document>, spec: Document, options: SortOptions = {}): Document[] {
  const { keyOf, compareKeys } = compileSort(spec);
  const { limit = Infinity, memoryLimitBytes = SORT_MEMORY_LIMIT_BYTES } = options;
  const byKey = (a: Entry, b: Entry) => compareKeys(a.key, b.key);
  let held: Entry[] = [];
  let heldBytes = 0;
  for (const document of documents) {
    const bytes = estimateBytes(document);
    held.push({ key: keyOf(document), document, bytes });
    heldBytes += bytes;
    if (held.length >= limit * 2 + KEEP_AT_LEAST) {
      held = held.sort(byKey).slice(0, limit);
      heldBytes = held.reduce((sum, entry) => sum + entry.bytes, 0);
    }
    if (heldBytes > memoryLimitBytes) throw memoryExceeded('Sort', memoryLimitBytes);
  }
  return held
    .sort(byKey)
    .slice(0, limit)
    .map((entry) => entry.document);
}

type Entry = { key: unknown[]; document: Document; bytes: number };

const KEEP_AT_LEAST = 64;

/** The error of a stage that holds more than it may. */
export function memoryExceeded(stage: string, limitBytes: number): MongoError {
  return new MongoError(
    'QueryExceededMemoryLimitNoDiskUseAllowed',
    `${stage} exceeded memory limit of ${limitBytes} bytes, and going on on disk is not supported`,
  );
}

function parseField(path: string, value: unknown): SortField {
  if (isDocument(value)) {
    if (Object.hasOwn(value, '$meta')) throw notImplemented('sorting by $meta');
    throw new MongoError('Location15974', `Illegal key in $sort specification: ${path}`);
  }
  if (path === '' || path.split('.').includes('')) {
    throw new MongoError('Location40352', 'FieldPath field names may not be empty strings.');
  }
  if (path.startsWith('$'))
    throw new MongoError('Location16410', `FieldPath field names may not start with '$': ${path}`);
  const direction = integerArgument(value);
  if (direction === 1 || direction === -1) return { path, direction };
  throw new MongoError('Location15975', '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
}
