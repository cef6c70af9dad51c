import { Binary, BSONRegExp, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { describe, expect, it } from 'vitest';
import type { Document } from '../bson-value/document.ts';
import { compileFilter, type MatchPosition } from './compile-filter.ts';

const int = (value: number) => new Int32(value);
const dec = (text: string) => Decimal128.fromString(text);
const nan = new Double(Number.NaN);

/** Filter, documents that match it, documents that do not. */
type Row = [filter: Document, matching: Document[], others: Document[]];

function check([filter, matching, others]: Row): void {
  const matches = compileFilter(filter);
  for (const document of matching) expect(matches(document), `should match ${JSON.stringify(document)}`).toBe(true);
  for (const document of others) expect(matches(document), `should not match ${JSON.stringify(document)}`).toBe(false);
}

describe('compileFilter compares', () => {
  const rows: Row[] = [
    [{}, [{}, { a: 1 }], []],
    [
      { a: int(1) },
      [{ a: new Double(1) }, { a: Long.fromNumber(1) }, { a: dec('1.0') }, { a: [3, 1] }],
      [{ a: '1' }, {}],
    ],
    [{ a: null }, [{ a: null }, {}, { a: [1, null] }], [{ a: 0 }, { a: [] }, { a: false }]],
    [
      { 'a.b': null },
      [{ a: { b: null } }, {}, { a: 1 }, { a: [{ b: 1 }, {}] }],
      [{ a: [1, 2] }, { a: { b: 1 } }, { a: [] }],
    ],
    [{ a: { b: 1 } }, [{ a: { b: int(1) } }, { a: [{ b: 1 }] }], [{ a: { b: 1, c: 1 } }, { a: 1 }]],
    [{ a: {} }, [{ a: {} }], [{ a: { b: 1 } }, {}]],
    [{ a: [1, 2] }, [{ a: [1, 2] }, { a: [[1, 2], 3] }], [{ a: [2, 1] }, { a: [1, 2, 3] }, { a: 1 }]],
    [
      { a: { $gt: int(5) } },
      [{ a: 6 }, { a: Long.MAX_VALUE }, { a: [1, 9] }],
      [{ a: 5 }, { a: '9' }, { a: nan }, {}, { a: null }],
    ],
    [{ a: { $gte: int(5), $lt: int(7) } }, [{ a: 5 }, { a: [4, 8] }], [{ a: 7 }, { a: [8] }]],
    [{ a: { $lt: int(5) } }, [{ a: 4 }, { a: new Double(-Infinity) }], [{ a: nan }]],
    [{ a: { $gt: nan } }, [], [{ a: 1 }]],
    [{ a: { $lte: nan } }, [{ a: nan }], [{ a: -1 }, {}]],
    [{ a: { $lt: nan } }, [], [{ a: nan }, { a: -1 }]],
    [{ a: { $gte: null } }, [{ a: null }, {}], [{ a: 1 }]],
    [{ a: { $gt: null } }, [], [{ a: null }, { a: 1 }, {}]],
    [{ a: { $gt: new MinKey() } }, [{ a: 1 }, { a: null }, {}], [{ a: new MinKey() }]],
    [{ a: { $lt: new MaxKey() } }, [{ a: 'x' }, {}], [{ a: new MaxKey() }]],
    [{ a: { $gt: 'b' } }, [{ a: 'c' }], [{ a: 'b' }, { a: 5 }]],
    [
      { a: { $lt: new Date(5) } },
      [{ a: new Date(4) }],
      [{ a: new Date(5) }, { a: 4 }, { a: new Timestamp({ t: 0, i: 1 }) }],
    ],
    [{ a: { $gt: false } }, [{ a: true }], [{ a: false }, { a: 1 }]],
    [{ a: { $ne: int(1) } }, [{ a: 2 }, {}, { a: [] }], [{ a: 1 }, { a: [2, 1] }]],
    [{ a: { $in: [int(1), null, 'x'] } }, [{ a: 1 }, {}, { a: ['x'] }], [{ a: 2 }, { a: [] }]],
    [{ a: { $in: [] } }, [], [{}, { a: 1 }]],
    [{ a: { $nin: [int(1)] } }, [{ a: 2 }, {}], [{ a: [1, 2] }]],
    [{ a: { $in: [new BSONRegExp('^ab', 'i'), 1] } }, [{ a: 'ABc' }, { a: 1 }], [{ a: 'cab' }]],
    [{ a: { $in: [...'abcdefghij', null] } }, [{ a: 'j' }, {}], [{ a: 'k' }]],
    [
      { a: new Binary(Buffer.from('x')) },
      [{ a: new Binary(Buffer.from('x')) }],
      [{ a: new Binary(Buffer.from('x'), 5) }],
    ],
    [{ a: new ObjectId('0'.repeat(24)) }, [{ a: new ObjectId('0'.repeat(24)) }], [{ a: '0'.repeat(24) }]],
    [{ constructor: null }, [{}], [{ constructor: 1 }]],
  ];
  it.each(rows)('%j', (...row) => check(row));
});

describe('compileFilter evaluates operators on fields', () => {
  const rows: Row[] = [
    [{ a: { $exists: true } }, [{ a: null }, { a: [] }], [{}, { b: 1 }]],
    [{ a: { $exists: int(0) } }, [{}], [{ a: null }]],
    [{ 'a.b': { $exists: false } }, [{ a: [] }, { a: [1] }, {}], [{ a: [{ b: 1 }, {}] }]],
    [{ a: { $type: 'string' } }, [{ a: 'x' }, { a: [1, 'x'] }], [{ a: 1 }, {}]],
    [{ a: { $type: 'array' } }, [{ a: [] }, { a: [[1]] }], [{ a: 1 }]],
    [{ a: { $type: ['int', int(2)] } }, [{ a: int(1) }, { a: 'x' }], [{ a: new Double(1) }]],
    [{ a: { $type: 'undefined' } }, [], [{}, { a: null }]],
    [{ a: { $type: 'number' } }, [{ a: dec('1') }, { a: Long.ONE }], [{ a: '1' }]],
    [{ a: { $type: int(-1) } }, [{ a: new MinKey() }], [{ a: new MaxKey() }]],
    [
      { a: { $mod: [int(4), int(1)] } },
      [{ a: 5 }, { a: new Double(5.9) }, { a: [2, 9] }],
      [{ a: 4 }, { a: '5' }, { a: nan }],
    ],
    [{ a: { $mod: [int(4), int(-1)] } }, [{ a: -5 }], [{ a: 3 }]],
    [{ a: { $size: int(2) } }, [{ a: [1, 2] }], [{ a: [[1, 2]] }, { a: 2 }, { a: [] }]],
    [{ a: { $all: ['x', 'y'] } }, [{ a: ['y', 'z', 'x'] }], [{ a: ['x'] }, { a: 'x' }]],
    [{ a: { $all: ['x'] } }, [{ a: 'x' }], [{}]],
    [{ a: { $all: [] } }, [], [{ a: [] }]],
    [
      { a: { $all: [{ $elemMatch: { x: 1 } }, { $elemMatch: { y: 2 } }] } },
      [{ a: [{ x: 1 }, { y: 2 }] }],
      [{ a: [{ x: 1 }] }],
    ],
    [
      { a: { $elemMatch: { x: 1, y: 2 } } },
      [{ a: [{ x: 1, y: 2 }] }],
      [{ a: [{ x: 1 }, { y: 2 }] }, { a: { x: 1, y: 2 } }],
    ],
    [{ a: { $elemMatch: { $gt: 1, $lt: 4 } } }, [{ a: [2] }], [{ a: [0, 5] }, { a: 2 }, { a: [[2]] }]],
    [{ a: { $elemMatch: { $or: [{ x: 1 }, { y: 1 }] } } }, [{ a: [{ y: 1 }] }], [{ a: [{ x: 2 }] }]],
    [{ a: { $elemMatch: { $elemMatch: { $eq: 1 } } } }, [{ a: [[1]] }], [{ a: [1] }]],
    [{ a: { $not: { $gt: 5 } } }, [{ a: 4 }, {}, { a: 'x' }], [{ a: 6 }, { a: [1, 6] }]],
    [{ a: { $not: new BSONRegExp('x') } }, [{ a: 'y' }, { a: 1 }], [{ a: 'axb' }]],
    [{ a: { $regex: '^a.c$', $options: 's' } }, [{ a: 'a\nc' }, { a: 'abc\n' }], [{ a: 'ac' }, { a: 5 }]],
    [{ a: { $regex: new BSONRegExp('b c # free', 'x') } }, [{ a: 'abc' }], [{ a: 'b c' }]],
    [
      { a: new BSONRegExp('\\Qa.b\\E\\z') },
      [{ a: 'a.b' }, { a: new BSONRegExp('\\Qa.b\\E\\z') }],
      [{ a: 'aXb' }, { a: 'a.b\n' }],
    ],
    [{ a: new BSONRegExp('(?i)é[[:digit:]]\\-') }, [{ a: 'É5-' }], [{ a: 'é-' }]],
    [{ a: { $bitsAllSet: int(6) } }, [{ a: 6 }, { a: 7 }, { a: new Binary(Buffer.from([6])) }], [{ a: 2 }, { a: 6.5 }]],
    [{ a: { $bitsAnyClear: [int(0), int(70)] } }, [{ a: 1 }, { a: -2 }], [{ a: -1 }]],
    [{ a: { $bitsAllClear: new Binary(Buffer.from([0, 1])) } }, [{ a: 255 }], [{ a: 256 }]],
    [{ a: { $bitsAnySet: Long.fromNumber(2 ** 40) } }, [{ a: Long.fromNumber(2 ** 40) }], [{ a: 1 }]],
  ];
  it.each(rows)('%j', (...row) => check(row));
});

describe('compileFilter joins clauses', () => {
  const rows: Row[] = [
    [{ $and: [{ a: 1 }, { b: 1 }] }, [{ a: 1, b: 1 }], [{ a: 1 }]],
    [{ $or: [{ a: 1 }, { b: 1 }], c: 1 }, [{ b: 1, c: 1 }], [{ b: 1 }, { c: 1 }]],
    [{ $nor: [{ a: 1 }, { b: 1 }] }, [{}], [{ a: 1 }, { b: 1 }]],
    [{ $expr: { $gt: ['$spent', '$budget'] } }, [{ spent: 2, budget: 1 }], [{ spent: 1, budget: 2 }]],
    [{ a: 1, $comment: 'why' }, [{ a: 1 }], [{}]],
  ];
  it.each(rows)('%j', (...row) => check(row));
});

describe('compileFilter reports the array position', () => {
  const rows: [Document, Document, number | undefined][] = [
    [{ a: 5 }, { a: [4, 5] }, 1],
    [{ 'a.b': 5 }, { a: [{ b: 1 }, { b: [7, 8, 5] }] }, 1],
    [{ a: { $elemMatch: { x: 1 } } }, { a: [{ x: 0 }, { x: 0 }, { x: 1 }] }, 2],
    [{ $or: [{ a: 1, b: 9 }, { b: 1 }] }, { a: [1], b: [0, 1] }, 1],
    [{ $or: [{ a: 1, b: 9 }, { c: 1 }] }, { a: [0, 1], c: 1 }, undefined],
    [{ a: { $ne: 5 } }, { a: [1, 2] }, undefined],
    [{ a: 5 }, { a: 5 }, undefined],
  ];
  it.each(rows)('%j in %j at %s', (filter, document, index) => {
    const position: MatchPosition = {};
    expect(compileFilter(filter)(document, position)).toBe(true);
    expect(position.index).toBe(index);
  });
});

describe('compileFilter refuses', () => {
  const rows: [Document, number][] = [
    [{ $where: 'true' }, 238],
    [{ $text: { $search: 'x' } }, 238],
    [{ $jsonSchema: {} }, 238],
    [{ a: { $near: [0, 0] } }, 238],
    [{ a: { $geoWithin: {} } }, 238],
    [{ $unknown: 1 }, 2],
    [{ a: { $unknown: 1 } }, 2],
    [{ a: { $gt: 1, b: 2 } }, 2],
    [{ $expr: { $nothing: 1 } }, 168],
    [{ $or: [] }, 2],
    [{ $and: {} }, 2],
    [{ $or: [1] }, 2],
    [{ a: { $in: 5 } }, 2],
    [{ a: { $in: [{ $gt: 1 }] } }, 2],
    [{ a: { $not: 5 } }, 2],
    [{ a: { $not: {} } }, 2],
    [{ a: { $gt: new BSONRegExp('x') } }, 2],
    [{ a: { $ne: new BSONRegExp('x') } }, 2],
    [{ a: undefined }, 2],
    [{ a: { $size: -1 } }, 2],
    [{ a: { $size: 1.5 } }, 2],
    [{ a: { $mod: [0, 1] } }, 2],
    [{ a: { $mod: [1] } }, 2],
    [{ a: { $type: 'nothing' } }, 2],
    [{ a: { $type: [] } }, 9],
    [{ a: { $options: 'i' } }, 2],
    [{ a: { $regex: '(' } }, 51091],
    [{ a: { $regex: 'a', $options: 'q' } }, 51108],
    [{ a: { $elemMatch: 5 } }, 2],
    [{ a: { $bitsAllSet: -1 } }, 2],
  ];
  it.each(rows)('%j with code %i', (filter, code) => {
    expect(() => compileFilter(filter)).toThrow(expect.objectContaining({ code }));
  });
});
