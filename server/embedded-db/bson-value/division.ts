import { Decimal128, Double, Long } from 'bson';
import { decimalOf, integerOf, widthOf } from './arithmetic.ts';
import type { NumericValue } from './bson-type.ts';
import { type DecimalParts, decimalParts, type ExactNumber, exactNumber, nearestDouble } from './exact-number.ts';

/** Digits kept of a decimal quotient before it is rounded to the 34 the type holds. */
const QUOTIENT_DIGITS = 80;

export type Rounding = 'ceil' | 'floor' | 'round' | 'trunc';

/** The quotient: a decimal when either is one, else a double. The divisor must not be zero. */
export function divideNumbers(a: NumericValue, b: NumericValue): Double | Decimal128 {
  const [dividend, divisor] = [exactNumber(a), exactNumber(b)];
  const isDecimal = widthOf(a) === 'decimal' || widthOf(b) === 'decimal';
  if (!isDecimal) return new Double(nearestDouble(dividend) / nearestDouble(divisor));
  if (!isFiniteNumber(dividend) || !isFiniteNumber(divisor))
    return plainDecimal(nearestDouble(dividend) / nearestDouble(divisor));
  const [over, under] = [decimalParts(dividend), decimalParts(divisor)];
  const coefficient = (over.coefficient * 10n ** BigInt(QUOTIENT_DIGITS)) / under.coefficient;
  return decimalOf({ coefficient, exponent: over.exponent - under.exponent - QUOTIENT_DIGITS });
}

/** The remainder with the sign of the dividend, in the wider type. The divisor must not be zero. */
export function remainderOf(a: NumericValue, b: NumericValue): NumericValue {
  const [dividend, divisor] = [exactNumber(a), exactNumber(b)];
  const widths = [widthOf(a), widthOf(b)];
  if (widths.includes('decimal')) return decimalRemainder(dividend, divisor);
  if (widths.includes('double')) return new Double(nearestDouble(dividend) % nearestDouble(divisor));
  const remainder = BigInt(dividend.toString()) % BigInt(divisor.toString());
  return integerOf(remainder, widths.includes('long') ? 'long' : 'int') ?? Long.ZERO;
}

/** Rounds at a decimal place (negative: left of the point) in the number's own type; `round` takes halves to the even side. */
export function roundNumber(value: NumericValue, place: number, rounding: Rounding): NumericValue {
  const exact = exactNumber(value);
  if (!isFiniteNumber(exact)) return value;
  const rounded = roundDecimal(decimalParts(exact), place, rounding);
  const width = widthOf(value);
  if (width === 'decimal') return decimalOf(rounded);
  if (width === 'double') return new Double(nearestDouble(rounded));
  if (place >= 0) return value;
  const whole = rounded.coefficient * 10n ** BigInt(rounded.exponent);
  return integerOf(whole, width) ?? new Double(nearestDouble(rounded));
}

function decimalRemainder(dividend: ExactNumber, divisor: ExactNumber): Decimal128 {
  if (!isFiniteNumber(dividend) || !isFiniteNumber(divisor))
    return plainDecimal(nearestDouble(dividend) % nearestDouble(divisor));
  const [over, under] = [decimalParts(dividend), decimalParts(divisor)];
  const exponent = Math.min(over.exponent, under.exponent);
  const scaled = (parts: DecimalParts) => parts.coefficient * 10n ** BigInt(parts.exponent - exponent);
  return decimalOf({ coefficient: scaled(over) % scaled(under), exponent });
}

function roundDecimal(parts: DecimalParts, place: number, rounding: Rounding): DecimalParts {
  const dropped = -place - parts.exponent;
  if (dropped <= 0) return parts;
  const unit = 10n ** BigInt(dropped);
  const whole = parts.coefficient / unit;
  const rest = parts.coefficient % unit;
  return { coefficient: whole + carry(whole, { rest, unit }, rounding), exponent: -place };
}

/** What to add to the whole part, which was cut towards zero. */
function carry(whole: bigint, { rest, unit }: { rest: bigint; unit: bigint }, rounding: Rounding): bigint {
  if (rest === 0n || rounding === 'trunc') return 0n;
  const away = rest < 0n ? -1n : 1n;
  if (rounding === 'ceil') return away > 0n ? 1n : 0n;
  if (rounding === 'floor') return away < 0n ? -1n : 0n;
  const twice = rest * away * 2n;
  if (twice === unit) return whole % 2n === 0n ? 0n : away;
  return twice > unit ? away : 0n;
}

function isFiniteNumber(value: ExactNumber): boolean {
  return typeof value !== 'number' || Number.isFinite(value);
}

function plainDecimal(value: number): Decimal128 {
  return Decimal128.fromString(String(value));
}
