import { BSONRegExp, Decimal128, Double, EJSON, Int32, Long, Timestamp } from 'bson';
import { describe, expect, it } from 'vitest';
import type { Document } from '../bson-value/document.ts';
import { compileUpdate } from './compile-update.ts';

const int = (value: number) => new Int32(value);
const long = (value: number | bigint) => Long.fromBigInt(BigInt(value));
const double = (value: number) => new Double(value);
const decimal = (text: string) => Decimal128.fromString(text);
const NOW = new Date('2024-05-06T07:08:09.010Z');

/** Update, document before, document after. */
type Row = [update: Document, before: Document, after: Document];

function check([update, before, after]: Row): void {
  const untouched = EJSON.stringify(before, { relaxed: false });
  const result = compileUpdate(update, { now: NOW }).apply(before);
  // Strict equality tells Int32 from Double; the text also tells the order of fields.
  expect(result).toStrictEqual(after);
  expect(EJSON.stringify(result)).toBe(EJSON.stringify(after));
  expect(EJSON.stringify(before, { relaxed: false })).toBe(untouched);
}

describe('operators on fields', () => {
  const rows: Row[] = [
    [{ $set: { a: 2, 'b.c': 3 } }, { a: 1 }, { a: 2, b: { c: 3 } }],
    [{ $set: { z: 1, b: 1, 10: 1, 9: 1 } }, {}, { 9: 1, 10: 1, b: 1, z: 1 }],
    [{ $set: { 'a.1': 'x' } }, { a: [0] }, { a: [0, 'x'] }],
    [{ $set: { 'a.3': 'x' } }, { a: [0] }, { a: [0, null, null, 'x'] }],
    [{ $set: { 'a.0.b': 1 } }, {}, { a: { 0: { b: 1 } } }],
    [{ $set: {} }, { a: 1 }, { a: 1 }],
    [{ $unset: { a: '', 'b.c': '', missing: '' } }, { a: 1, b: { c: 1, d: 2 } }, { b: { d: 2 } }],
    [{ $unset: { 'a.0': '' } }, { a: [1, 2] }, { a: [null, 2] }],
    [{ $unset: { 'a.b': '' } }, { a: 5 }, { a: 5 }],
    [{ $inc: { a: int(2), b: int(3) } }, { a: int(1) }, { a: int(3), b: int(3) }],
    [{ $inc: { a: int(1) } }, { a: int(2 ** 31 - 1) }, { a: long(2 ** 31) }],
    [{ $inc: { a: int(1) } }, { a: double(1.5) }, { a: double(2.5) }],
    [{ $inc: { a: long(1) } }, { a: int(1) }, { a: long(2) }],
    [{ $inc: { a: double(0.1) } }, { a: decimal('0.2') }, { a: decimal('0.300000000000000') }],
    [{ $mul: { a: int(3), b: long(5) } }, { a: int(2) }, { a: int(6), b: long(0) }],
    [{ $mul: { a: int(2) } }, { a: int(2 ** 30) }, { a: long(2 ** 31) }],
    [{ $min: { a: 1, b: 9, c: 3 } }, { a: 2, b: 5 }, { a: 1, b: 5, c: 3 }],
    [{ $max: { a: 1, b: 'x' } }, { a: 2, b: 5 }, { a: 2, b: 'x' }],
    [{ $rename: { a: 'b' } }, { a: 1, c: 2 }, { c: 2, b: 1 }],
    [{ $rename: { a: 'b.c' } }, { a: 1, b: { c: 0, d: 1 } }, { b: { c: 1, d: 1 } }],
    [{ $rename: { missing: 'b' } }, { b: 1 }, { b: 1 }],
    [{ $setOnInsert: { a: 1 } }, { b: 1 }, { b: 1 }],
    [
      { $currentDate: { a: true, b: { $type: 'timestamp' } } },
      {},
      { a: NOW, b: new Timestamp({ t: 1714979289, i: 1 }) },
    ],
    [{ $bit: { a: { and: int(10) } } }, { a: int(13) }, { a: int(8) }],
    [{ $bit: { a: { or: int(1), xor: long(2) } } }, {}, { a: long(3) }],
    [{ $set: { 'toString.x': 1 } }, {}, { toString: { x: 1 } }],
  ];
  it.each(rows)('%j', (...row) => check(row));
});

