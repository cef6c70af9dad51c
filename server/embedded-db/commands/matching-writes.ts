import type { Document } from '../bson-value/document.ts';
import type { CollectionDefinition } from '../catalog/definitions.ts';
import { compileFilter, type Matcher } from '../match/compile-filter.ts';
import type { Deadline } from '../planner/deadline.ts';
import { type Match, matchingDocuments } from '../planner/matching-documents.ts';
import { planQuery } from '../planner/plan.ts';
import { createScan } from '../planner/scan.ts';
import { compileSort } from '../sort.ts';
import { decodeDocument } from '../storage/codec.ts';
import { recordKey } from '../storage/keys.ts';
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
 * The documents to be written, found in the write's own transaction. All of them are found before the first one is given
 * out: a changed document may move to where the scan has yet to come. Only their ids are kept until then.
 */
export function* findTargets(
  view: WriteView,
  collection: CollectionDefinition,
  target: CompiledTarget,
  deadline: Deadline,
): Generator<Match, void> {
  const order = parseOrder(collection, target.hint, target.sort);
  const plan = planQuery(collection, planRequest(target.filter, order));
  const isInOrder = !order.sort || (plan.kind === 'index' && plan.givesSort);
  const matches = matchingDocuments(view, collection, {
    scan: createScan(collection, plan),
    matcher: target.matcher,
    deadline,
  });
  if (!target.isMulti) {
    const first = order.sort && !isInOrder ? leastOf(matches, compileSort(order.sort).compare) : firstOf(matches);
    if (first) yield first;
    return;
  }
  const found = Array.from(matches, ({ recordId, position }) => ({ recordId, position }));
  for (const { recordId, position } of found) {
    const bytes = view.get('records', recordKey(collection.id, recordId));
    if (bytes) yield { recordId, position, bytes, document: decodeDocument(bytes) };
  }
}

/** The first of them; leaving the loop closes the scan, which an open transaction must not keep. */
function firstOf(matches: Iterable<Match>): Match | undefined {
  for (const match of matches) return match;
  return undefined;
}

function leastOf(matches: Iterable<Match>, compare: (a: Document, b: Document) => number): Match | undefined {
  let least: Match | undefined;
  for (const match of matches) if (!least || compare(match.document, least.document) < 0) least = match;
  return least;
}

/** Throws what `compileFilter` throws, also when there is no collection to run the filter on. */
export function compileTarget(target: Target): CompiledTarget {
  const { filter, variables } = target;
  return { ...target, matcher: compileFilter(filter, { now: new Date(), ...(variables && { variables }) }) };
}
