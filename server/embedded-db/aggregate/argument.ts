import { isNumeric, type NumericValue, typeName } from '../bson-value/bson-type.ts';
import { MongoError } from '../errors.ts';
import { integerArgument } from '../match/number-argument.ts';

/** True for null and missing, for which most operators give null. */
export function isNullish(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

/** The number, or TypeMismatch naming the operator. */
export function requireNumber(operator: string, value: unknown): NumericValue {
  if (isNumeric(value)) return value;
  throw wrongType(operator, 'a number', value);
}

/** The array, or TypeMismatch naming the operator. */
export function requireArray(operator: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw wrongType(operator, 'an array', value);
}

/** The whole number, or TypeMismatch naming the operator. */
export function requireInteger(operator: string, value: unknown): number {
  const number = integerArgument(value);
  if (number !== undefined) return number;
  throw wrongType(operator, 'an integer', value);
}

export function wrongType(operator: string, expected: string, value: unknown): MongoError {
  return new MongoError('TypeMismatch', `${operator} needs ${expected}, not ${typeName(value)}`);
}