describe('operators on arrays', () => {
  const rows: Row[] = [
    [{ $push: { a: 3, b: 1 } }, { a: [1] }, { a: [1, 3], b: [1] }],
    [{ $push: { a: [1, 2] } }, { a: [] }, { a: [[1, 2]] }],
    [{ $push: { a: { $each: [3, 4], $position: int(1) } } }, { a: [1, 2] }, { a: [1, 3, 4, 2] }],
    [{ $push: { a: { $each: [3], $position: int(-1) } } }, { a: [1, 2] }, { a: [1, 3, 2] }],
    [{ $push: { a: { $each: [5, 1], $sort: int(1), $slice: int(2) } } }, { a: [3] }, { a: [1, 3] }],
    [{ $push: { a: { $each: [5], $slice: int(-2) } } }, { a: [3, 4] }, { a: [4, 5] }],
    [{ $push: { a: { $each: [], $slice: int(0) } } }, { a: [3] }, { a: [] }],
    [
      { $push: { a: { $each: [{ x: 1 }], $sort: { x: int(-1) } } } },
      { a: [{ x: 0 }, { x: 2 }] },
      { a: [{ x: 2 }, { x: 1 }, { x: 0 }] },
    ],
    [{ $addToSet: { a: int(1), b: 2 } }, { a: [double(1)] }, { a: [double(1)], b: [2] }],
    [{ $addToSet: { a: { $each: [1, 2, 2] } } }, { a: [1] }, { a: [1, 2] }],
    [
      { $addToSet: { a: { x: 1, y: 2 } } },
      { a: [{ y: 2, x: 1 }] },
      {
        a: [
          { y: 2, x: 1 },
          { x: 1, y: 2 },
        ],
      },
    ],
    [{ $pop: { a: int(1), b: int(-1), c: int(1) } }, { a: [1, 2], b: [1, 2] }, { a: [1], b: [2] }],
    [{ $pull: { a: 1 } }, { a: [1, 2, 1] }, { a: [2] }],
    [{ $pull: { a: { $gte: 2 } } }, { a: [1, 2, 3, 'x'] }, { a: [1, 'x'] }],
    [{ $pull: { a: { x: 1, y: { $gt: 1 } } } }, { a: [{ x: 1, y: 2 }, { x: 1, y: 1 }, 1] }, { a: [{ x: 1, y: 1 }, 1] }],
    [{ $pull: { a: new BSONRegExp('^x') } }, { a: ['xa', 'ax'] }, { a: ['ax'] }],
    [{ $pull: { a: { $in: ['x'] }, missing: 1 } }, { a: ['x', 'y'] }, { a: ['y'] }],
    [{ $pullAll: { a: [1, { x: 1 }] } }, { a: [1, 2, { x: 1 }] }, { a: [2] }],
  ];
  it.each(rows)('%j', (...row) => check(row));
});

describe('positional operators', () => {
  it('$ stands for the index the filter matched', () => {
    const update = compileUpdate({ $set: { 'a.$.b': 9 } });
    expect(update.apply({ a: [{ b: 1 }, { b: 2 }] }, { position: 1 })).toStrictEqual({ a: [{ b: 1 }, { b: 9 }] });
  });

  it('$ without a match is refused', () => {
    expect(() => compileUpdate({ $set: { 'a.$': 9 } }).apply({ a: [1] })).toThrow(expect.objectContaining({ code: 2 }));
  });

  it('$[] stands for every element, also nested', () => {
    const update = compileUpdate({ $inc: { 'a.$[].b.$[]': int(1) } });
    const result = update.apply({ a: [{ b: [int(1), int(2)] }, { b: [] }, { b: [int(5)] }] });
    expect(result).toStrictEqual({ a: [{ b: [int(2), int(3)] }, { b: [] }, { b: [int(6)] }] });
  });

  it('$[id] stands for the elements its filter passes', () => {
    const arrayFilters = [{ 'x.grade': { $gte: 85 } }, { y: { $lt: 0 } }];
    const update = compileUpdate({ $set: { 'a.$[x].ok': true }, $mul: { 'b.$[y]': int(-1) } }, { arrayFilters });
    const result = update.apply({ a: [{ grade: 90 }, { grade: 80 }], b: [int(-3), int(3)] });
    expect(result).toStrictEqual({ a: [{ grade: 90, ok: true }, { grade: 80 }], b: [int(3), int(3)] });
  });

  const refusals: [Document, Document[], Document, number][] = [
    [{ $set: { 'a.$[x]': 1 } }, [], { a: [1] }, 2],
    [{ $set: { 'a.$[]': 1 } }, [], {}, 2],
    [{ $set: { 'a.$[]': 1 } }, [], { a: 5 }, 2],
    [{ $set: { b: 1 } }, [{ x: 1 }], {}, 9],
    [{ $set: { 'a.$[x]': 1 } }, [{ x: 1 }, { 'x.y': 2 }], { a: [] }, 9],
    [{ $set: { 'a.$[x]': 1 } }, [{ x: 1, y: 2 }], { a: [] }, 9],
    [{ $set: { 'a.$[].x': 1, 'a.0.x': 2 } }, [], { a: [{}] }, 40],
  ];
  it.each(refusals)('refuses %j with filters %j on %j by code %i', (update, arrayFilters, document, code) => {
    expect(() => compileUpdate(update, { arrayFilters }).apply(document)).toThrow(expect.objectContaining({ code }));
  });
});

describe('replacements', () => {
  it('keep _id, and keep it first', () => {
    const result = compileUpdate({ b: 1, a: 2 }).apply({ _id: 7, x: 1 });
    expect(Object.entries(result)).toEqual([
      ['_id', 7],
      ['b', 1],
      ['a', 2],
    ]);
  });

  it('may not change _id', () => {
    expect(() => compileUpdate({ _id: 8 }).apply({ _id: 7 })).toThrow(expect.objectContaining({ code: 66 }));
  });
});

