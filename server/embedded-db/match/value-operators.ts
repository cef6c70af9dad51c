import { isNumeric, TYPE_NUMBERS, typeName, typeNumber } from '../bson-value/bson-type.ts';
import { MongoError } from '../errors.ts';
import type { ValueTest } from './matcher.ts';
import { integerArgument, wholePart } from './number-argument.ts';

/** `$exists`: any value, null included; with a false argument none. */
export function isPresent(value: unknown): boolean {
  return value !== undefined;
}

/** Truth of a BSON value as MongoDB reads flags: everything but false, null, undefined and zero. */
export function isTruthy(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return false;
  if (!isNumeric(value)) return true;
  return typeof value === 'object' ? Number(value) !== 0 : value !== 0 && value !== 0n;
}

/** `$type`: an alias, a BSON type number, or a list of either; "number" stands for all numeric types. */
export function ofType(argument: unknown): ValueTest {
  const wanted = Array.isArray(argument) ? argument : [argument];
  if (wanted.length === 0) throw new MongoError('FailedToParse', '$type must match at least one type');
  const tests = wanted.map(typeTest);
  return (value) => value !== undefined && tests.some((test) => test(value));
}

/** `$size`: an array of exactly this length. */
export function ofSize(argument: unknown): ValueTest {
  const size = integerArgument(argument);
  if (size === undefined || size < 0) {
    throw new MongoError('BadValue', 'Failed to parse $size. Expected a non-negative integer');
  }
  return (value) => Array.isArray(value) && value.length === size;
}

/** `$mod: [divisor, remainder]`: both and the value cut towards zero first, the remainder with the sign of the value. */
export function modulo(argument: unknown): ValueTest {
  if (!Array.isArray(argument)) throw new MongoError('BadValue', 'malformed mod, needs to be an array');
  if (argument.length !== 2) {
    throw new MongoError('BadValue', `malformed mod, ${argument.length < 2 ? 'not enough' : 'too many'} elements`);
  }
  const divisor = wholePart(argument[0]);
  const remainder = wholePart(argument[1]);
  if (divisor === undefined) throw new MongoError('BadValue', 'malformed mod, divisor not a number');
  if (remainder === undefined) throw new MongoError('BadValue', 'malformed mod, remainder not a number');
  if (divisor === 0n) throw new MongoError('BadValue', 'divisor cannot be 0');
  return (value) => {
    const whole = wholePart(value);
    return whole !== undefined && whole % divisor === remainder;
  };
}

function typeTest(wanted: unknown): ValueTest {
  if (wanted === 'number') return isNumeric;
  if (typeof wanted === 'string') {
    if (!Object.hasOwn(TYPE_NUMBERS, wanted)) {
      throw new MongoError('BadValue', `Unknown type name alias: ${wanted}`);
    }
    return (value) => typeName(value) === wanted;
  }
  const code = integerArgument(wanted);
  if (code === undefined) throw new MongoError('TypeMismatch', 'type must be represented as a number or a string');
  if (!Object.values<number>(TYPE_NUMBERS).includes(code)) {
    throw new MongoError('BadValue', `Invalid numerical type code: ${code}`);
  }
  return (value) => typeNumber(value) === code;
}
