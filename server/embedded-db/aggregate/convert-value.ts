import { Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import { integerOf } from '../bson-value/arithmetic.ts';
import { isNumeric, typeName } from '../bson-value/bson-type.ts';
import { exactNumber, nearestDouble } from '../bson-value/exact-number.ts';
import { MongoError } from '../errors.ts';
import { wholePart } from '../match/number-argument.ts';
import { isTruthy } from '../match/value-operators.ts';

export type ConvertTarget = 'bool' | 'int' | 'long' | 'double' | 'decimal' | 'string' | 'date' | 'objectId';

const CONVERSIONS: Record<ConvertTarget, (value: unknown) => unknown> = {
  bool: isTruthy,
  int: (value) => toInteger(value, 'int'),
  long: (value) => toInteger(value, 'long'),
  double: toDouble,
  decimal: toDecimal,
  string: toText,
  date: toDate,
  objectId: toObjectId,
};

export function isConvertTarget(name: string): name is ConvertTarget {
  return Object.hasOwn(CONVERSIONS, name);
}

/** Converts by the table of MongoDB's `$convert`. Throws ConversionFailure (241) when the table has no entry or the value does not fit. */
export function convertValue(value: unknown, target: ConvertTarget): unknown {
  return CONVERSIONS[target](value);
}

function toInteger(value: unknown, width: 'int' | 'long'): unknown {
  const result = integerOf(wholeNumber(value, width), width);
  if (result === undefined || (width === 'int' && !(result instanceof Int32))) throw failure(value, width);
  return result;
}

function wholeNumber(value: unknown, target: ConvertTarget): bigint {
  if (typeof value === 'boolean') return BigInt(value);
  if (value instanceof Date && target === 'long') return BigInt(value.getTime());
  if (typeof value === 'string' && /^[+-]?\d+$/.test(value)) return BigInt(value.replace('+', ''));
  const whole = wholePart(value);
  if (whole === undefined) throw failure(value, target);
  return whole;
}

function toDouble(value: unknown): unknown {
  if (isNumeric(value)) return new Double(nearestDouble(exactNumber(value)));
  if (typeof value === 'boolean') return new Double(Number(value));
  if (value instanceof Date) return new Double(value.getTime());
  const number = typeof value === 'string' && /^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(value) ? Number(value) : Number.NaN;
  if (Number.isNaN(number)) throw failure(value, 'double');
  return new Double(number);
}

function toDecimal(value: unknown): unknown {
  if (value instanceof Decimal128) return value;
  if (typeof value === 'boolean') return Decimal128.fromString(String(Number(value)));
  if (value instanceof Date) return Decimal128.fromString(String(value.getTime()));
  if (!isNumeric(value) && typeof value !== 'string') throw failure(value, 'decimal');
  try {
    return Decimal128.fromStringWithRounding(value.toString());
  } catch {
    throw failure(value, 'decimal');
  }
}

function toText(value: unknown): unknown {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  if (isNumeric(value) || typeof value === 'boolean') return value.toString();
  throw failure(value, 'string');
}

function toDate(value: unknown): unknown {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  const isLong =
    value instanceof Long || value instanceof Double || value instanceof Decimal128 || typeof value === 'number';
  const milliseconds = isLong
    ? Number(wholePart(value) ?? Number.NaN)
    : typeof value === 'string'
      ? Date.parse(value)
      : Number.NaN;
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) throw failure(value, 'date');
  return date;
}

function toObjectId(value: unknown): unknown {
  if (value instanceof ObjectId) return value;
  if (typeof value === 'string' && /^[0-9a-f]{24}$/i.test(value)) return new ObjectId(value);
  throw failure(value, 'objectId');
}

function failure(value: unknown, target: ConvertTarget): MongoError {
  return new MongoError('ConversionFailure', `Unsupported conversion from ${typeName(value)} to ${target} in $convert`);
}
