import { MongoError } from '../errors.ts';
import { asDocument, type Document, getField } from './document.ts';

/**
 * The values one entry of an index holds. A missing field is null and an empty array undefined, which sorts before null;
 * `found` is false when every field is missing, which a sparse index leaves out.
 */
export type IndexTuple = { values: unknown[]; found: boolean };

type Column = { parts: readonly string[]; at: number; value: unknown; state: 'open' | 'found' | 'missing' };

/**
 * The entries of a document in an index over these paths, as MongoDB's btree key generator makes them: one for each element
 * of an array on the way, fields under the same array taken from the same element. The same tuple may come twice.
 * Throws CannotIndexParallelArrays for two different arrays in one index.
 */
export function indexTuples(document: Document, paths: readonly string[]): { tuples: IndexTuple[]; multikey: boolean } {
  const tuples: IndexTuple[] = [];
  const columns = paths.map((path): Column => ({ parts: path.split('.'), at: 0, value: null, state: 'open' }));
  const multikey = collect(document, columns, tuples);
  return { tuples, multikey };
}

/** Adds the tuples of a row whose open columns continue in `parent`; true when an array was expanded. */
function collect(parent: unknown, row: readonly Column[], tuples: IndexTuple[]): boolean {
  const columns = row.map((column) => (column.state === 'open' ? descend(parent, column) : column));
  const expanded = columns.filter((column) => column.state === 'open');
  if (expanded.length === 0) {
    const found = columns.some((column) => column.state === 'found');
    tuples.push({ values: columns.map((column) => column.value), found });
    return false;
  }
  const array = requireOneArray(expanded);
  for (const element of array.length === 0 ? [undefined] : array) {
    const next = columns.map((column) => (column.state === 'open' ? takeElement(column, element) : column));
    collect(asDocument(element), next, tuples);
  }
  return true;
}

/** A column that ends at the array takes the element; one with path left continues inside it. */
function takeElement(column: Column, element: unknown): Column {
  if (column.at < column.parts.length) return column;
  return { ...column, value: element, state: 'found' };
}

/** Walks a column through documents, and by number into arrays, until an array to expand (left open), the end, or nothing. */
function descend(parent: unknown, column: Column): Column {
  let value = parent;
  for (let at = column.at; at < column.parts.length; at++) {
    const name = column.parts[at] ?? '';
    if (Array.isArray(value) && !/^\d+$/.test(name)) return { ...column, at, value };
    value = stepInto(value, name);
    if (value === undefined) return { ...column, value: null, state: 'missing' };
  }
  const at = column.parts.length;
  return Array.isArray(value) ? { ...column, at, value } : { ...column, at, value, state: 'found' };
}

function stepInto(parent: unknown, name: string): unknown {
  if (Array.isArray(parent)) {
    refuseAmbiguous(parent, name);
    return parent[Number(name)];
  }
  const document = asDocument(parent);
  return document === undefined ? undefined : getField(document, name);
}

/** `a.0` could mean element 0 or a field named 0 of every element; MongoDB refuses to index a document that has both. */
function refuseAmbiguous(array: readonly unknown[], name: string): void {
  const isAmbiguous = array.some((element) => {
    const document = asDocument(element);
    return document !== undefined && Object.hasOwn(document, name);
  });
  if (isAmbiguous) throw new MongoError('Location16746', `Ambiguous field name found in array: field '${name}'`);
}

function requireOneArray(columns: readonly Column[]): readonly unknown[] {
  const first = columns[0]?.value;
  if (Array.isArray(first) && columns.every((column) => column.value === first)) return first;
  const names = columns.map((column) => `[${column.parts[0]}]`);
  throw new MongoError('CannotIndexParallelArrays', `cannot index parallel arrays ${names.join(' ')}`);
}
