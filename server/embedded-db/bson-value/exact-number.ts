import { type Decimal128, Double, Int32, Long } from 'bson';
import type { NumericValue } from './bson-type.ts';

/** A finite decimal: coefficient times ten to the exponent, without loss. */
export type DecimalParts = { coefficient: bigint; exponent: number };

/**
 * A BSON number without loss: a double or 32-bit integer as `number`, a 64-bit integer as `bigint`, a decimal as its parts.
 * NaN and the infinities are always `number`.
 */
export type ExactNumber = number | bigint | DecimalParts;

const EXPONENT_BIAS = 6176;
const COEFFICIENT_LIMIT = 10n ** 34n;
const LOW_49_BITS = (1n << 49n) - 1n;

/** The exact value behind any numeric BSON value. */
export function exactNumber(value: NumericValue): ExactNumber {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (value instanceof Long) return value.toBigInt();
  return exactDecimal(value);
}

/** Compares two exact numbers; NaN equals NaN and is below every other number, as MongoDB sorts it. */
export function compareExact(a: ExactNumber, b: ExactNumber): number {
  if (typeof a !== 'object' && typeof b !== 'object') return comparePlain(a, b);
  const infinite = compareWithNonFinite(a, b);
  if (infinite !== undefined) return infinite;
  return compareDecimals(decimalParts(a), decimalParts(b));
}

/** The exact decimal expansion of a finite number. A double has one because two divides ten. */
export function decimalParts(value: ExactNumber): DecimalParts {
  if (typeof value === 'object') return value;
  if (typeof value === 'bigint') return { coefficient: value, exponent: 0 };
  if (Number.isInteger(value)) return { coefficient: BigInt(value), exponent: 0 };
  const { mantissa, exponent } = splitDouble(value);
  return { coefficient: mantissa * 5n ** BigInt(-exponent), exponent };
}

/** The same decimal with no trailing zeros in its coefficient; zero is `{0, 0}`. */
export function normalizeDecimal({ coefficient, exponent }: DecimalParts): DecimalParts {
  if (coefficient === 0n) return { coefficient, exponent: 0 };
  const digits = coefficient.toString();
  const significant = digits.replace(/0+$/, '');
  return { coefficient: BigInt(significant), exponent: exponent + digits.length - significant.length };
}

/** The double nearest to an exact number; overflow gives an infinity. */
export function nearestDouble(value: ExactNumber): number {
  if (typeof value !== 'object') return Number(value);
  return Number(`${value.coefficient}e${value.exponent}`);
}

function exactDecimal(value: Decimal128): ExactNumber {
  const view = new DataView(value.bytes.buffer, value.bytes.byteOffset, 16);
  const low = view.getBigUint64(0, true);
  const high = view.getBigUint64(8, true);
  const sign = high >> 63n === 1n ? -1n : 1n;
  const combination = (high >> 58n) & 0x1fn;
  if (combination === 0x1fn) return Number.NaN;
  if (combination === 0x1en) return sign < 0n ? -Infinity : Infinity;
  // The other layout would hold a coefficient of 114 bits, always over 34 digits: the standard reads it as zero.
  if (combination >> 3n === 3n) return { coefficient: 0n, exponent: 0 };
  const coefficient = ((high & LOW_49_BITS) << 64n) | low;
  if (coefficient >= COEFFICIENT_LIMIT) return { coefficient: 0n, exponent: 0 };
  const exponent = Number((high >> 49n) & 0x3fffn) - EXPONENT_BIAS;
  return { coefficient: sign * coefficient, exponent };
}

/** JavaScript compares a number with a bigint by mathematical value, so no conversion loses anything here. */
function comparePlain(a: number | bigint, b: number | bigint): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
}

function compareWithNonFinite(a: ExactNumber, b: ExactNumber): number | undefined {
  if (typeof a === 'number' && !Number.isFinite(a)) return a === Infinity ? 1 : -1;
  if (typeof b === 'number' && !Number.isFinite(b)) return b === Infinity ? -1 : 1;
  return undefined;
}

function compareDecimals(a: DecimalParts, b: DecimalParts): number {
  const signA = signOf(a.coefficient);
  const signB = signOf(b.coefficient);
  if (signA !== signB) return signA < signB ? -1 : 1;
  if (signA === 0) return 0;
  const magnitude = magnitudeOf(a) - magnitudeOf(b);
  if (magnitude !== 0) return magnitude < 0 ? -signA : signA;
  const exponent = Math.min(a.exponent, b.exponent);
  const scaledA = a.coefficient * 10n ** BigInt(a.exponent - exponent);
  const scaledB = b.coefficient * 10n ** BigInt(b.exponent - exponent);
  return scaledA < scaledB ? -1 : Number(scaledA > scaledB);
}

function signOf(coefficient: bigint): number {
  if (coefficient === 0n) return 0;
  return coefficient < 0n ? -1 : 1;
}

/** The power of ten just above the number's absolute value: decides most comparisons without scaling by 10^6000. */
function magnitudeOf({ coefficient, exponent }: DecimalParts): number {
  const digits = coefficient.toString().length - (coefficient < 0n ? 1 : 0);
  return digits + exponent;
}

function splitDouble(value: number): { mantissa: bigint; exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & ((1n << 52n) - 1n);
  const magnitude = biased === 0 ? fraction : fraction | (1n << 52n);
  const mantissa = bits >> 63n === 1n ? -magnitude : magnitude;
  return { mantissa, exponent: Math.max(biased, 1) - 1075 };
}
