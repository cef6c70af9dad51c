import { type Document, getField, isDocument, setField } from '../bson-value/document.ts';
import { MongoError } from '../errors.ts';
import { describeField } from './describe-field.ts';

/** What an operator does with a field: a new value, removing it, or nothing. */
export type Outcome = { set: unknown } | 'remove' | 'keep';

/**
 * Computes the outcome from the field's value, undefined when it is missing. `createsPath` says whether a missing path is made
 * (`$set`) or left alone (`$unset`, `$pull`).
 */
export type FieldChange = { createsPath: boolean; change(current: unknown, path: string): Outcome };

type Container = Document | unknown[];

/** MongoDB's limit for padding an array with nulls up to an index that was set. */
const MAX_PADDING = 1_500_000;

/** Changes one field of `document` in place. Throws PathNotViable (28) when a scalar stands where a parent is needed. */
export function applyAtPath(document: Document, path: readonly string[], { createsPath, change }: FieldChange): void {
  const { parent, depth } = deepestParent(document, path);
  const isReachable = depth === path.length - 1;
  const name = path[depth] ?? '';
  if (!isReachable && readChild(parent, name) !== undefined) {
    if (createsPath) throw notViable(path, depth, readChild(parent, name));
    return;
  }
  if (Array.isArray(parent) && !isIndex(name)) {
    if (createsPath) throw cannotCreate(name, path[depth - 1] ?? '', parent);
    return;
  }
  if (!isReachable && !createsPath) return;
  const outcome = change(isReachable ? readChild(parent, name) : undefined, path.join('.'));
  if (outcome === 'keep') return;
  if (outcome === 'remove') removeChild(parent, name);
  else writeChild(parent, name, nest(path.slice(depth + 1), outcome.set));
}

/** The value at a concrete path of names and indexes; undefined when it is missing. */
export function readPath(document: Document, path: readonly string[]): unknown {
  const { parent, depth } = deepestParent(document, path);
  return depth === path.length - 1 ? readChild(parent, path[depth] ?? '') : undefined;
}

/** The last document or array on the way to the field, and how many names of the path lead to it. */
function deepestParent(document: Document, path: readonly string[]): { parent: Container; depth: number } {
  let parent: Container = document;
  for (let depth = 0; depth < path.length - 1; depth++) {
    const child = readChild(parent, path[depth] ?? '');
    if (!Array.isArray(child) && !isDocument(child)) return { parent, depth };
    parent = child;
  }
  return { parent, depth: path.length - 1 };
}

function readChild(parent: Container, name: string): unknown {
  if (!Array.isArray(parent)) return getField(parent, name);
  return isIndex(name) ? parent[Number(name)] : undefined;
}

function writeChild(parent: Container, name: string, value: unknown): void {
  if (!Array.isArray(parent)) {
    setField(parent, name, value);
    return;
  }
  const index = Number(name);
  if (index - parent.length > MAX_PADDING) {
    const message = `Cannot backfill an array with more than ${MAX_PADDING} elements, at index ${index}`;
    throw new MongoError('CannotBackfillArray', message);
  }
  while (parent.length < index) parent.push(null);
  parent[index] = value;
}

/** Removing an array's element leaves null, so that the others keep their index. */
function removeChild(parent: Container, name: string): void {
  if (!Array.isArray(parent)) delete parent[name];
  else if (Number(name) < parent.length) parent[Number(name)] = null;
}

function nest(names: readonly string[], value: unknown): unknown {
  return names.reduceRight<unknown>((inner, name) => {
    const parent: Document = {};
    setField(parent, name, inner);
    return parent;
  }, value);
}

function isIndex(name: string): boolean {
  return /^(0|[1-9]\d*)$/.test(name);
}

function notViable(path: readonly string[], depth: number, value: unknown): MongoError {
  return cannotCreate(path[depth + 1] ?? '', path[depth] ?? '', value);
}

function cannotCreate(name: string, parentName: string, parent: unknown): MongoError {
  return new MongoError(
    'PathNotViable',
    `Cannot create field '${name}' in element ${describeField(parentName, parent)}`,
  );
}
