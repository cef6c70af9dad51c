import { MaxKey, MinKey } from 'bson';
import { canonicalOrder, isNumeric } from '../bson-value/bson-type.ts';
import { compareValues, regexParts } from '../bson-value/compare-values.ts';
import { encodeKey } from '../bson-value/encode-key.ts';
import { exactNumber } from '../bson-value/exact-number.ts';
import { MongoError } from '../errors.ts';
import type { ValueTest } from './matcher.ts';
import { matchesRegex } from './regex.ts';

export type ComparisonOperator = '$eq' | '$gt' | '$gte' | '$lt' | '$lte';

const LARGE_LIST = 8;

/** `$eq`: null also means missing; otherwise the same type class and an equal value. */
export function equalTo(expected: unknown): ValueTest {
  refuseUndefined(expected);
  if (expected === null) return isNullish;
  return (value) => value !== undefined && compareValues(value, expected) === 0;
}

/**
 * `$gt`, `$gte`, `$lt`, `$lte` with MongoDB's type bracketing: only values of the operand's type class are compared. NaN is
 * in order with nothing but itself. MinKey and MaxKey as operands are compared with every type.
 */
export function orderedTo(operator: ComparisonOperator, operand: unknown, path: string): ValueTest {
  if (operator === '$eq') return equalTo(operand);
  refuseUndefined(operand);
  if (regexParts(operand) !== undefined) {
    throw new MongoError('BadValue', `Can't have RegEx as arg to predicate over field '${path}'.`);
  }
  const includesEqual = operator === '$gte' || operator === '$lte';
  if (operand === null) return includesEqual ? isNullish : () => false;
  const wanted = operator === '$gt' || operator === '$gte' ? 1 : -1;
  const operandClass = canonicalOrder(operand);
  const crossesTypes = operand instanceof MinKey || operand instanceof MaxKey;
  return (value) => {
    if (value === undefined && !crossesTypes) return false;
    if (!crossesTypes && canonicalOrder(value) !== operandClass) return false;
    const order = compareValues(value, operand);
    if (order === 0) return includesEqual;
    return order === wanted && !isNaNValue(value) && !isNaNValue(operand);
  };
}

/** `$in`: equal to one of the values, or matching one of the regular expressions. */
export function oneOf(values: readonly unknown[]): ValueTest {
  const tests = values.filter((value) => regexParts(value) !== undefined).map((value) => matchesRegex(value));
  const plain = values.filter((value) => regexParts(value) === undefined);
  if (plain.length > LARGE_LIST) tests.push(oneOfMany(plain));
  else tests.push(...plain.map((value) => equalTo(value)));
  return (value) => tests.some((test) => test(value));
}

/** Long lists are looked up by key instead of compared one by one. */
function oneOfMany(values: readonly unknown[]): ValueTest {
  for (const value of values) refuseUndefined(value);
  const keys = new Set(values.map((value) => encodeKey(value).toString('latin1')));
  const hasNull = values.includes(null);
  return (value) => (value === undefined ? hasNull : keys.has(encodeKey(value).toString('latin1')));
}

function isNullish(value: unknown): boolean {
  return value === null || value === undefined;
}

function isNaNValue(value: unknown): boolean {
  return isNumeric(value) && Number.isNaN(exactNumber(value));
}

function refuseUndefined(operand: unknown): void {
  if (operand === undefined) throw new MongoError('BadValue', 'cannot compare to undefined');
}
