import type { NumericValue } from './bson-type.ts';
import {
  compareExact,
  decimalParts,
  type ExactNumber,
  exactNumber,
  nearestDouble,
  normalizeDecimal,
} from './exact-number.ts';

const EXACT = 0;
const BETWEEN_TWO_DOUBLES = 1;
const EXPONENT_OFFSET = 0x8000;
const NAN_KEY = Buffer.alloc(9);

/**
 * Encodes a number so that byte order is numeric order over all numeric types: the greatest double not above it, a byte saying
 * whether it is that double, and if not its decimal digits. Equal numbers of different types give equal bytes. NaN sorts first.
 */
export function encodeNumber(value: NumericValue): Buffer {
  const exact = exactNumber(value);
  if (typeof exact === 'number') return Number.isNaN(exact) ? NAN_KEY : encodeDouble(exact, EXACT);
  const nearest = nearestDouble(exact);
  const order = compareExact(exact, nearest);
  if (order === 0) return encodeDouble(nearest, EXACT);
  const below = order > 0 ? nearest : nextDoubleBelow(nearest);
  return Buffer.concat([encodeDouble(below, BETWEEN_TWO_DOUBLES), encodeDigits(exact)]);
}

function encodeDouble(value: number, marker: number): Buffer {
  const key = Buffer.alloc(9);
  // Adding 0 turns -0 into 0: the two are equal.
  key.writeDoubleBE(value + 0);
  if (value < 0) invert(key.subarray(0, 8));
  else key.writeUInt8(key.readUInt8(0) | 0x80, 0);
  key.writeUInt8(marker, 8);
  return key;
}

/** Decimal magnitude, then two digits a byte, ended by a byte below every digit pair; inverted as a whole when negative. */
function encodeDigits(exact: ExactNumber): Buffer {
  const { coefficient, exponent } = normalizeDecimal(decimalParts(exact));
  const digits = (coefficient < 0n ? -coefficient : coefficient).toString();
  const pairs = digits.length % 2 === 0 ? digits : `${digits}0`;
  const key = Buffer.alloc(2 + pairs.length / 2 + 1);
  key.writeUInt16BE(digits.length + exponent + EXPONENT_OFFSET);
  for (let at = 0; at < pairs.length; at += 2) key.writeUInt8(Number(pairs.slice(at, at + 2)) + 1, 2 + at / 2);
  return coefficient < 0n ? invert(key) : key;
}

/** Flips every bit in place, which turns ascending byte order into descending. */
export function invert(bytes: Buffer): Buffer {
  for (let at = 0; at < bytes.length; at++) bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at);
  return bytes;
}

function nextDoubleBelow(value: number): number {
  if (value === Infinity) return Number.MAX_VALUE;
  if (value === 0) return -Number.MIN_VALUE;
  if (value === -Infinity) return value;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + (value > 0 ? -1n : 1n));
  return view.getFloat64(0);
}
