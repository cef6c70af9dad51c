import { type Collection, type Db, type Document, Int32 } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AnyDocument, startTestServer, type TestServer } from '../../support/embedded-db.ts';

let server: TestServer;
let db: Db;
let orders: Collection<AnyDocument>;

const ORDERS: AnyDocument[] = [
  { _id: 1, customer: 'a', item: 'pen', price: 2, qty: 10, at: new Date('2026-01-05T10:00:00Z'), tags: ['x', 'y'] },
  { _id: 2, customer: 'b', item: 'ink', price: 5, qty: 1, at: new Date('2026-01-05T22:00:00Z'), tags: ['y'] },
  { _id: 3, customer: 'a', item: 'pad', price: 3, qty: 4, at: new Date('2026-02-01T00:00:00Z'), tags: [] },
  { _id: 4, customer: 'c', item: 'pen', price: 2, qty: 5, at: new Date('2026-02-02T00:00:00Z') },
];

beforeAll(async () => {
  server = await startTestServer();
  db = (await server.connect()).db(server.databaseName);
  orders = db.collection('orders');
  await orders.insertMany(ORDERS);
  await orders.createIndexes([{ key: { customer: 1, at: 1 } }, { key: { tags: 1 } }]);
  await db.collection<AnyDocument>('customers').insertMany([
    { _id: 'a', name: 'Ann' },
    { _id: 'b', name: 'Bob' },
  ]);
});
afterAll(() => server.stop());

const total = { $multiply: ['$price', '$qty'] };

