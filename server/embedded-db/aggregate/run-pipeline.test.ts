import { Double, Int32, Long } from 'bson';
import { describe, expect, it } from 'vitest';
import type { Document } from '../bson-value/document.ts';
import { assertPipeline, leadingMatch, runPipeline } from './run-pipeline.ts';

const int = (value: number) => new Int32(value);
const NOW = new Date('2024-05-06T07:08:09Z');

const COLLECTIONS: Record<string, Document[]> = {
  prices: [
    { _id: 1, item: 'tea', price: int(3) },
    { _id: 2, item: 'pot', price: int(9) },
    { _id: 3, price: int(0) },
  ],
};

function run(pipeline: Document[], documents: Document[]): Document[] {
  return [...runPipeline(pipeline, documents, { lookup: (name) => COLLECTIONS[name] ?? [], now: NOW })];
}

const SALES = [
  { _id: 1, item: 'tea', n: int(2), hour: new Date('2024-05-06T07:10:00Z') },
  { _id: 2, item: 'pot', n: int(1), hour: new Date('2024-05-06T07:50:00Z') },
  { _id: 3, item: 'tea', n: new Double(0.5), hour: new Date('2024-05-06T08:00:00Z') },
];

describe('runPipeline', () => {
  const rows: [name: string, pipeline: Document[], documents: Document[], result: Document[]][] = [
    [
      'matches, sorts, skips and limits',
      [
        { $match: { n: { $gt: 0 } } },
        { $sort: { _id: -1 } },
        { $skip: int(1) },
        { $limit: int(1) },
        { $project: { item: 1 } },
      ],
      SALES,
      [{ _id: 2, item: 'pot' }],
    ],
    [
      'groups with accumulators',
      [{ $group: { _id: '$item', total: { $sum: '$n' }, rows: { $sum: int(1) }, mean: { $avg: '$n' } } }],
      SALES,
      [
        { _id: 'tea', total: new Double(2.5), rows: int(2), mean: new Double(1.25) },
        { _id: 'pot', total: int(1), rows: int(1), mean: new Double(1) },
      ],
    ],
    [
      'groups everything under null',
      [
        {
          $group: {
            _id: null,
            low: { $min: '$n' },
            high: { $max: '$n' },
            ids: { $push: '$_id' },
            items: { $addToSet: '$item' },
            n: { $count: {} },
          },
        },
      ],
      SALES,
      [{ _id: null, low: new Double(0.5), high: int(2), ids: [1, 2, 3], items: ['tea', 'pot'], n: int(3) }],
    ],
    [
      'groups numbers of all types together',
      [{ $group: { _id: '$a', n: { $sum: int(1) } } }],
      [{ a: int(1) }, { a: new Double(1) }, { a: Long.ONE }],
      [{ _id: int(1), n: int(3) }],
    ],
    [
      'groups missing with null',
      [{ $group: { _id: '$a', n: { $sum: int(1) } } }],
      [{ a: null }, {}],
      [{ _id: null, n: int(2) }],
    ],
    [
      'groups by the hour',
      [{ $group: { _id: { $dateTrunc: { date: '$hour', unit: 'hour' } }, n: { $sum: int(1) } } }],
      SALES,
      [
        { _id: new Date('2024-05-06T07:00:00Z'), n: int(2) },
        { _id: new Date('2024-05-06T08:00:00Z'), n: int(1) },
      ],
    ],
    [
      'gives the first and last of a group',
      [
        {
          $group: {
            _id: null,
            a: { $first: '$item' },
            z: { $last: '$item' },
            best: { $top: { sortBy: { n: -1 }, output: '$_id' } },
            two: { $firstN: { input: '$_id', n: int(2) } },
          },
        },
      ],
      SALES,
      [{ _id: null, a: 'tea', z: 'tea', best: 1, two: [1, 2] }],
    ],
    [
      'sums longs beyond 64 bits as a double',
      [{ $group: { _id: null, n: { $sum: '$n' } } }],
      [{ n: Long.MAX_VALUE }, { n: Long.MAX_VALUE }],
      [{ _id: null, n: new Double(2 ** 64) }],
    ],
    ['counts', [{ $count: 'n' }], SALES, [{ n: int(3) }]],
    ['counts nothing by no document', [{ $count: 'n' }], [], []],
    [
      'unwinds',
      [{ $unwind: '$a' }],
      [{ _id: 1, a: [1, 2] }, { _id: 2, a: 3 }, { _id: 3, a: [] }, { _id: 4 }],
      [
        { _id: 1, a: 1 },
        { _id: 1, a: 2 },
        { _id: 2, a: 3 },
      ],
    ],
    [
      'unwinds and keeps empty ones',
      [{ $unwind: { path: '$a.b', includeArrayIndex: 'i', preserveNullAndEmptyArrays: true } }],
      [{ a: { b: ['x'], c: 1 } }, { a: { b: [] } }, {}],
      [
        { a: { b: 'x', c: 1 }, i: Long.ZERO },
        { a: {}, i: null },
        { a: {}, i: null },
      ],
    ],
    [
      'runs facets',
      [{ $facet: { all: [{ $count: 'n' }], teas: [{ $match: { item: 'tea' } }, { $project: { _id: 1 } }] } }],
      SALES,
      [{ all: [{ n: int(3) }], teas: [{ _id: 1 }, { _id: 3 }] }],
    ],
    [
      'looks up by field',
      [
        { $lookup: { from: 'prices', localField: 'item', foreignField: 'item', as: 'p' } },
        { $project: { p: '$p.price' } },
      ],
      [{ _id: 1, item: ['pot', 'tea'] }, { _id: 2 }, { _id: 3, item: 'x' }],
      [
        { _id: 1, p: [int(3), int(9)] },
        { _id: 2, p: [int(0)] },
        { _id: 3, p: [] },
      ],
    ],
    [
      'looks up by pipeline',
      [
        {
          $lookup: {
            from: 'prices',
            let: { most: '$most' },
            pipeline: [{ $match: { $expr: { $lte: ['$price', '$$most'] } } }, { $project: { _id: 1 } }],
            as: 'p',
          },
        },
      ],
      [{ most: int(3) }],
      [{ most: int(3), p: [{ _id: 1 }, { _id: 3 }] }],
    ],
    [
      'unites with another collection',
      [{ $unionWith: { coll: 'prices', pipeline: [{ $limit: int(1) }] } }, { $project: { _id: 1 } }],
      [{ _id: 7 }],
      [{ _id: 7 }, { _id: 1 }],
    ],
    [
      'sorts by count',
      [{ $sortByCount: '$item' }],
      [...SALES].reverse(),
      [
        { _id: 'tea', count: int(2) },
        { _id: 'pot', count: int(1) },
      ],
    ],
    [
      'puts into buckets',
      [{ $bucket: { groupBy: '$n', boundaries: [0, 1, 2], default: 'more' } }],
      SALES,
      [
        { _id: 0, count: int(1) },
        { _id: 1, count: int(1) },
        { _id: 'more', count: int(1) },
      ],
    ],
    [
      'sets, unsets and replaces',
      [{ $set: { b: '$a' } }, { $unset: 'a' }, { $replaceWith: { inner: '$$ROOT', at: '$$NOW' } }],
      [{ a: 1 }],
      [{ inner: { b: 1 }, at: NOW }],
    ],
    ['replaces the root', [{ $replaceRoot: { newRoot: '$a' } }], [{ a: { b: 1 } }], [{ b: 1 }]],
    ['begins with literal documents', [{ $documents: [{ a: 1 }] }], [], [{ a: 1 }]],
    [
      'keeps number types through every stage',
      [{ $sort: { a: 1 } }, { $set: { c: 1 } }, { $unset: 'c' }, { $project: { a: 1 } }],
      [{ a: Long.fromNumber(5), b: 1 }],
      [{ a: Long.fromNumber(5) }],
    ],
  ];
  it.each(rows)('%s', (_name, pipeline, documents, result) => {
    expect(run(pipeline, documents)).toStrictEqual(result);
  });

  it('reads no further than a limit needs', () => {
    let read = 0;
    function* endless() {
      for (;;) yield { n: read++ };
    }
    const result = [
      ...runPipeline([{ $match: { n: { $gte: 2 } } }, { $limit: int(2) }], endless(), { lookup: () => [] }),
    ];
    expect(result).toEqual([{ n: 2 }, { n: 3 }]);
    expect(read).toBe(4);
  });

  it('samples documents, each once', () => {
    const sampled = run([{ $sample: { size: int(2) } }], SALES);
    expect(new Set(sampled.map((document) => document._id)).size).toBe(2);
  });

  it('leaves the input documents alone', () => {
    const before = { a: { b: 1 }, list: [{ x: 1 }] };
    run([{ $set: { 'a.b': 2, 'list.x': 5 } }, { $unset: 'a.b' }], [before]);
    expect(before).toEqual({ a: { b: 1 }, list: [{ x: 1 }] });
  });

  it('refuses a sort above the memory limit by code 292', () => {
    const documents = Array.from({ length: 100 }, (_, n) => ({ n, text: 'x'.repeat(100) }));
    const context = { lookup: () => [], memoryLimitBytes: 5000 };
    expect(() => [...runPipeline([{ $sort: { n: 1 } }], documents, context)]).toThrow(
      expect.objectContaining({ code: 292 }),
    );
  });

  it('holds no more for a sort than the limit behind it needs', () => {
    const documents = Array.from({ length: 1000 }, (_, n) => ({ n: 999 - n, text: 'x'.repeat(100) }));
    const context = { lookup: () => [], memoryLimitBytes: 20_000 };
    const result = [...runPipeline([{ $sort: { n: 1 } }, { $limit: int(2) }, { $unset: 'text' }], documents, context)];
    expect(result).toEqual([{ n: 0 }, { n: 1 }]);
  });

  it('refuses a group above the memory limit by code 292', () => {
    const documents = Array.from({ length: 100 }, (_, n) => ({ n, text: 'x'.repeat(100) }));
    const context = { lookup: () => [], memoryLimitBytes: 5000 };
    const group = { $group: { _id: null, all: { $push: '$text' } } };
    expect(() => [...runPipeline([group], documents, context)]).toThrow(expect.objectContaining({ code: 292 }));
  });

  it('finds the filter of a leading $match', () => {
    expect(leadingMatch([{ $match: { a: 1 } }, { $count: 'n' }])).toEqual({ a: 1 });
    expect(leadingMatch([{ $limit: 1 }, { $match: { a: 1 } }])).toBeUndefined();
  });
});

