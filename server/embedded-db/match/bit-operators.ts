import { binaryParts } from '../bson-value/compare-values.ts';
import { MongoError } from '../errors.ts';
import type { ValueTest } from './matcher.ts';
import { integerArgument, isWhole, wholePart } from './number-argument.ts';

export type BitOperator = '$bitsAllSet' | '$bitsAllClear' | '$bitsAnySet' | '$bitsAnyClear';

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

/**
 * The bitwise operators: the mask is a non-negative integer, a binary (little-endian) or a list of bit positions; values are
 * whole 64-bit numbers, sign-extended in two's complement, or binaries, zero-extended. Others never match.
 */
export function matchesBits(operator: BitOperator, mask: unknown): ValueTest {
  const positions = bitPositions(operator, mask);
  const wanted = operator.endsWith('Set');
  const needsAll = operator.startsWith('$bitsAll');
  return (value) => {
    const isSet = bitReader(value);
    if (isSet === undefined) return false;
    const hits = (position: number) => isSet(position) === wanted;
    return needsAll ? positions.every(hits) : positions.some(hits);
  };
}

function bitPositions(operator: BitOperator, mask: unknown): number[] {
  if (Array.isArray(mask)) return mask.map((position) => requirePosition(operator, position));
  const binary = binaryParts(mask);
  if (binary === undefined) {
    const number = isWhole(mask) ? wholePart(mask) : undefined;
    if (number === undefined || number < 0n || number > INT64_MAX) {
      throw new MongoError(
        'BadValue',
        `${operator} takes an Array, a number, or a BinData but received something else`,
      );
    }
  }
  const isSet = bitReader(mask);
  const length = binary === undefined ? 64 : binary.bytes.length * 8;
  return Array.from({ length }, (_, position) => position).filter((position) => isSet?.(position));
}

function requirePosition(operator: BitOperator, value: unknown): number {
  const position = integerArgument(value);
  if (position === undefined || position < 0) {
    throw new MongoError('BadValue', `${operator}: bit positions must be non-negative integers`);
  }
  return position;
}

function bitReader(value: unknown): ((position: number) => boolean) | undefined {
  const binary = binaryParts(value);
  if (binary !== undefined) {
    return (position) => (((binary.bytes[position >> 3] ?? 0) >> (position & 7)) & 1) === 1;
  }
  const number = isWhole(value) ? wholePart(value) : undefined;
  if (number === undefined || number > INT64_MAX || number < INT64_MIN) return undefined;
  return (position) => ((number >> BigInt(position)) & 1n) === 1n;
}
