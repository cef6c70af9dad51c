import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import { asDocument } from './document.ts';

/** The aliases `$type` knows, with the numbers of the BSON specification. */
export const TYPE_NUMBERS = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
} as const;

export type TypeName = keyof typeof TYPE_NUMBERS;

/**
 * MongoDB's comparison order of types: values of a lower class sort first whatever they hold, and `$gt` and its kin only
 * compare inside one class. All numbers share a class, and so do strings and symbols.
 */
const CANONICAL_ORDER: Record<TypeName, number> = {
  minKey: -1,
  undefined: 0,
  null: 5,
  double: 10,
  int: 10,
  long: 10,
  decimal: 10,
  string: 15,
  symbol: 15,
  object: 20,
  array: 25,
  binData: 30,
  objectId: 35,
  bool: 40,
  date: 45,
  timestamp: 47,
  regex: 50,
  dbPointer: 55,
  javascript: 60,
  javascriptWithScope: 65,
  maxKey: 127,
};

const INT32_MAX = 2 ** 31 - 1;
const INT32_MIN = -(2 ** 31);

/** The BSON type of a value by its `$type` alias; a plain number is what the driver would encode it as (int or double). */
export function typeName(value: unknown): TypeName {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'undefined':
      return 'undefined';
    case 'bigint':
      return 'long';
    case 'number':
      return isInt32(value) ? 'int' : 'double';
    case 'object':
      return value === null ? 'null' : objectTypeName(value);
    default:
      throw new TypeError(`a ${typeof value} is not a BSON value`);
  }
}

/** The BSON type number of a value, minKey -1 and maxKey 127. */
export function typeNumber(value: unknown): number {
  return TYPE_NUMBERS[typeName(value)];
}

/** The class of a value in MongoDB's cross-type order. */
export function canonicalOrder(value: unknown): number {
  return CANONICAL_ORDER[typeName(value)];
}

/** True for every numeric BSON type and for plain numbers and bigints. */
export function isNumeric(value: unknown): value is NumericValue {
  return CANONICAL_ORDER[typeName(value)] === CANONICAL_ORDER.int;
}

export type NumericValue = Int32 | Double | Long | Decimal128 | number | bigint;

/** True when the number would be encoded as a 32-bit integer; -0 is a double. */
export function isInt32(value: number): boolean {
  return Number.isInteger(value) && value <= INT32_MAX && value >= INT32_MIN && !Object.is(value, -0);
}

function objectTypeName(value: object): TypeName {
  if (Array.isArray(value)) return 'array';
  if (value instanceof Int32) return 'int';
  if (value instanceof Double) return 'double';
  if (value instanceof ObjectId) return 'objectId';
  if (value instanceof Date) return 'date';
  // A Timestamp is a Long by inheritance, so it must be asked first.
  if (value instanceof Timestamp) return 'timestamp';
  if (value instanceof Long) return 'long';
  if (value instanceof Decimal128) return 'decimal';
  if (value instanceof Binary || value instanceof Uint8Array) return 'binData';
  if (value instanceof BSONRegExp || value instanceof RegExp) return 'regex';
  if (value instanceof BSONSymbol) return 'symbol';
  if (value instanceof Code) return value.scope === null ? 'javascript' : 'javascriptWithScope';
  if (value instanceof MinKey) return 'minKey';
  if (value instanceof MaxKey) return 'maxKey';
  if (asDocument(value) !== undefined) return 'object';
  throw new TypeError(`${value.constructor.name} is not a BSON value`);
}
