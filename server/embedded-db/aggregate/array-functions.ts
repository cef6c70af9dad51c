import { Int32 } from 'bson';
import { compareValues, equalValues } from '../bson-value/compare-values.ts';
import { asDocument, isDocument } from '../bson-value/document.ts';
import { MongoError } from '../errors.ts';
import { integerArgument } from '../match/number-argument.ts';
import { compileSort } from '../sort.ts';
import { isNullish, requireArray, requireInteger, wrongType } from './argument.ts';
import type { ValueFunction } from './expression-scope.ts';

const LONGEST_RANGE = 1_000_000;

/** Operators on arrays. Null or missing in place of an array gives null, except where MongoDB wants an array. */
export const ARRAY_FUNCTIONS: Record<string, ValueFunction> = {
  $isArray: { arity: [1, 1], apply: (value) => Array.isArray(value) },
  $size: { arity: [1, 1], apply: (value) => new Int32(requireArray('$size', value).length) },
  $in: {
    arity: [2, 2],
    apply: (value, array) => requireArray('$in', array).some((member) => equalValues(member, value)),
  },
  $arrayElemAt: { arity: [2, 2], apply: elementAt },
  $concatArrays: { arity: [0, Infinity], apply: concatenate },
  $reverseArray: {
    arity: [1, 1],
    apply: (array) => (isNullish(array) ? null : [...requireArray('$reverseArray', array)].reverse()),
  },
  $slice: { arity: [2, 3], apply: slice },
  $range: { arity: [2, 3], apply: range },
  $indexOfArray: { arity: [2, 4], apply: indexOf },
};

/** `$sortArray` by 1, -1 or a document of fields. */
export function sortArray(array: unknown, sortBy: unknown): unknown {
  if (isNullish(array)) return null;
  const elements = [...requireArray('$sortArray', array)];
  if (isDocument(sortBy)) {
    const { keyOf, compareKeys } = compileSort(sortBy);
    return elements.sort((a, b) => compareKeys(keyOf(asDocument(a) ?? {}), keyOf(asDocument(b) ?? {})));
  }
  const direction = integerArgument(sortBy);
  if (direction !== 1 && direction !== -1)
    throw new MongoError('BadValue', '$sortArray sortBy must be 1, -1 or a document');
  return elements.sort((a, b) => compareValues(a, b) * direction);
}

function elementAt(array: unknown, index: unknown): unknown {
  if (isNullish(array) || isNullish(index)) return null;
  return requireArray('$arrayElemAt', array).at(requireInteger('$arrayElemAt', index));
}

function concatenate(...arrays: unknown[]): unknown {
  if (arrays.some(isNullish)) return null;
  return arrays.flatMap((array) => requireArray('$concatArrays', array));
}

/** `[array, n]` takes n from the start or, negative, the end; `[array, position, n]` takes n from a position. */
function slice(array: unknown, first: unknown, count?: unknown): unknown {
  if (isNullish(array) || isNullish(first)) return null;
  const elements = requireArray('$slice', array);
  const start = requireInteger('$slice', first);
  if (count === undefined) return start < 0 ? elements.slice(start) : elements.slice(0, start);
  const length = requireInteger('$slice', count);
  if (length <= 0) throw wrongType('$slice', 'a positive third argument', count);
  const from = start < 0 ? Math.max(elements.length + start, 0) : start;
  return elements.slice(from, from + length);
}

function range(start: unknown, end: unknown, step: unknown = 1): unknown {
  const [from, to, by] = [start, end, step].map((value) => requireInteger('$range', value));
  if (from === undefined || to === undefined || by === undefined || by === 0) {
    throw new MongoError('Location34449', '$range requires a non-zero step value');
  }
  const length = Math.max(Math.ceil((to - from) / by), 0);
  if (length > LONGEST_RANGE) throw new MongoError('ExceededMemoryLimit', `$range would make ${length} elements`);
  return Array.from({ length }, (_, at) => new Int32(from + at * by));
}

function indexOf(array: unknown, value: unknown, start: unknown = 0, end: unknown = Infinity): unknown {
  if (isNullish(array)) return null;
  const elements = requireArray('$indexOfArray', array);
  const from = requireInteger('$indexOfArray', start);
  const to = end === Infinity ? elements.length : requireInteger('$indexOfArray', end);
  const found = elements.findIndex((element, at) => at >= from && at < to && equalValues(element, value));
  return new Int32(found);
}
