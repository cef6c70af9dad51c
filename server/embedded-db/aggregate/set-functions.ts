import { encodeKey } from '../bson-value/encode-key.ts';
import { isTruthy } from '../match/value-operators.ts';
import { isNullish, requireArray } from './argument.ts';
import type { ValueFunction } from './expression-scope.ts';

/** Operators on arrays as sets: order and repetition do not count, values are the same when they compare as equal. */
export const SET_FUNCTIONS: Record<string, ValueFunction> = {
  $setUnion: { arity: [0, Infinity], apply: nullable('$setUnion', (sets) => [...distinct(sets.flat()).values()]) },
  $setIntersection: { arity: [0, Infinity], apply: nullable('$setIntersection', intersect) },
  $setDifference: { arity: [2, 2], apply: nullable('$setDifference', subtract) },
  $setEquals: {
    arity: [2, Infinity],
    apply: (...sets) => areEqual(sets.map((set) => requireArray('$setEquals', set))),
  },
  $setIsSubset: {
    arity: [2, 2],
    apply: (part, whole) => isSubset(requireArray('$setIsSubset', part), requireArray('$setIsSubset', whole)),
  },
  $anyElementTrue: { arity: [1, 1], apply: (set) => requireArray('$anyElementTrue', set).some(isTruthy) },
  $allElementsTrue: { arity: [1, 1], apply: (set) => requireArray('$allElementsTrue', set).every(isTruthy) },
};

/** The different values of a list, the first of equal ones, by a key that is the same for equal values. */
export function distinct(values: readonly unknown[]): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const value of values) {
    const key = keyOf(value);
    if (!found.has(key)) found.set(key, value);
  }
  return found;
}

function intersect(sets: readonly (readonly unknown[])[]): unknown[] {
  const [first = [], ...others] = sets;
  const keys = others.map(distinct);
  return [...distinct(first)].filter(([key]) => keys.every((other) => other.has(key))).map(([, value]) => value);
}

function subtract([from = [], other = []]: readonly (readonly unknown[])[]): unknown[] {
  const removed = distinct(other);
  return [...distinct(from)].filter(([key]) => !removed.has(key)).map(([, value]) => value);
}

function areEqual(sets: readonly (readonly unknown[])[]): boolean {
  const [first = [], ...others] = sets;
  return others.every((other) => isSubset(first, other) && isSubset(other, first));
}

function isSubset(part: readonly unknown[], whole: readonly unknown[]): boolean {
  const keys = distinct(whole);
  return part.every((value) => keys.has(keyOf(value)));
}

function keyOf(value: unknown): string {
  return encodeKey(value).toString('latin1');
}

function nullable(
  operator: string,
  apply: (sets: readonly (readonly unknown[])[]) => unknown,
): (...values: unknown[]) => unknown {
  return (...values) => (values.some(isNullish) ? null : apply(values.map((value) => requireArray(operator, value))));
}
