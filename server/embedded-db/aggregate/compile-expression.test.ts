import { BSONRegExp, Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import { describe, expect, it } from 'vitest';
import { compileExpression } from './compile-expression.ts';

const int = (value: number) => new Int32(value);
const long = (value: number) => Long.fromNumber(value);
const double = (value: number) => new Double(value);
const decimal = (text: string) => Decimal128.fromString(text);
const date = (text: string) => new Date(text);

const DOCUMENT = {
  n: int(5),
  s: 'Hello Wörld',
  list: [int(3), int(1), int(2)],
  deep: [{ v: int(1) }, 7, { v: int(2) }, {}],
  nothing: null,
  at: date('2024-01-31T23:30:00Z'),
};

type Row = [expression: unknown, value: unknown];

function check(expression: unknown, value: unknown): void {
  expect(compileExpression(expression)(DOCUMENT)).toStrictEqual(value);
}

describe('expressions reach fields and variables', () => {
  const rows: Row[] = [
    ['$n', int(5)],
    ['$missing', undefined],
    ['$n.x', undefined],
    ['$deep.v', [int(1), int(2)]],
    ['$list.0', []],
    ['$toString', undefined],
    ['$$ROOT.n', int(5)],
    [{ a: '$n', b: '$missing' }, { a: int(5) }],
    [
      ['$n', '$missing'],
      [int(5), null],
    ],
    [{ $literal: '$n' }, '$n'],
    [{ $let: { vars: { x: '$n' }, in: { $add: ['$$x', int(1)] } } }, int(6)],
    [
      { $let: { vars: { x: int(2) }, in: { $map: { input: '$list', in: { $add: ['$$x', '$$this'] } } } } },
      [int(5), int(3), int(4)],
    ],
    [{ $getField: 'n' }, int(5)],
    [{ $getField: { field: 'v', input: { v: 1 } } }, 1],
  ];
  it.each(rows)('%j', check);
});

describe('arithmetic keeps number types', () => {
  const rows: Row[] = [
    [{ $add: ['$n', int(1)] }, int(6)],
    [{ $add: ['$n', double(0.5)] }, double(5.5)],
    [{ $add: [int(2 ** 31 - 1), int(1)] }, long(2 ** 31)],
    [{ $add: ['$at', int(1000)] }, date('2024-01-31T23:30:01Z')],
    [{ $add: ['$n', '$missing'] }, null],
    [{ $subtract: [int(1), long(3)] }, long(-2)],
    [{ $subtract: ['$at', date('2024-01-31T23:00:00Z')] }, long(1_800_000)],
    [{ $multiply: [decimal('1.10'), int(3)] }, decimal('3.30')],
    [{ $divide: [int(1), int(4)] }, double(0.25)],
    [{ $divide: [decimal('1'), int(3)] }, decimal('0.3333333333333333333333333333333333')],
    [{ $mod: [int(-7), int(3)] }, int(-1)],
    [{ $mod: [double(7.5), int(2)] }, double(1.5)],
    [{ $abs: int(-5) }, int(5)],
    [{ $ceil: double(1.2) }, double(2)],
    [{ $floor: double(-1.2) }, double(-2)],
    [{ $round: double(2.5) }, double(2)],
    [{ $round: [double(1.005), int(2)] }, double(1)],
    [{ $round: [int(1250), int(-2)] }, int(1200)],
    [{ $trunc: [double(-1.29), int(1)] }, double(-1.2)],
    [{ $pow: [int(2), int(40)] }, long(2 ** 40)],
    [{ $sqrt: int(9) }, double(3)],
    [{ $sum: ['$n', 'x', double(0.1)] }, double(5.1)],
    [{ $sum: '$list' }, int(6)],
    [{ $sum: Array.from({ length: 10 }, () => double(0.1)) }, double(1)],
    [{ $avg: '$list' }, double(2)],
    [{ $min: '$list' }, int(1)],
    [{ $max: ['$n', '$missing', int(9)] }, int(9)],
    [{ $bitAnd: [int(6), int(3)] }, int(2)],
  ];
  it.each(rows)('%j', check);
});

describe('comparison and conditions', () => {
  const rows: Row[] = [
    [{ $eq: [int(1), double(1)] }, true],
    [{ $eq: ['$missing', null] }, false],
    [{ $lt: ['$missing', null] }, true],
    [{ $gt: ['a', int(1)] }, true],
    [{ $cmp: [int(1), int(2)] }, int(-1)],
    [{ $and: [true, int(1), 'x'] }, true],
    [{ $and: [true, int(0)] }, false],
    [{ $or: [null, '$missing'] }, false],
    [{ $not: ['$n'] }, false],
    [{ $cond: [{ $gt: ['$n', int(4)] }, 'big', 'small'] }, 'big'],
    [{ $cond: { if: '$missing', then: 1, else: 2 } }, 2],
    [{ $ifNull: ['$missing', '$nothing', 'x'] }, 'x'],
    [{ $switch: { branches: [{ case: false, then: 1 }], default: 2 } }, 2],
  ];
  it.each(rows)('%j', check);
});

describe('arrays, sets and documents', () => {
  const rows: Row[] = [
    [{ $size: '$list' }, int(3)],
    [{ $in: [double(1), '$list'] }, true],
    [{ $arrayElemAt: ['$list', int(-1)] }, int(2)],
    [{ $arrayElemAt: ['$list', int(9)] }, undefined],
    [{ $first: '$list' }, int(3)],
    [{ $slice: ['$list', int(-2)] }, [int(1), int(2)]],
    [{ $concatArrays: ['$list', [int(9)]] }, [int(3), int(1), int(2), int(9)]],
    [{ $range: [int(0), int(5), int(2)] }, [int(0), int(2), int(4)]],
    [{ $indexOfArray: ['$list', int(2)] }, int(2)],
    [{ $sortArray: { input: '$list', sortBy: int(1) } }, [int(1), int(2), int(3)]],
    [{ $map: { input: '$list', as: 'x', in: { $multiply: ['$$x', '$n'] } } }, [int(15), int(5), int(10)]],
    [{ $filter: { input: '$list', cond: { $gte: ['$$this', int(2)] } } }, [int(3), int(2)]],
    [{ $reduce: { input: '$list', initialValue: int(0), in: { $add: ['$$value', '$$this'] } } }, int(6)],
    [{ $setUnion: [[int(1), double(1)], [int(2)]] }, [int(1), int(2)]],
    [{ $setDifference: ['$list', [int(1)]] }, [int(3), int(2)]],
    [{ $setIsSubset: [[int(1)], '$list'] }, true],
    [{ $mergeObjects: [{ a: 1, b: 1 }, '$nothing', { b: 2 }] }, { a: 1, b: 2 }],
    [{ $objectToArray: { a: 1 } }, [{ k: 'a', v: 1 }]],
    [
      {
        $arrayToObject: [
          [
            ['a', 1],
            ['b', 2],
          ],
        ],
      },
      { a: 1, b: 2 },
    ],
    [{ $setField: { field: 'b', input: { a: 1 }, value: 2 } }, { a: 1, b: 2 }],
  ];
  it.each(rows)('%j', check);
});

describe('strings', () => {
  const rows: Row[] = [
    [{ $concat: ['a', '$s'] }, 'aHello Wörld'],
    [{ $concat: ['a', '$missing'] }, null],
    [{ $toUpper: 'añb' }, 'AñB'],
    [{ $strLenCP: '$s' }, int(11)],
    [{ $strLenBytes: '$s' }, int(12)],
    [{ $substrCP: ['$s', int(6), int(2)] }, 'Wö'],
    [{ $split: ['a-b', '-'] }, ['a', 'b']],
    [{ $indexOfCP: ['$s', 'r'] }, int(8)],
    [{ $trim: { input: '  x ' } }, 'x'],
    [{ $ltrim: { input: 'xxa', chars: 'x' } }, 'a'],
    [{ $replaceAll: { input: 'a.b.c', find: '.', replacement: { $literal: '$&' } } }, 'a$&b$&c'],
    [{ $regexMatch: { input: '$s', regex: new BSONRegExp('^hello', 'i') } }, true],
    [{ $regexFind: { input: '$s', regex: 'r(l)d' } }, { match: 'rld', idx: int(8), captures: ['l'] }],
    [{ $strcasecmp: ['ABC', 'abd'] }, int(-1)],
  ];
  it.each(rows)('%j', check);
});

describe('dates', () => {
  const rows: Row[] = [
    [{ $year: '$at' }, int(2024)],
    [{ $dayOfMonth: { date: '$at', timezone: 'Europe/Berlin' } }, int(1)],
    [{ $hour: { date: '$at', timezone: '-02:30' } }, int(21)],
    [{ $dayOfWeek: '$at' }, int(4)],
    [{ $dayOfYear: date('2024-12-31') }, int(366)],
    [{ $isoWeek: date('2021-01-03') }, int(53)],
    [{ $isoWeekYear: date('2021-01-03') }, int(2020)],
    [{ $week: date('2024-01-07') }, int(1)],
    [{ $dateToString: { date: '$at' } }, '2024-01-31T23:30:00.000Z'],
    [{ $dateToString: { date: '$at', format: '%d.%m.%Y %H %z', timezone: 'America/New_York' } }, '31.01.2024 18 -0500'],
    [{ $dateToString: { date: '$nothing', onNull: 'never' } }, 'never'],
    [{ $dateAdd: { startDate: '$at', unit: 'month', amount: int(1) } }, date('2024-02-29T23:30:00Z')],
    [{ $dateSubtract: { startDate: '$at', unit: 'day', amount: int(31) } }, date('2023-12-31T23:30:00Z')],
    [
      { $dateAdd: { startDate: date('2024-03-30T12:00:00Z'), unit: 'day', amount: int(1), timezone: 'Europe/Berlin' } },
      date('2024-03-31T11:00:00Z'),
    ],
    [
      {
        $dateAdd: {
          startDate: date('2024-11-02T07:00:00Z'),
          unit: 'day',
          amount: int(1),
          timezone: 'America/New_York',
        },
      },
      date('2024-11-03T08:00:00Z'),
    ],
    [{ $dateDiff: { startDate: date('2023-12-31T23:59:00Z'), endDate: '$at', unit: 'month' } }, long(1)],
    [{ $dateDiff: { startDate: date('2024-01-06'), endDate: date('2024-01-07'), unit: 'week' } }, long(1)],
    [{ $dateTrunc: { date: '$at', unit: 'day' } }, date('2024-01-31T00:00:00Z')],
    [{ $dateTrunc: { date: '$at', unit: 'day', timezone: 'Europe/Berlin' } }, date('2024-01-31T23:00:00Z')],
    [{ $dateTrunc: { date: '$at', unit: 'week', startOfWeek: 'monday' } }, date('2024-01-29T00:00:00Z')],
    [{ $dateTrunc: { date: '$at', unit: 'quarter' } }, date('2024-01-01T00:00:00Z')],
    [{ $dateTrunc: { date: '$at', unit: 'minute', binSize: int(20) } }, date('2024-01-31T23:20:00Z')],
    [{ $dateFromString: { dateString: '2024-05-06' } }, date('2024-05-06T00:00:00Z')],
  ];
  it.each(rows)('%j', check);
});

describe('types', () => {
  const rows: Row[] = [
    [{ $type: '$missing' }, 'missing'],
    [{ $type: '$n' }, 'int'],
    [{ $toInt: '12' }, int(12)],
    [{ $toInt: double(-1.9) }, int(-1)],
    [{ $toLong: '$at' }, long(Date.parse('2024-01-31T23:30:00Z'))],
    [{ $toDouble: '1.5' }, double(1.5)],
    [{ $toDecimal: '1.50' }, decimal('1.50')],
    [{ $toString: long(7) }, '7'],
    [{ $toBool: 'false' }, true],
    [{ $toDate: long(0) }, date('1970-01-01')],
    [{ $toObjectId: '0'.repeat(24) }, new ObjectId('0'.repeat(24))],
    [{ $convert: { input: 'x', to: 'int', onError: 'bad' } }, 'bad'],
    [{ $convert: { input: '$missing', to: 'int', onNull: int(0) } }, int(0)],
  ];
  it.each(rows)('%j', check);
});

describe('expressions fail', () => {
  const rows: [unknown, number][] = [
    [{ $add: ['$s', int(1)] }, 14],
    [{ $divide: [int(1), int(0)] }, 2],
    [{ $size: '$s' }, 14],
    [{ $toInt: 'x' }, 241],
    [{ $toInt: long(2 ** 40) }, 241],
    [{ $hour: { date: '$at', timezone: 'Nowhere/City' } }, 40485],
    [{ $dateToString: { date: '$at', format: '%Q' } }, 18536],
    [{ $eq: [1] }, 16020],
    [{ $cond: { if: 1, then: 2 } }, 9],
    [{ $unknown: 1 }, 168],
    [{ $add: 1, $subtract: 2 }, 15983],
    ['$a..b', 15998],
    [{ $dateFromString: { dateString: 'x', format: '%Y' } }, 238],
  ];
  it.each(rows)('%j by code %i', (expression, code) => {
    expect(() => compileExpression(expression)(DOCUMENT)).toThrow(expect.objectContaining({ code }));
  });
});
