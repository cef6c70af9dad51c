import { Decimal128, Double, Int32, Long } from 'bson';
import { describe, expect, it } from 'vitest';
import { addNumbers, multiplyNumbers } from './arithmetic.ts';
import type { NumericValue } from './bson-type.ts';
import { compareValues } from './compare-values.ts';
import { encodeKey } from './encode-key.ts';

const int = (value: number) => new Int32(value);
const double = (value: number) => new Double(value);
const decimal = (text: string) => Decimal128.fromString(text);

describe('addNumbers and multiplyNumbers give the wider type', () => {
  const sums: [NumericValue, NumericValue, NumericValue | undefined][] = [
    [int(1), int(2), int(3)],
    [int(-(2 ** 31)), int(-1), Long.fromNumber(-(2 ** 31) - 1)],
    [int(1), Long.fromInt(1), Long.fromInt(2)],
    [Long.MAX_VALUE, int(1), undefined],
    [int(1), double(0.5), double(1.5)],
    [Long.fromInt(1), decimal('0.1'), decimal('1.1')],
    [double(0.1), decimal('0.2'), decimal('0.300000000000000')],
    [double(Infinity), decimal('1'), decimal('Infinity')],
    [1, 2, int(3)],
    [1n, 2, Long.fromInt(3)],
  ];
  it.each(sums)('%o + %o', (a, b, sum) => {
    expect(addNumbers(a, b)).toStrictEqual(sum);
    expect(addNumbers(b, a)).toStrictEqual(sum);
  });

  const products: [NumericValue, NumericValue, NumericValue | undefined][] = [
    [int(3), int(4), int(12)],
    [int(2 ** 20), int(2 ** 20), Long.fromNumber(2 ** 40)],
    [Long.MAX_VALUE, int(2), undefined],
    [int(2), double(0.5), double(1)],
    [decimal('1.1'), decimal('1.1'), decimal('1.21')],
    [decimal('9999999999999999999999999999999999'), int(10), decimal('99999999999999999999999999999999990')],
  ];
  it.each(products)('%o * %o', (a, b, product) => {
    expect(multiplyNumbers(a, b)).toStrictEqual(product);
    expect(multiplyNumbers(b, a)).toStrictEqual(product);
  });
});

describe('numbers of all types', () => {
  it('are ordered by their keys as they compare, over a fixed sample of close values', () => {
    const sample = closeNumbers().map((value) => ({ value, key: encodeKey(value) }));
    const sorted = [...sample].sort((a, b) => Buffer.compare(a.key, b.key));
    for (const [at, { value, key }] of sorted.entries()) {
      const next = sorted[at + 1] ?? { value, key };
      const order = Math.sign(Buffer.compare(key, next.key));
      expect(compareValues(value, next.value), `${String(value)} against ${String(next.value)}`).toBe(order);
    }
  });
});

/** Around powers of two and ten, where types, digits and exponents change, every type beside the others. */
function closeNumbers(): NumericValue[] {
  const centres = [0n, 1n, 10n, 255n, 2n ** 31n, 10n ** 10n, 2n ** 53n, 10n ** 17n, 2n ** 62n];
  const whole = centres.flatMap((centre) => [-1n, 0n, 1n].flatMap((step) => [centre + step, -centre - step]));
  return whole.flatMap((value) => [
    Long.fromBigInt(value),
    new Double(Number(value)),
    new Double(Number(value) / 3),
    Decimal128.fromString(`${value}.5`),
    Decimal128.fromString(`${value}E-7`),
  ]);
}
