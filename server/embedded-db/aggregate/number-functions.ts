import { Double, Int32, Long } from 'bson';
import { addNumbers, decimalOf, multiplyNumbers, widthOf } from '../bson-value/arithmetic.ts';
import type { NumericValue } from '../bson-value/bson-type.ts';
import { divideNumbers, type Rounding, remainderOf, roundNumber } from '../bson-value/division.ts';
import { exactNumber, nearestDouble } from '../bson-value/exact-number.ts';
import { MongoError } from '../errors.ts';
import { isNullish, requireInteger, requireNumber, wrongType } from './argument.ts';
import type { ValueFunction } from './expression-scope.ts';

const MINUS_ONE = new Int32(-1);
const ZERO = new Int32(0);

/** Arithmetic that keeps BSON number types; null or missing anywhere gives null. */
export const NUMBER_FUNCTIONS: Record<string, ValueFunction> = {
  $add: { arity: [0, Infinity], apply: (...values) => add(values) },
  $subtract: { arity: [2, 2], apply: nullable(subtract) },
  $multiply: { arity: [0, Infinity], apply: (...values) => multiply(values) },
  $divide: { arity: [2, 2], apply: nullable(divide) },
  $mod: { arity: [2, 2], apply: nullable(modulo) },
  $abs: { arity: [1, 1], apply: nullable((value) => absolute(requireNumber('$abs', value))) },
  $ceil: { arity: [1, 1], apply: (value) => nullable(rounded('ceil'))(value, ZERO) },
  $floor: { arity: [1, 1], apply: (value) => nullable(rounded('floor'))(value, ZERO) },
  $round: { arity: [1, 2], apply: (value, place = ZERO) => nullable(rounded('round'))(value, place) },
  $trunc: { arity: [1, 2], apply: (value, place = ZERO) => nullable(rounded('trunc'))(value, place) },
};

/** The sum or product of 64-bit integers that does not fit becomes a double, as in MongoDB's expressions. */
export function sumOf(a: NumericValue, b: NumericValue): NumericValue {
  return addNumbers(a, b) ?? new Double(nearestDouble(exactNumber(a)) + nearestDouble(exactNumber(b)));
}

function productOf(a: NumericValue, b: NumericValue): NumericValue {
  return multiplyNumbers(a, b) ?? new Double(nearestDouble(exactNumber(a)) * nearestDouble(exactNumber(b)));
}

function add(values: readonly unknown[]): unknown {
  if (values.some(isNullish)) return null;
  const dates = values.filter((value) => value instanceof Date);
  if (dates.length > 1) throw new MongoError('Location16612', 'only one date allowed in an $add expression');
  const numbers = values.filter((value) => !(value instanceof Date));
  const sum = numbers.map((value) => requireNumber('$add', value)).reduce(sumOf, ZERO);
  const [date] = dates;
  return date === undefined ? sum : dateAfter(date, sum);
}

function subtract(a: unknown, b: unknown): unknown {
  if (a instanceof Date && b instanceof Date) return Long.fromNumber(a.getTime() - b.getTime());
  const negative = productOf(requireNumber('$subtract', b), MINUS_ONE);
  if (a instanceof Date) return dateAfter(a, negative);
  return sumOf(requireNumber('$subtract', a), negative);
}

function multiply(values: readonly unknown[]): unknown {
  if (values.some(isNullish)) return null;
  return values.map((value) => requireNumber('$multiply', value)).reduce(productOf, new Int32(1));
}

function divide(a: unknown, b: unknown): unknown {
  const [dividend, divisor] = [requireNumber('$divide', a), requireNumber('$divide', b)];
  if (nearestDouble(exactNumber(divisor)) === 0) throw new MongoError('BadValue', "can't $divide by zero");
  return divideNumbers(dividend, divisor);
}

function modulo(a: unknown, b: unknown): unknown {
  const [dividend, divisor] = [requireNumber('$mod', a), requireNumber('$mod', b)];
  if (nearestDouble(exactNumber(divisor)) === 0) throw new MongoError('Location16610', "can't $mod by zero");
  return remainderOf(dividend, divisor);
}

function absolute(value: NumericValue): NumericValue {
  if (widthOf(value) === 'double') return new Double(Math.abs(nearestDouble(exactNumber(value))));
  const exact = exactNumber(value);
  if (typeof exact === 'object') {
    const { coefficient, exponent } = exact;
    return decimalOf({ coefficient: coefficient < 0n ? -coefficient : coefficient, exponent });
  }
  return exact < 0 ? productOf(value, MINUS_ONE) : value;
}

function rounded(rounding: Rounding): (value: unknown, place: unknown) => unknown {
  const operator = `$${rounding}`;
  return (value, place) => {
    const digits = requireInteger(operator, place);
    if (digits < -20 || digits > 100) throw wrongType(operator, 'a place between -20 and 100', place);
    return roundNumber(requireNumber(operator, value), digits, rounding);
  };
}

function dateAfter(date: Date, milliseconds: NumericValue): Date {
  return new Date(date.getTime() + Math.round(nearestDouble(exactNumber(milliseconds))));
}

function nullable(apply: (...values: unknown[]) => unknown): (...values: unknown[]) => unknown {
  return (...values) => (values.some(isNullish) ? null : apply(...values));
}
