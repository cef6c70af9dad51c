import { Double, Int32 } from 'bson';
import { widthOf } from '../bson-value/arithmetic.ts';
import { isNumeric, type NumericValue } from '../bson-value/bson-type.ts';
import { compareValues } from '../bson-value/compare-values.ts';
import { divideNumbers } from '../bson-value/division.ts';
import { asDocument, type Document, setField } from '../bson-value/document.ts';
import { exactNumber, nearestDouble } from '../bson-value/exact-number.ts';
import { isNullish, requireArray, wrongType } from './argument.ts';
import type { ValueFunction } from './expression-scope.ts';
import { sumOf } from './number-functions.ts';

/** One value out of many. As an accumulator it sees the values of a group, as an expression those of an array. */
export type Fold = (values: readonly unknown[]) => unknown;

export const FOLDS: Record<string, Fold> = {
  $sum: sum,
  $avg: average,
  $min: (values) => extreme(values, -1),
  $max: (values) => extreme(values, 1),
  $stdDevPop: (values) => standardDeviation(values, 0),
  $stdDevSamp: (values) => standardDeviation(values, 1),
  $mergeObjects: mergeObjects,
};

/** The folds, `$first` and `$last` as expressions; a single argument that is an array stands for its elements. */
export const FOLD_FUNCTIONS: Record<string, ValueFunction> = {
  ...Object.fromEntries(Object.entries(FOLDS).map(([name, fold]) => [name, asExpression(fold)])),
  $first: { arity: [1, 1], apply: (array) => (isNullish(array) ? null : requireArray('$first', array).at(0)) },
  $last: { arity: [1, 1], apply: (array) => (isNullish(array) ? null : requireArray('$last', array).at(-1)) },
};

/** Sums numbers and ignores the rest. Doubles are added with compensation, so that ten times 0.1 is 1. */
function sum(values: readonly unknown[]): NumericValue {
  const numbers = values.filter(isNumeric);
  const doubles = numbers.filter((value) => widthOf(value) === 'double');
  const others = numbers.filter((value) => widthOf(value) !== 'double');
  const exact = others.reduce<NumericValue>(sumOf, new Int32(0));
  if (doubles.length === 0) return exact;
  return sumOf(exact, new Double(sumDoubles(doubles.map((value) => nearestDouble(exactNumber(value))))));
}

/** Neumaier's compensated summation. */
function sumDoubles(values: readonly number[]): number {
  let total = 0;
  let lost = 0;
  for (const value of values) {
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return Number.isFinite(total) ? total + lost : total;
}

function average(values: readonly unknown[]): unknown {
  const numbers = values.filter(isNumeric);
  return numbers.length === 0 ? null : divideNumbers(sum(numbers), new Int32(numbers.length));
}

function extreme(values: readonly unknown[], wanted: 1 | -1): unknown {
  const present = values.filter((value) => !isNullish(value));
  if (present.length === 0) return null;
  return present.reduce((best, value) => (compareValues(value, best) === wanted ? value : best));
}

function standardDeviation(values: readonly unknown[], removedDegrees: 0 | 1): unknown {
  const numbers = values.filter(isNumeric).map((value) => nearestDouble(exactNumber(value)));
  if (numbers.length <= removedDegrees) return null;
  const mean = sumDoubles(numbers) / numbers.length;
  const squares = sumDoubles(numbers.map((value) => (value - mean) ** 2));
  return new Double(Math.sqrt(squares / (numbers.length - removedDegrees)));
}

function mergeObjects(values: readonly unknown[]): Document {
  const merged: Document = {};
  for (const value of values) {
    if (isNullish(value)) continue;
    const document = asDocument(value);
    if (document === undefined) throw wrongType('$mergeObjects', 'documents', value);
    for (const [name, field] of Object.entries(document)) setField(merged, name, field);
  }
  return merged;
}

function asExpression(fold: Fold): ValueFunction {
  return {
    arity: [1, Infinity],
    apply: (...values) => {
      const [only] = values;
      return fold(values.length === 1 && Array.isArray(only) ? only : values);
    },
  };
}
