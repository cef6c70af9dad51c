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
import { describe, expect, it } from 'vitest';
import { compareValues, equalValues } from './compare-values.ts';
import { encodeCompoundKey, encodeKey, encodeTypeBounds } from './encode-key.ts';

const decimal = (text: string) => Decimal128.fromString(text);
const long = (text: string) => Long.fromString(text);

/** One row for each place in MongoDB's documented order; values in a row are equal to each other. */
const ASCENDING: unknown[][] = [
  [new MinKey()],
  [undefined],
  [null],
  [new Double(Number.NaN), decimal('NaN')],
  [new Double(-Infinity), decimal('-Infinity')],
  [decimal('-1E+6000')],
  [new Double(-Number.MAX_VALUE)],
  [long('-9223372036854775808'), new Double(-(2 ** 63))],
  [long('-9223372036854775807')],
  [new Double(-1.5), decimal('-1.50')],
  [new Int32(-1), new Double(-1), long('-1'), -1],
  [new Double(-Number.MIN_VALUE)],
  [decimal('-1E-6000')],
  [new Int32(0), new Double(-0), decimal('-0'), decimal('0E+3'), 0n],
  [decimal('1E-6000')],
  [new Double(Number.MIN_VALUE)],
  [decimal('0.1')],
  [new Double(0.1)],
  [decimal('0.10000000000000001')],
  [new Int32(1), decimal('1.000')],
  [new Double(1.5)],
  [long('9007199254740992'), new Double(2 ** 53)],
  [long('9007199254740993'), decimal('9007199254740993')],
  [long('9007199254740994')],
  [long('9223372036854775807')],
  [new Double(2 ** 63), decimal('9223372036854775808')],
  [new Double(Number.MAX_VALUE)],
  [decimal('1E+6000')],
  [new Double(Infinity), decimal('Infinity')],
  [''],
  ['\0'],
  ['\0a'],
  ['a', new BSONSymbol('a')],
  ['a\0'],
  ['ab'],
  ['b'],
  ['\uffff'],
  ['\u{10000}'],
  [{}],
  [{ a: null }],
  [{ a: new Int32(1) }, { a: new Double(1) }],
  [{ a: new Int32(1), b: new Int32(0) }],
  [{ a: new Int32(2) }],
  [{ b: new Int32(1) }],
  [{ a: 'x' }],
  [[]],
  [[new Int32(1)]],
  [[new Int32(1), new Int32(2)]],
  [[new Int32(2)]],
  [['a']],
  [new Binary(Buffer.from([9]), 0), Buffer.from([9])],
  [new Binary(Buffer.from([1]), 5)],
  [new Binary(Buffer.from([0, 0]), 0)],
  [new ObjectId('000000000000000000000001')],
  [new ObjectId('ff0000000000000000000000')],
  [false],
  [true],
  [new Date(-1)],
  [new Date(0)],
  [new Date(1e12)],
  [new Timestamp({ t: 1, i: 1 })],
  [new Timestamp({ t: 4_000_000_000, i: 1 })],
  [new BSONRegExp('a', 'i')],
  [new BSONRegExp('b')],
  [new Code('x')],
  [new Code('x', {})],
  [new MaxKey()],
];

const ranked = ASCENDING.flatMap((values, rank) => values.map((value) => ({ value, rank })));

describe('compareValues and encodeKey', () => {
  it("put every pair of values into MongoDB's documented order", () => {
    for (const a of ranked) {
      for (const b of ranked) {
        expect(compareValues(a.value, b.value), describePair(a, b)).toBe(Math.sign(a.rank - b.rank));
      }
    }
  });

  it('agree: the order of the keys is the order of the values', () => {
    for (const a of ranked) {
      for (const b of ranked) {
        const order = Math.sign(Buffer.compare(encodeKey(a.value), encodeKey(b.value)));
        expect(order, describePair(a, b)).toBe(Math.sign(a.rank - b.rank));
      }
    }
  });

  it('treat documents with the same fields in another order as different', () => {
    expect(equalValues({ a: 1, b: 1 }, { b: 1, a: 1 })).toBe(false);
  });
});

describe('encodeCompoundKey', () => {
  it('orders by each value in turn, reversed where the direction is descending', () => {
    for (const [first, second] of [...pairs(ranked)].filter((_, at) => at % 7 === 0)) {
      for (const directions of [[1, 1] as const, [1, -1] as const, [-1, 1] as const]) {
        const ascending = encodeCompoundKey([first.value, second.value], directions);
        const swapped = encodeCompoundKey([second.value, first.value], directions);
        const expected = Math.sign(first.rank - second.rank) * directions[0] + 0;
        expect(Math.sign(Buffer.compare(ascending, swapped)), describePair(first, second)).toBe(expected);
      }
    }
  });

  it('decides by the second value when the first are equal', () => {
    const low = encodeCompoundKey(['a', new Int32(1)], [1, -1]);
    const high = encodeCompoundKey(['a', new Int32(2)], [1, -1]);
    expect(Buffer.compare(low, high)).toBe(1);
  });

  it('gives the key of the first values as a prefix', () => {
    const whole = encodeCompoundKey(['a', new Int32(1)], [-1, 1]);
    const prefix = encodeCompoundKey(['a'], [-1]);
    expect(whole.subarray(0, prefix.length)).toEqual(prefix);
  });
});

describe('encodeTypeBounds', () => {
  it('holds every value of the type class and none of the next', () => {
    const { low, high } = encodeTypeBounds(new Int32(5));
    const inside = ranked.filter(({ value }) => {
      const key = encodeKey(value);
      return Buffer.compare(key, low) >= 0 && Buffer.compare(key, high) < 0;
    });
    expect(inside[0]?.value).toEqual(new Double(Number.NaN));
    expect(inside.at(-1)?.value).toEqual(decimal('Infinity'));
  });
});

type Ranked = { value: unknown; rank: number };

function describePair(a: Ranked, b: Ranked): string {
  return `row ${a.rank} against row ${b.rank}`;
}

function* pairs(values: readonly Ranked[]): Iterable<[Ranked, Ranked]> {
  for (const a of values) for (const b of values) yield [a, b];
}