describe('pipelines', () => {
  it('change the document stage by stage', () => {
    const update = compileUpdate([{ $set: { b: { $add: ['$a', int(1)] }, at: '$$NOW' } }, { $unset: 'a' }], {
      now: NOW,
    });
    expect(update.kind).toBe('pipeline');
    expect(update.apply({ _id: 1, a: int(1) })).toStrictEqual({ _id: 1, b: int(2), at: NOW });
  });

  it('see the variables of the command', () => {
    const update = compileUpdate([{ $set: { b: '$$x' } }], { variables: { x: 5 } });
    expect(update.apply({})).toEqual({ b: 5 });
  });

  it('keep _id when the root is replaced', () => {
    expect(compileUpdate([{ $replaceWith: '$a' }]).apply({ _id: 1, a: { b: 2 } })).toEqual({ _id: 1, b: 2 });
  });

  it('refuse other stages, array filters, and a new _id', () => {
    const refused = (code: number) => expect.objectContaining({ code });
    expect(() => compileUpdate([{ $match: {} }])).toThrow(refused(72));
    expect(() => compileUpdate([{ $set: { a: 1 } }], { arrayFilters: [{ x: 1 }] })).toThrow(refused(9));
    expect(() => compileUpdate([{ $set: { _id: 2 } }]).apply({ _id: 1 })).toThrow(refused(66));
  });
});

describe('updates are refused', () => {
  it('for conflicting paths before any document is seen', () => {
    const conflict = expect.objectContaining({ code: 40 });
    expect(() => compileUpdate({ $set: { 'a.b': 1, a: 1 } })).toThrow(conflict);
    expect(() => compileUpdate({ $set: { a: 1 }, $unset: { 'a.b': 1 } })).toThrow(conflict);
  });

  const rows: [Document, Document, number][] = [
    [{ $unknown: { a: 1 } }, {}, 9],
    [{ $set: { a: 1 }, b: 1 }, {}, 9],
    [{ b: 1, $set: { a: 1 } }, {}, 52],
    [{ $set: 5 }, {}, 9],
    [{ $set: { a: 1 }, $inc: { a: 1 } }, {}, 40],
    [{ $set: { a: 1, 'a.b': 1 } }, {}, 40],
    [{ $set: { 'a.b': 1, a: 1 } }, {}, 40],
    [{ $rename: { a: 'b' }, $set: { b: 1 } }, {}, 40],
    [{ $set: { '': 1 } }, {}, 56],
    [{ $set: { 'a..b': 1 } }, {}, 56],
    [{ $set: { 'a.$b': 1 } }, {}, 52],
    [{ $set: { '$.a': 1 } }, {}, 2],
    [{ $set: { 'a.b': 1 } }, { a: 5 }, 28],
    [{ $set: { 'a.b': 1 } }, { a: null }, 28],
    [{ $set: { 'a.b': 1 } }, { a: [1] }, 28],
    [{ $set: { 'a.9999999': 1 } }, { a: [1] }, 30],
    [{ $set: { _id: 2 } }, { _id: 1 }, 66],
    [{ $unset: { _id: '' } }, { _id: 1 }, 66],
    [{ $rename: { _id: 'b' } }, { _id: 1 }, 66],
    [{ $inc: { a: 'x' } }, {}, 14],
    [{ $inc: { a: 1 } }, { a: 'x' }, 14],
    [{ $inc: { a: 1 } }, { a: null }, 14],
    [{ $inc: { a: int(1) } }, { a: Long.MAX_VALUE }, 2],
    [{ $mul: { a: 1 } }, { a: 'x' }, 14],
    [{ $rename: { a: 'a' } }, {}, 2],
    [{ $rename: { 'a.0': 'b' } }, { a: [1] }, 2],
    [{ $rename: { b: 'a.0' } }, { a: [1], b: 1 }, 2],
    [{ $currentDate: { a: { $type: 'year' } } }, {}, 2],
    [{ $bit: { a: { and: double(1) } } }, {}, 2],
    [{ $bit: { a: { not: int(1) } } }, {}, 2],
    [{ $bit: { a: { and: int(1) } } }, { a: 'x' }, 2],
    [{ $push: { a: 1 } }, { a: 5 }, 2],
    [{ $push: { a: { $each: 5 } } }, {}, 2],
    [{ $push: { a: { $each: [], $other: 1 } } }, {}, 2],
    [{ $push: { a: { $slice: 1 } } }, {}, 2],
    [{ $addToSet: { a: 1 } }, { a: 5 }, 2],
    [{ $pop: { a: 2 } }, {}, 9],
    [{ $pop: { a: 1 } }, { a: 5 }, 14],
    [{ $pull: { a: 1 } }, { a: 5 }, 2],
    [{ $pullAll: { a: 1 } }, {}, 2],
  ];
  it.each(rows)('%j on %j by code %i', (update, document, code) => {
    expect(() => compileUpdate(update).apply(document)).toThrow(expect.objectContaining({ code }));
  });
});