const CASES: [name: string, pipeline: Document[], expected: unknown[]][] = [
  ['$match and $count', [{ $match: { customer: 'a' } }, { $count: 'n' }], [{ n: 2 }]],
  [
    '$group sums, averages and counts',
    [
      { $group: { _id: '$customer', sum: { $sum: total }, mean: { $avg: '$qty' }, n: { $sum: 1 } } },
      { $sort: { _id: 1 } },
    ],
    [
      { _id: 'a', sum: 32, mean: 7, n: 2 },
      { _id: 'b', sum: 5, mean: 1, n: 1 },
      { _id: 'c', sum: 10, mean: 5, n: 1 },
    ],
  ],
  [
    '$group takes first, last, least, greatest and all',
    [
      { $sort: { _id: 1 } },
      {
        $group: {
          _id: null,
          first: { $first: '$item' },
          last: { $last: '$item' },
          min: { $min: '$price' },
          max: { $max: '$at' },
          items: { $push: '$item' },
        },
      },
    ],
    [{ _id: null, first: 'pen', last: 'pen', min: 2, max: ORDERS[3]?.at, items: ['pen', 'ink', 'pad', 'pen'] }],
  ],
  [
    '$unwind gives one for each element',
    [{ $unwind: '$tags' }, { $sort: { _id: 1, tags: 1 } }, { $project: { tags: 1 } }],
    [
      { _id: 1, tags: 'x' },
      { _id: 1, tags: 'y' },
      { _id: 2, tags: 'y' },
    ],
  ],
  [
    '$unwind keeps empty ones when it is told to',
    [{ $unwind: { path: '$tags', preserveNullAndEmptyArrays: true } }, { $count: 'n' }],
    [{ n: 5 }],
  ],
  [
    '$sort, $skip and $limit',
    [{ $sort: { qty: -1 } }, { $skip: 1 }, { $limit: 2 }, { $project: { qty: 1 } }],
    [
      { _id: 4, qty: 5 },
      { _id: 3, qty: 4 },
    ],
  ],
  [
    '$project computes',
    [{ $match: { _id: 1 } }, { $project: { _id: 0, total, big: { $cond: [{ $gt: ['$qty', 5] }, 'yes', 'no'] } } }],
    [{ total: 20, big: 'yes' }],
  ],
  [
    '$set and $unset',
    [{ $match: { _id: 2 } }, { $set: { total } }, { $unset: ['at', 'tags', 'item'] }],
    [{ _id: 2, customer: 'b', price: 5, qty: 1, total: 5 }],
  ],
  ['$replaceRoot', [{ $match: { _id: 2 } }, { $replaceRoot: { newRoot: { who: '$customer' } } }], [{ who: 'b' }]],
  [
    '$facet answers several questions at once',
    [{ $facet: { n: [{ $count: 'n' }], dear: [{ $match: { price: { $gte: 5 } } }, { $project: { item: 1 } }] } }],
    [{ n: [{ n: 4 }], dear: [{ _id: 2, item: 'ink' }] }],
  ],
  [
    '$lookup joins another collection',
    [
      { $match: { _id: { $in: [1, 4] } } },
      { $lookup: { from: 'customers', localField: 'customer', foreignField: '_id', as: 'who' } },
      { $sort: { _id: 1 } },
      { $project: { who: 1 } },
    ],
    [
      { _id: 1, who: [{ _id: 'a', name: 'Ann' }] },
      { _id: 4, who: [] },
    ],
  ],
  ['$sortByCount', [{ $sortByCount: '$item' }, { $limit: 1 }], [{ _id: 'pen', count: 2 }]],
  [
    '$bucket',
    [{ $bucket: { groupBy: '$price', boundaries: [0, 3, 10] } }],
    [
      { _id: 0, count: 2 },
      { _id: 3, count: 2 },
    ],
  ],
  [
    '$dateTrunc groups by day',
    [
      { $group: { _id: { $dateTrunc: { date: '$at', unit: 'day' } }, n: { $sum: 1 } } },
      { $sort: { _id: 1 } },
      { $limit: 1 },
    ],
    [{ _id: new Date('2026-01-05T00:00:00Z'), n: 2 }],
  ],
  [
    '$dateToString formats',
    [
      { $match: { _id: 3 } },
      { $project: { _id: 0, day: { $dateToString: { date: '$at', format: '%Y-%m-%d %H:%M' } } } },
    ],
    [{ day: '2026-02-01 00:00' }],
  ],
  [
    '$filter and $map work on arrays',
    [
      { $match: { _id: 1 } },
      {
        $project: {
          _id: 0,
          kept: { $filter: { input: '$tags', cond: { $ne: ['$$this', 'x'] } } },
          upper: { $map: { input: '$tags', as: 't', in: { $toUpper: '$$t' } } },
        },
      },
    ],
    [{ kept: ['y'], upper: ['X', 'Y'] }],
  ],
  ['no stage at all', [{ $match: { _id: 9 } }], []],
];

describe('an aggregation', () => {
  it.each(CASES)('%s', async (_name, pipeline, expected) => {
    expect(await orders.aggregate(pipeline).toArray()).toEqual(expected);
  });

  it('takes variables', async () => {
    const pipeline = [{ $match: { $expr: { $eq: ['$customer', '$$who'] } } }, { $count: 'n' }];
    expect(await orders.aggregate(pipeline, { let: { who: 'a' } }).toArray()).toEqual([{ n: 2 }]);
  });

  it('keeps the types of numbers', async () => {
    const [sum] = await orders
      .aggregate([{ $group: { _id: null, n: { $sum: '$qty' } } }], { promoteValues: false })
      .toArray();
    expect(sum?.n).toEqual(new Int32(20));
  });

  it('comes in batches', async () => {
    const pipeline = [{ $set: { n: { $range: [0, 500] } } }, { $unwind: '$n' }, { $sort: { _id: 1, n: 1 } }];
    const rows = await orders.aggregate(pipeline, { batchSize: 300 }).toArray();
    expect([rows.length, rows[0]?.n, rows.at(-1)?.n]).toEqual([2000, 0, 499]);
  });

  it('is nothing on a collection that is not there', async () => {
    expect(
      await db
        .collection('missing')
        .aggregate([{ $group: { _id: null, n: { $sum: 1 } } }])
        .toArray(),
    ).toEqual([]);
    expect(await db.collection('missing').countDocuments()).toBe(0);
  });
});
