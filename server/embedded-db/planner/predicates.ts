import { BSONRegExp, MaxKey, MinKey } from 'bson';
import { type Document, isDocument } from '../bson-value/document.ts';

/** A limit of a range: the values from `value`, or from behind it. */
export type Limit = { value: unknown; inclusive: boolean };

/**
 * Something every matching document has on a path, in at least one value of it.
 * `element` names the $elemMatch it came from: predicates of one $elemMatch hold for the same array element.
 */
export type Predicate = { element?: ElementMatch } & (
  | { kind: 'points'; values: unknown[] }
  | { kind: 'range'; low?: Limit; high?: Limit }
  | { kind: 'exists' }
);

/** One $elemMatch in a filter, known by identity, and the path it is on. */
export type ElementMatch = { path: string };

export type Predicates = {
  /** What must hold for each path, all of it at once. */
  byPath: Map<string, Predicate[]>;
  /** The branches of each $or that must hold. */
  alternatives: Document[][];
};

/**
 * Reads out of a filter what an index can help with. Operators that say nothing an index could use are passed over:
 * the scan runs the whole filter on each document anyway, so that a predicate too few is slow but never wrong.
 */
export function extractPredicates(filter: Document): Predicates {
  const predicates: Predicates = { byPath: new Map(), alternatives: [] };
  addFilter(predicates, filter, '', undefined);
  return predicates;
}

function addFilter(into: Predicates, filter: Document, prefix: string, element: ElementMatch | undefined): void {
  for (const [name, condition] of Object.entries(filter)) {
    if (name === '$and' && Array.isArray(condition)) {
      for (const part of condition) if (isDocument(part)) addFilter(into, part, prefix, element);
    } else if (name === '$or' && Array.isArray(condition) && !element) {
      into.alternatives.push(condition.filter(isDocument));
    } else if (!name.startsWith('$')) {
      addCondition(into, prefix + name, condition, element);
    }
  }
}

function addCondition(into: Predicates, path: string, condition: unknown, element: ElementMatch | undefined): void {
  if (!isOperators(condition)) {
    if (!(condition instanceof BSONRegExp)) add(into, path, points([condition]), element);
    return;
  }
  for (const [operator, operand] of Object.entries(condition)) {
    if (operator === '$elemMatch' && isDocument(operand)) addElementMatch(into, path, operand);
    else add(into, path, predicateOf(operator, operand), element);
  }
}

function addElementMatch(into: Predicates, path: string, operand: Document): void {
  const element: ElementMatch = { path };
  if (!isOperators(operand)) {
    addFilter(into, operand, `${path}.`, element);
    return;
  }
  // All operators of a value $elemMatch hold for one element, so that its limits are the two ends of one range.
  let range: Predicate & { kind: 'range' } = { kind: 'range' };
  for (const [operator, value] of Object.entries(operand)) {
    const predicate = predicateOf(operator, value);
    if (predicate?.kind === 'range') range = { ...range, ...predicate };
    else add(into, path, predicate, element);
  }
  if (range.low || range.high) add(into, path, range, element);
}

function predicateOf(operator: string, operand: unknown): Predicate | undefined {
  if (operator === '$eq') return points([operand]);
  if (operator === '$in' && Array.isArray(operand)) return points(operand);
  if (operator === '$exists') return isTruthy(operand) ? { kind: 'exists' } : undefined;
  if (operator === '$gte' && operand === null) return points([null]);
  if (operator === '$lte' && operand === null) return points([null]);
  if (!isRangeable(operand)) return undefined;
  if (operator === '$gt') return { kind: 'range', low: { value: operand, inclusive: false } };
  if (operator === '$gte') return { kind: 'range', low: { value: operand, inclusive: true } };
  if (operator === '$lt') return { kind: 'range', high: { value: operand, inclusive: false } };
  if (operator === '$lte') return { kind: 'range', high: { value: operand, inclusive: true } };
  return undefined;
}

function points(values: readonly unknown[]): Predicate | undefined {
  // An array equals a stored array, of which an index has only the elements; a pattern stands for many values.
  return values.every((value) => !Array.isArray(value) && !(value instanceof BSONRegExp) && value !== undefined)
    ? { kind: 'points', values: [...values] }
    : undefined;
}

function isRangeable(value: unknown): boolean {
  if (value === null || value === undefined || Array.isArray(value)) return false;
  return !(value instanceof BSONRegExp || value instanceof MinKey || value instanceof MaxKey);
}

function isTruthy(value: unknown): boolean {
  return value === true || (typeof value === 'object' && value !== null && Number(value) !== 0);
}

function isOperators(condition: unknown): condition is Document {
  return isDocument(condition) && Object.keys(condition)[0]?.startsWith('$') === true;
}

function add(
  into: Predicates,
  path: string,
  predicate: Predicate | undefined,
  element: ElementMatch | undefined,
): void {
  if (!predicate) return;
  const known = into.byPath.get(path) ?? [];
  known.push(element ? { ...predicate, element } : predicate);
  into.byPath.set(path, known);
}
