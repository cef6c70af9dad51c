import { equalValues } from '../bson-value/compare-values.ts';
import { type Document, isDocument } from '../bson-value/document.ts';
import type { IndexDefinition } from '../catalog/definitions.ts';
import { compileFilter } from '../match/compile-filter.ts';
import type { Predicate, Predicates } from './predicates.ts';

/** Whether every document the filter can match has its entries in the index. Says no when in doubt. */
export function holdsAllMatches(index: IndexDefinition, filter: Document, predicates: Predicates): boolean {
  if (index.sparse && !index.fields.some((field) => impliesExistence(predicates.byPath.get(field.path)))) return false;
  const partial = index.partialFilterExpression;
  return !partial || impliesFilter(partial, filter, predicates);
}

function impliesExistence(predicates: readonly Predicate[] | undefined): boolean {
  return (predicates ?? []).some(
    (predicate) =>
      predicate.kind === 'exists' ||
      predicate.kind === 'range' ||
      (predicate.kind === 'points' && predicate.values.every((value) => value !== null)),
  );
}

function impliesFilter(partial: Document, filter: Document, predicates: Predicates): boolean {
  return Object.entries(partial).every(([name, condition]) => {
    if (name === '$and') return asParts(condition).every((part) => impliesFilter(part, filter, predicates));
    if (name.startsWith('$')) return false;
    return isStated(name, condition, filter) || conditionsOf(condition).every((one) => follows(name, one, predicates));
  });
}

function asParts(condition: unknown): Document[] {
  return Array.isArray(condition) ? condition.filter(isDocument) : [];
}

/** The filter says the very same thing, at its top or inside an $and. */
function isStated(path: string, condition: unknown, filter: Document): boolean {
  if (path in filter && equalValues(filter[path], condition)) return true;
  return asParts(filter.$and).some((part) => isStated(path, condition, part));
}

function conditionsOf(condition: unknown): Document[] {
  if (!isDocument(condition) || !Object.keys(condition)[0]?.startsWith('$')) return [{ $eq: condition }];
  return Object.entries(condition).map(([operator, operand]) => ({ [operator]: operand }));
}

/** The condition holds for whatever value the filter's own predicates leave on this path. */
function follows(path: string, condition: Document, predicates: Predicates): boolean {
  const own = predicates.byPath.get(path);
  if (condition.$exists !== undefined) return isTrue(condition.$exists) && impliesExistence(own);
  const matches = compileFilter({ value: condition });
  return (own ?? []).some((predicate) => {
    if (predicate.kind === 'points') return predicate.values.every((value) => matches({ value }));
    return predicate.kind === 'range' && rangeFollows(predicate, condition, matches);
  });
}

function rangeFollows(
  { low, high }: Predicate & { kind: 'range' },
  condition: Document,
  matches: (document: Document) => boolean,
): boolean {
  const operator = Object.keys(condition)[0];
  const limit =
    operator === '$gt' || operator === '$gte' ? low : operator === '$lt' || operator === '$lte' ? high : undefined;
  if (!limit) return false;
  // An exclusive limit may equal the condition's own, which then is just not reached by any value.
  return matches({ value: limit.value }) || (!limit.inclusive && equalValues(limit.value, condition[operator ?? '']));
}

function isTrue(value: unknown): boolean {
  return value === true || (typeof value === 'object' && value !== null && Number(value) !== 0);
}
