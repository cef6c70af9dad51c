import type { Document } from '../bson-value/document.ts';
import type { CollectionDefinition } from '../catalog/definitions.ts';
import { compileFilter, type Matcher } from '../match/compile-filter.ts';
import type { Deadline } from '../planner/deadline.ts';
import { type Match, matchingDocuments } from '../planner/matching-documents.ts';
import { planQuery } from '../planner/plan.ts';
import { createScan } from '../planner/scan.ts';
import { compileSort } from '../sort.ts';
import type { WriteView } from '../storage/store.ts';
import { parseOrder, planRequest } from './query-options.ts';

/** Which documents a write is about: all matches, or the first one in an order. */
export type Target = {
  filter: Document;
  variables?: Document | undefined;
  hint?: unknown;
  sort?: Document | undefined;
  isMulti: boolean;
};

export type CompiledTarget = Target & { matcher: Matcher };

/**
 * The documents to be written, found in the write's own transaction. All of them are found before the first is changed:
 * a changed document may move to where the scan has yet to come.
 */
export function findTargets(
  view: WriteView,
  collection: CollectionDefinition,
  target: CompiledTarget,
  deadline: Deadline,
): Match[] {
  const order = parseOrder(collection, target.hint, target.sort);
  const plan = planQuery(collection, planRequest(target.filter, order));
  const isInOrder = !order.sort || (plan.kind === 'index' && plan.givesSort);
  const found: Match[] = [];
  for (const match of matchingDocuments(view, collection, {
    scan: createScan(collection, plan),
    matcher: target.matcher,
    deadline,
  })) {
    found.push(match);
    if (!target.isMulti && isInOrder) break;
  }
  if (target.isMulti || isInOrder || !order.sort) return found;
  const { compare } = compileSort(order.sort);
  return found.sort((a, b) => compare(a.document, b.document)).slice(0, 1);
}

/** Throws what `compileFilter` throws, also when there is no collection to run the filter on. */
export function compileTarget(target: Target): CompiledTarget {
  const { filter, variables } = target;
  return { ...target, matcher: compileFilter(filter, { now: new Date(), ...(variables && { variables }) }) };
}
