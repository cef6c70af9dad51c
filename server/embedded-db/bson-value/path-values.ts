import { asDocument, type Document, getField } from './document.ts';

/**
 * One value a query sees under a path. `value` is undefined when the field is missing; `arrayIndex` is the index in the
 * outermost array that was walked through implicitly on the way.
 */
export type PathValue = { value: unknown; arrayIndex?: number };

/** Called for each value; true ends the walk. */
export type PathVisitor = (value: unknown, arrayIndex: number | undefined) => boolean;

/** Parts of the path, and whether an array at its end is looked into (`$eq`) or taken as one value (`$size`, `$elemMatch`). */
export type QueryPath = { parts: readonly string[]; expandLeaf: boolean };

type Walk = { path: QueryPath; visit: PathVisitor };

/**
 * Visits what MongoDB's matcher sees under a path: through documents by name, through arrays into each embedded document
 * and, where the path has a number, into that element too. At an array at the end of the path the elements come first, then
 * the array. A document without the field gives one missing value; array elements that are no documents give none.
 * True when the visitor said true.
 */
export function visitPath(document: Document, path: QueryPath, visit: PathVisitor): boolean {
  return walkDocument(document, 0, { path, visit }, undefined);
}

/** All values a query sees under a path, in the order `visitPath` meets them. */
export function getPathValues(document: Document, path: string): PathValue[] {
  const values: PathValue[] = [];
  visitPath(document, { parts: path.split('.'), expandLeaf: true }, (value, arrayIndex) => {
    values.push(arrayIndex === undefined ? { value } : { value, arrayIndex });
    return false;
  });
  return values;
}

/** The value under a path through documents only; undefined when any part of it is missing or an array stands in between. */
export function getPath(document: Document, path: string): unknown {
  let value: unknown = document;
  for (const part of path.split('.')) {
    const parent = asDocument(value);
    if (parent === undefined) return undefined;
    value = getField(parent, part);
  }
  return value;
}

function walkDocument(start: unknown, from: number, walk: Walk, arrayIndex: number | undefined): boolean {
  const { parts } = walk.path;
  let value = childOf(start, parts[from]);
  let next = from + 1;
  while (!Array.isArray(value) && next < parts.length) {
    const parent = asDocument(value);
    if (parent === undefined) return walk.visit(undefined, arrayIndex);
    value = getField(parent, parts[next] ?? '');
    next += 1;
  }
  if (!Array.isArray(value)) return walk.visit(value, arrayIndex);
  if (next < parts.length) return walkElements(value, next, walk, arrayIndex);
  return visitLeafArray(value, walk, arrayIndex);
}

function visitLeafArray(array: readonly unknown[], walk: Walk, outerIndex: number | undefined): boolean {
  if (walk.path.expandLeaf) {
    for (const [at, element] of array.entries()) {
      if (walk.visit(element, outerIndex ?? at)) return true;
    }
  }
  return walk.visit(array, outerIndex);
}

/** An array in the middle of a path: the rest may continue in each document in it, and in the element the path numbers. */
function walkElements(array: readonly unknown[], next: number, walk: Walk, outerIndex: number | undefined): boolean {
  const numbered = walk.path.parts[next];
  for (const [at, element] of array.entries()) {
    if (asDocument(element) !== undefined && walkDocument(element, next, walk, outerIndex ?? at)) return true;
    if (numbered === String(at) && walkNumbered(element, next, walk, outerIndex)) return true;
  }
  return false;
}

function walkNumbered(element: unknown, next: number, walk: Walk, outerIndex: number | undefined): boolean {
  if (next === walk.path.parts.length - 1) return walk.visit(element, outerIndex);
  if (!Array.isArray(element) && asDocument(element) === undefined) return false;
  return walkDocument(element, next + 1, walk, outerIndex);
}

/** A field of a document, or an element of an array that the path reached by number. */
function childOf(parent: unknown, name: string | undefined): unknown {
  if (name === undefined) return undefined;
  if (Array.isArray(parent)) return /^(0|[1-9]\d*)$/.test(name) ? parent[Number(name)] : undefined;
  const document = asDocument(parent);
  return document === undefined ? undefined : getField(document, name);
}