describe('assertPipeline refuses', () => {
  const rows: [Document, number][] = [
    [{ $out: 'x' }, 238],
    [{ $merge: { into: 'x' } }, 238],
    [{ $geoNear: {} }, 238],
    [{ $search: {} }, 238],
    [{ $changeStream: {} }, 238],
    [{ $graphLookup: {} }, 238],
    [{ $setWindowFields: {} }, 238],
    [{ $nothing: {} }, 40324],
    [{}, 40323],
    [{ $match: {}, $limit: 1 }, 40323],
    [{ $match: 5 }, 15959],
    [{ $match: { $where: '1' } }, 238],
    [{ $limit: int(0) }, 15958],
    [{ $skip: int(-1) }, 15958],
    [{ $sort: {} }, 15976],
    [{ $sort: { a: 5 } }, 15975],
    [{ $project: {} }, 51272],
    [{ $group: {} }, 15955],
    [{ $group: { _id: 1, n: { $nothing: 1 } } }, 15952],
    [{ $group: { _id: 1, n: 5 } }, 40234],
    [{ $group: { _id: 1, n: { $accumulator: {} } } }, 238],
    [{ $unwind: 'a' }, 28818],
    [{ $count: '$a' }, 40156],
    [{ $facet: {} }, 40169],
    [{ $facet: { a: [{ $facet: {} }] } }, 40600],
    [{ $lookup: { from: 'x', as: 'y' } }, 9],
    [{ $lookup: { from: 'x', as: 'y', pipeline: [{ $out: 'z' }] } }, 238],
    [{ $bucket: { groupBy: '$a', boundaries: [2, 1] } }, 40194],
    [{ $set: { a: { $nothing: 1 } } }, 168],
    [{ $set: { a: '$$nothing' } }, 17276],
    [{ $set: { a: { $function: {} } } }, 238],
  ];
  it.each(rows)('%j by code %i', (stage, code) => {
    expect(() => assertPipeline([stage])).toThrow(expect.objectContaining({ code }));
  });
});
