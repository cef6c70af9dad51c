import { isNumeric } from '../bson-value/bson-type.ts';
import { decimalParts, exactNumber } from '../bson-value/exact-number.ts';

/** The integer a numeric BSON value holds, as a safe JavaScript number; undefined for anything else. */
export function integerArgument(value: unknown): number | undefined {
  if (!isNumeric(value)) return undefined;
  const whole = wholePart(value);
  if (whole === undefined || !isWhole(value)) return undefined;
  const number = Number(whole);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** A numeric BSON value cut towards zero; undefined for NaN, infinities and what is no number. */
export function wholePart(value: unknown): bigint | undefined {
  if (!isNumeric(value)) return undefined;
  const exact = exactNumber(value);
  if (typeof exact === 'bigint') return exact;
  if (typeof exact === 'number') return Number.isFinite(exact) ? BigInt(Math.trunc(exact)) : undefined;
  const { coefficient, exponent } = decimalParts(exact);
  return exponent >= 0 ? coefficient * 10n ** BigInt(exponent) : coefficient / 10n ** BigInt(-exponent);
}

/** True for a finite number without a fraction. */
export function isWhole(value: unknown): boolean {
  if (!isNumeric(value)) return false;
  const exact = exactNumber(value);
  if (typeof exact === 'bigint') return true;
  if (typeof exact === 'number') return Number.isInteger(exact);
  return exact.exponent >= 0 || exact.coefficient % 10n ** BigInt(-exact.exponent) === 0n;
}
