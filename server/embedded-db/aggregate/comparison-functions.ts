import { Int32 } from 'bson';
import { compareValues } from '../bson-value/compare-values.ts';
import { isTruthy } from '../match/value-operators.ts';
import type { ValueFunction } from './expression-scope.ts';

/** Comparison over all types in BSON order, without the type bracketing of queries; missing is below null. */
export const COMPARISON_FUNCTIONS: Record<string, ValueFunction> = {
  $cmp: { arity: [2, 2], apply: (a, b) => new Int32(compareValues(a, b)) },
  $eq: { arity: [2, 2], apply: (a, b) => compareValues(a, b) === 0 },
  $ne: { arity: [2, 2], apply: (a, b) => compareValues(a, b) !== 0 },
  $gt: { arity: [2, 2], apply: (a, b) => compareValues(a, b) > 0 },
  $gte: { arity: [2, 2], apply: (a, b) => compareValues(a, b) >= 0 },
  $lt: { arity: [2, 2], apply: (a, b) => compareValues(a, b) < 0 },
  $lte: { arity: [2, 2], apply: (a, b) => compareValues(a, b) <= 0 },
  $not: { arity: [1, 1], apply: (value) => !isTruthy(value) },
};
