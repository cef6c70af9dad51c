import type { Document } from '../bson-value/document.ts';
import type { CollectionDefinition, IndexDefinition } from '../catalog/definitions.ts';
import { MongoError } from '../errors.ts';
import { boundsOf, type IndexBounds } from './index-bounds.ts';
import { extractPredicates, type Predicates } from './predicates.ts';
import { type SortField, sortDirection } from './sort-order.ts';
import { holdsAllMatches } from './usable-index.ts';

/** How candidates are found. Whatever the plan, the filter is run on each of them again. */
export type Plan =
  | { kind: 'collection'; isReverse: boolean }
  | { kind: 'index'; bounds: IndexBounds; isReverse: boolean; givesSort: boolean }
  | { kind: 'union'; branches: Plan[] };

export type PlanRequest = {
  filter: Document;
  sort?: readonly SortField[];
  /** An index that must be used, by definition, or the collection in one of its directions. */
  hint?: IndexDefinition | { natural: 1 | -1 };
};

type IndexPlan = Plan & { kind: 'index' };

/** Chooses the index that narrows most, or a scan of the collection. Throws BadValue for a hint that cannot be followed. */
export function planQuery(collection: CollectionDefinition, request: PlanRequest): Plan {
  const { filter, hint } = request;
  if (hint && 'natural' in hint) return { kind: 'collection', isReverse: hint.natural < 0 };
  const predicates = extractPredicates(filter);
  if (hint) return hintedPlan(collection, hint, request, predicates);
  const plans = collection.indexes
    .filter((index) => !index.hidden && holdsAllMatches(index, filter, predicates))
    .map((index) => indexPlan(collection, index, request, predicates))
    .filter((plan) => plan.bounds.bounded > 0 || plan.givesSort);
  const best = plans.reduce<IndexPlan | undefined>((a, b) => (a && score(a) >= score(b) ? a : b), undefined);
  if (best && best.bounds.bounded > 0) return best;
  return unionPlan(collection, predicates) ?? best ?? { kind: 'collection', isReverse: false };
}

function indexPlan(
  collection: CollectionDefinition,
  index: IndexDefinition,
  request: PlanRequest,
  predicates: Predicates,
): IndexPlan {
  const bounds = boundsOf(collection, index, predicates);
  const direction = request.sort ? sortDirection(index, bounds.pinned, request.sort) : undefined;
  return { kind: 'index', bounds, isReverse: direction === -1, givesSort: direction !== undefined };
}

function hintedPlan(
  collection: CollectionDefinition,
  hint: IndexDefinition,
  request: PlanRequest,
  predicates: Predicates,
): Plan {
  // MongoDB lets a sparse index be hinted although documents are missing in it, but not a partial one.
  if (hint.partialFilterExpression && !holdsAllMatches(hint, request.filter, predicates)) {
    throw new MongoError('BadValue', `error processing query: the hinted index "${hint.name}" cannot answer it`);
  }
  return indexPlan(collection, hint, request, predicates);
}

/** One value in every field of a unique index is one document at most; then more fixed fields, then ranges, then the sort. */
function score({ bounds, givesSort }: IndexPlan): number {
  const { index, pinned, bounded } = bounds;
  const isSingle = index.unique && pinned === index.fields.length;
  return (isSingle ? 10_000 : 0) + pinned * 100 + (bounded - pinned) * 30 + (givesSort ? 20 : 0) - index.fields.length;
}

/** An $or is answered by indexes only when every branch is: a single scan of the collection costs less than one more. */
function unionPlan(collection: CollectionDefinition, predicates: Predicates): Plan | undefined {
  for (const branches of predicates.alternatives) {
    const plans = branches.map((branch) => planQuery(collection, { filter: branch }));
    if (plans.length > 0 && plans.every(isNarrow)) return { kind: 'union', branches: plans };
  }
  return undefined;
}

function isNarrow(plan: Plan): boolean {
  return plan.kind === 'union' || (plan.kind === 'index' && plan.bounds.bounded > 0);
}
