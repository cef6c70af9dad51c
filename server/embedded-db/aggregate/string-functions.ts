import { BSONSymbol, Int32 } from 'bson';
import { isNumeric } from '../bson-value/bson-type.ts';
import { compareStrings } from '../bson-value/compare-values.ts';
import { MongoError } from '../errors.ts';
import { isNullish, requireInteger, wrongType } from './argument.ts';
import type { ValueFunction } from './expression-scope.ts';

/** Operators on strings. `CP` counts code points, `Bytes` counts bytes of UTF-8; upper and lower case only know ASCII. */
export const STRING_FUNCTIONS: Record<string, ValueFunction> = {
  $concat: { arity: [0, Infinity], apply: concatenate },
  $toLower: {
    arity: [1, 1],
    apply: (value) => textOrEmpty('$toLower', value).replace(/[A-Z]+/g, (run) => run.toLowerCase()),
  },
  $toUpper: {
    arity: [1, 1],
    apply: (value) => textOrEmpty('$toUpper', value).replace(/[a-z]+/g, (run) => run.toUpperCase()),
  },
  $strcasecmp: { arity: [2, 2], apply: compareWithoutCase },
  $strLenCP: { arity: [1, 1], apply: (value) => new Int32([...requireText('$strLenCP', value)].length) },
  $strLenBytes: { arity: [1, 1], apply: (value) => new Int32(Buffer.byteLength(requireText('$strLenBytes', value))) },
  $substrCP: { arity: [3, 3], apply: substringByCodePoint },
  $substrBytes: { arity: [3, 3], apply: substringByByte },
  $substr: { arity: [3, 3], apply: substringByByte },
  $split: { arity: [2, 2], apply: split },
  $indexOfCP: { arity: [2, 4], apply: (...given) => indexIn('$indexOfCP', given, (text) => [...text]) },
  $indexOfBytes: {
    arity: [2, 4],
    apply: (...given) => indexIn('$indexOfBytes', given, (text) => [...Buffer.from(text)]),
  },
};

/** The string, or TypeMismatch naming the operator. */
export function requireText(operator: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof BSONSymbol) return value.value;
  throw wrongType(operator, 'a string', value);
}

function concatenate(...values: unknown[]): unknown {
  if (values.some(isNullish)) return null;
  return values.map((value) => requireText('$concat', value)).join('');
}

/** These operators take null for an empty string, and numbers and dates for their text. */
function textOrEmpty(operator: string, value: unknown): string {
  if (isNullish(value)) return '';
  if (value instanceof Date) return value.toISOString();
  return isNumeric(value) ? value.toString() : requireText(operator, value);
}

function compareWithoutCase(a: unknown, b: unknown): unknown {
  const [first, second] = [a, b].map((value) => textOrEmpty('$strcasecmp', value).toUpperCase());
  return new Int32(compareStrings(first ?? '', second ?? ''));
}

function substringByCodePoint(value: unknown, start: unknown, length: unknown): unknown {
  const points = [...textOrEmpty('$substrCP', value)];
  const [from, count] = [requireInteger('$substrCP', start), requireInteger('$substrCP', length)];
  if (from < 0 || count < 0) throw wrongType('$substrCP', 'a non-negative start and length', from < 0 ? start : length);
  return points.slice(from, from + count).join('');
}

function substringByByte(value: unknown, start: unknown, length: unknown): unknown {
  const bytes = Buffer.from(textOrEmpty('$substrBytes', value));
  const [from, count] = [requireInteger('$substrBytes', start), requireInteger('$substrBytes', length)];
  if (from < 0) return '';
  const end = count < 0 ? bytes.length : Math.min(from + count, bytes.length);
  if (isInsideCharacter(bytes, from) || isInsideCharacter(bytes, end)) {
    throw new MongoError(
      'Location28656',
      '$substrBytes: Invalid range, it begins or ends in the middle of a UTF-8 character',
    );
  }
  return bytes.subarray(from, end).toString();
}

function isInsideCharacter(bytes: Buffer, at: number): boolean {
  return ((bytes[at] ?? 0) & 0xc0) === 0x80;
}

function split(value: unknown, separator: unknown): unknown {
  if (isNullish(value) || isNullish(separator)) return null;
  const by = requireText('$split', separator);
  if (by === '') throw new MongoError('Location40087', '$split requires a non-empty separator');
  return requireText('$split', value).split(by);
}

function indexIn(operator: string, given: readonly unknown[], unitsOf: (text: string) => readonly unknown[]): unknown {
  const [text, part, start = 0, end] = given;
  if (isNullish(text)) return null;
  const units = unitsOf(requireText(operator, text));
  const wanted = unitsOf(requireText(operator, part));
  const last =
    (end === undefined ? units.length : Math.min(requireInteger(operator, end), units.length)) - wanted.length;
  for (let at = requireInteger(operator, start); at <= last; at++) {
    if (wanted.every((unit, offset) => units[at + offset] === unit)) return new Int32(at);
  }
  return new Int32(-1);
}
