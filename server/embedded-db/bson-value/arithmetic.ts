import { Decimal128, Double, Int32, Long } from 'bson';
import { isInt32, type NumericValue } from './bson-type.ts';
import { type DecimalParts, decimalParts, type ExactNumber, exactNumber, nearestDouble } from './exact-number.ts';

type Width = 'int' | 'long' | 'double' | 'decimal';
type Operation = {
  integers(a: bigint, b: bigint): bigint;
  doubles(a: number, b: number): number;
  decimals(a: DecimalParts, b: DecimalParts): DecimalParts;
};

const WIDTHS: readonly Width[] = ['int', 'long', 'double', 'decimal'];
const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);
/** MongoDB takes a double for the decimal of its first 15 digits, so that 0.1 becomes 0.1. */
const DOUBLE_DIGITS = 15;

const ADDITION: Operation = {
  integers: (a, b) => a + b,
  doubles: (a, b) => a + b,
  decimals: (a, b) => {
    const exponent = Math.min(a.exponent, b.exponent);
    return { coefficient: scaleTo(a, exponent) + scaleTo(b, exponent), exponent };
  },
};

const MULTIPLICATION: Operation = {
  integers: (a, b) => a * b,
  doubles: (a, b) => a * b,
  decimals: (a, b) => ({ coefficient: a.coefficient * b.coefficient, exponent: a.exponent + b.exponent }),
};

/**
 * The sum in the wider of the two types (decimal, double, long, int). An int that overflows becomes a long; a long that
 * overflows gives undefined, which `$inc` refuses and expressions turn into a double.
 */
export function addNumbers(a: NumericValue, b: NumericValue): NumericValue | undefined {
  return calculate(ADDITION, a, b);
}

/** The product, typed like `addNumbers`; undefined when it does not fit a long. */
export function multiplyNumbers(a: NumericValue, b: NumericValue): NumericValue | undefined {
  return calculate(MULTIPLICATION, a, b);
}

/** An integer as the narrowest BSON type not narrower than asked; undefined beyond 64 bits. */
export function integerOf(value: bigint, width: 'int' | 'long'): Int32 | Long | undefined {
  if (width === 'int' && isInt32(Number(value))) return new Int32(Number(value));
  if (value > INT64_MAX || value < INT64_MIN) return undefined;
  return Long.fromBigInt(value);
}

/** Which of the four numeric types a value has; plain numbers are what they would be encoded as. */
export function widthOf(value: NumericValue): Width {
  if (typeof value === 'number') return isInt32(value) ? 'int' : 'double';
  if (typeof value === 'bigint' || value instanceof Long) return 'long';
  if (value instanceof Int32) return 'int';
  return value instanceof Double ? 'double' : 'decimal';
}

/** A decimal rounded to the 34 digits of the type. */
export function decimalOf({ coefficient, exponent }: DecimalParts): Decimal128 {
  return Decimal128.fromStringWithRounding(`${coefficient}E${exponent}`);
}

function calculate(operation: Operation, a: NumericValue, b: NumericValue): NumericValue | undefined {
  const width = widerOf(widthOf(a), widthOf(b));
  if (width === 'decimal') return calculateDecimal(operation, toDecimalOperand(a), toDecimalOperand(b));
  if (width === 'double') {
    return new Double(operation.doubles(nearestDouble(exactNumber(a)), nearestDouble(exactNumber(b))));
  }
  return integerOf(operation.integers(BigInt(a.toString()), BigInt(b.toString())), width);
}

function calculateDecimal(operation: Operation, a: ExactNumber, b: ExactNumber): Decimal128 {
  if (isFiniteNumber(a) && isFiniteNumber(b)) return decimalOf(operation.decimals(decimalParts(a), decimalParts(b)));
  return Decimal128.fromString(String(operation.doubles(nearestDouble(a), nearestDouble(b))));
}

function toDecimalOperand(value: NumericValue): ExactNumber {
  const exact = exactNumber(value);
  if (typeof exact !== 'number' || !Number.isFinite(exact) || Number.isInteger(exact)) return exact;
  return exactNumber(Decimal128.fromString(exact.toPrecision(DOUBLE_DIGITS)));
}

function isFiniteNumber(value: ExactNumber): boolean {
  return typeof value !== 'number' || Number.isFinite(value);
}

function widerOf(a: Width, b: Width): Width {
  return WIDTHS.indexOf(a) > WIDTHS.indexOf(b) ? a : b;
}

function scaleTo({ coefficient, exponent }: DecimalParts, target: number): bigint {
  return coefficient * 10n ** BigInt(exponent - target);
}
