import { compareValues } from '../bson-value/compare-values.ts';
import { type Document, isDocument } from '../bson-value/document.ts';
import type { CollectionDefinition } from '../catalog/definitions.ts';
import { MongoError } from '../errors.ts';
import type { PlanRequest } from '../planner/plan.ts';
import { compileSort } from '../sort.ts';

/** What a query asks of the planner beside its filter. */
export type Order = { hint: PlanRequest['hint']; sort: Document | undefined };

/** Reads `hint` and `sort`. Throws BadValue (2) for a hint that names no index, and what `compileSort` throws. */
export function parseOrder(collection: CollectionDefinition, hint: unknown, sort: Document | undefined): Order {
  const natural = sort?.$natural;
  if (natural !== undefined) return { hint: { natural: directionOf(natural) }, sort: undefined };
  const hasSort = sort !== undefined && Object.keys(sort).length > 0;
  return { hint: parseHint(collection, hint), sort: hasSort ? sort : undefined };
}

/** The planner's request for a filter in an order. */
export function planRequest(filter: Document, { hint, sort }: Order): PlanRequest {
  return { filter, ...(hint && { hint }), ...(sort && { sort: compileSort(sort).fields }) };
}

function parseHint(collection: CollectionDefinition, hint: unknown): PlanRequest['hint'] {
  if (hint === undefined || (isDocument(hint) && Object.keys(hint).length === 0)) return undefined;
  if (isDocument(hint) && hint.$natural !== undefined) return { natural: directionOf(hint.$natural) };
  const index = collection.indexes.find(({ name, key }) => name === hint || (isDocument(hint) && isSameKey(key, hint)));
  if (index) return index;
  throw new MongoError('BadValue', 'hint provided does not correspond to an existing index');
}

/** Two key patterns are the same when they have the same fields in the same order, whatever the type of their numbers. */
export function isSameKey(a: Document, b: Document): boolean {
  return compareValues(a, b) === 0;
}

function directionOf(value: unknown): 1 | -1 {
  return Number(value) < 0 ? -1 : 1;
}
