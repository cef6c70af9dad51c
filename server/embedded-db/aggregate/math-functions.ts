import { Double, Int32 } from 'bson';
import { integerOf, widthOf } from '../bson-value/arithmetic.ts';
import { exactNumber, nearestDouble } from '../bson-value/exact-number.ts';
import { MongoError, notImplemented } from '../errors.ts';
import { isNullish, requireNumber, wrongType } from './argument.ts';
import type { ValueFunction } from './expression-scope.ts';

const RADIANS_PER_DEGREE = Math.PI / 180;

/** Roots, powers, logarithms, angles and bits. Decimals are refused: their 34 digits would be lost in a double. */
export const MATH_FUNCTIONS: Record<string, ValueFunction> = {
  $sqrt: real('$sqrt', Math.sqrt, (value) => value >= 0),
  $exp: real('$exp', Math.exp),
  $ln: real('$ln', Math.log, (value) => value > 0),
  $log10: real('$log10', Math.log10, (value) => value > 0),
  $log: { arity: [2, 2], apply: logarithm },
  $pow: { arity: [2, 2], apply: power },
  $sin: real('$sin', Math.sin, Number.isFinite),
  $cos: real('$cos', Math.cos, Number.isFinite),
  $tan: real('$tan', Math.tan, Number.isFinite),
  $asin: real('$asin', Math.asin, (value) => Math.abs(value) <= 1),
  $acos: real('$acos', Math.acos, (value) => Math.abs(value) <= 1),
  $atan: real('$atan', Math.atan),
  $atan2: { arity: [2, 2], apply: arcTangentOfQuotient },
  $sinh: real('$sinh', Math.sinh),
  $cosh: real('$cosh', Math.cosh),
  $tanh: real('$tanh', Math.tanh),
  $degreesToRadians: real('$degreesToRadians', (degrees) => degrees * RADIANS_PER_DEGREE),
  $radiansToDegrees: real('$radiansToDegrees', (radians) => radians / RADIANS_PER_DEGREE),
  $rand: { arity: [0, 1], apply: () => new Double(Math.random()) },
  $bitAnd: bits('$bitAnd', (a, b) => a & b, -1n),
  $bitOr: bits('$bitOr', (a, b) => a | b, 0n),
  $bitXor: bits('$bitXor', (a, b) => a ^ b, 0n),
  $bitNot: {
    arity: [1, 1],
    apply: (value) => (isNullish(value) ? null : fitInteger(~requireBits('$bitNot', value), [value])),
  },
};

function real(
  operator: string,
  calculate: (value: number) => number,
  isDefined = (_value: number) => true,
): ValueFunction {
  return {
    arity: [1, 1],
    apply: (value) => {
      if (isNullish(value)) return null;
      const number = requireDouble(operator, value);
      if (Number.isNaN(number) || isDefined(number)) return new Double(calculate(number));
      throw new MongoError('BadValue', `${operator} is not defined for ${number}`);
    },
  };
}

function logarithm(value: unknown, base: unknown): unknown {
  if (isNullish(value) || isNullish(base)) return null;
  const [number, root] = [requireDouble('$log', value), requireDouble('$log', base)];
  if (number <= 0 || root <= 0 || root === 1)
    throw new MongoError('BadValue', `$log is not defined for ${number} to base ${root}`);
  return new Double(Math.log(number) / Math.log(root));
}

/** A power of integers stays an integer while it fits 64 bits. */
function power(base: unknown, exponent: unknown): unknown {
  if (isNullish(base) || isNullish(exponent)) return null;
  const [number, times] = [requireDouble('$pow', base), requireDouble('$pow', exponent)];
  if (number === 0 && times < 0)
    throw new MongoError('Location28764', '$pow cannot take a base of 0 and a negative exponent');
  const widths = [widthOf(requireNumber('$pow', base)), widthOf(requireNumber('$pow', exponent))];
  const double = new Double(number ** times);
  if (widths.includes('double') || times < 0 || Math.abs(double.value) >= 2 ** 64) return double;
  const exact = BigInt(exactNumber(requireNumber('$pow', base)).toString()) ** BigInt(times);
  return integerOf(exact, widths.includes('long') ? 'long' : 'int') ?? double;
}

function arcTangentOfQuotient(y: unknown, x: unknown): unknown {
  if (isNullish(y) || isNullish(x)) return null;
  return new Double(Math.atan2(requireDouble('$atan2', y), requireDouble('$atan2', x)));
}

function bits(operator: string, combine: (a: bigint, b: bigint) => bigint, start: bigint): ValueFunction {
  return {
    arity: [0, Infinity],
    apply: (...values) => {
      if (values.some(isNullish)) return null;
      return fitInteger(values.map((value) => requireBits(operator, value)).reduce(combine, start), values);
    },
  };
}

function fitInteger(value: bigint, operands: readonly unknown[]): unknown {
  const isLong = operands.some((operand) => widthOf(requireNumber('', operand)) === 'long');
  return integerOf(value, isLong ? 'long' : 'int') ?? new Int32(0);
}

function requireBits(operator: string, value: unknown): bigint {
  const number = requireNumber(operator, value);
  const width = widthOf(number);
  if (width !== 'int' && width !== 'long') throw wrongType(operator, 'int or long', value);
  return BigInt(exactNumber(number).toString());
}

function requireDouble(operator: string, value: unknown): number {
  const number = requireNumber(operator, value);
  if (widthOf(number) === 'decimal') throw notImplemented(`${operator} of a decimal`);
  return nearestDouble(exactNumber(number));
}
