import type { Collection } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AnyDocument, startTestServer, type TestServer } from '../../support/embedded-db.ts';
import { QUERY_CASES } from '../../support/embedded-db-query-cases.ts';

const PATHS = ['v', 'tags', 'sizes', 'instock.qty', 'instock.w', 'size', 'size.h'];

let server: TestServer;
let things: Collection<AnyDocument>;

beforeAll(async () => {
  server = await startTestServer();
  things = (await server.connect()).db(server.databaseName).collection('things');
});
afterAll(() => server.stop());

async function fill(documents: AnyDocument[]): Promise<void> {
  await things.drop().catch(() => false);
  await things.insertMany(documents);
}

async function findIds(filter: Record<string, unknown>): Promise<unknown[]> {
  const found = await things.find(filter, { promoteValues: true }).sort({ _id: 1 }).toArray();
  return found.map((document) => document._id);
}

describe('a query', () => {
  it.each(QUERY_CASES)('%s', async (_name, documents, filter, ids) => {
    await fill(documents);
    expect(await findIds(filter)).toEqual(ids);
  });

  it.each(QUERY_CASES)('finds the same through indexes: %s', async (_name, documents, filter, ids) => {
    await fill(documents);
    await things.createIndexes(PATHS.map((path) => ({ key: { [path]: -1 } })));
    expect(await findIds(filter)).toEqual(ids);
  });
});

describe('a find', () => {
  const letters = Array.from({ length: 25 }, (_, i) => ({ _id: i, letter: String.fromCharCode(97 + i), half: i % 2 }));

  it('sorts, skips and limits', async () => {
    await fill(letters);
    const found = await things.find({ half: 0 }).sort({ half: 1, letter: -1 }).skip(2).limit(3).toArray();
    expect(found.map(({ letter }) => letter)).toEqual(['u', 's', 'q']);
  });

  it('sorts values of different types in the order of BSON', async () => {
    const values = [new Date(0), true, 'text', null, 7, { a: 1 }];
    await fill(values.map((v, _id) => ({ _id, v })));
    const found = await things.find().sort({ v: 1 }).toArray();
    expect(found.map(({ v }) => v)).toEqual([null, 7, 'text', { a: 1 }, true, new Date(0)]);
  });

  it('sorts an array by its least element, or backwards by its greatest', async () => {
    await fill([
      { _id: 1, v: [5, 1] },
      { _id: 2, v: [2, 3] },
      { _id: 3, v: 4 },
    ]);
    const idsBy = async (direction: 1 | -1) =>
      (await things.find().sort({ v: direction }).toArray()).map(({ _id }) => _id);
    expect([await idsBy(1), await idsBy(-1)]).toEqual([
      [1, 2, 3],
      [1, 3, 2],
    ]);
  });

  it.each([
    ['includes fields', { a: 1 }, { _id: 1, a: 1 }],
    ['includes fields without _id', { a: 1, _id: 0 }, { a: 1 }],
    ['excludes fields', { a: 0, 'b.c': 0 }, { _id: 1, b: { d: 3 }, list: [1, 2, 3] }],
    ['slices arrays', { list: { $slice: -2 } }, { _id: 1, a: 1, b: { c: 2, d: 3 }, list: [2, 3] }],
    ['goes into documents', { 'b.c': 1 }, { _id: 1, b: { c: 2 } }],
    ['computes fields', { sum: { $add: ['$a', '$b.d'] } }, { _id: 1, sum: 4 }],
  ])('projects: %s', async (_name, projection, expected) => {
    await fill([{ _id: 1, a: 1, b: { c: 2, d: 3 }, list: [1, 2, 3] }]);
    expect(await things.findOne({ list: 2 }, { projection })).toEqual(expected);
  });

  it('projects the element that matched', async () => {
    await fill([
      {
        _id: 1,
        list: [
          { k: 'a', n: 1 },
          { k: 'b', n: 2 },
        ],
      },
    ]);
    const positional = await things.findOne({ 'list.k': 'b' }, { projection: { 'list.$': 1 } });
    const matched = await things.findOne({}, { projection: { list: { $elemMatch: { n: { $gt: 1 } } } } });
    expect([positional, matched]).toEqual([
      { _id: 1, list: [{ k: 'b', n: 2 }] },
      { _id: 1, list: [{ k: 'b', n: 2 }] },
    ]);
  });

  it('counts, and lists distinct values', async () => {
    await fill([...letters, { _id: 100, half: [1, [3]] }]);
    expect(await things.countDocuments({ half: 1 })).toBe(13);
    expect(await things.countDocuments({}, { skip: 20, limit: 3 })).toBe(3);
    expect(await things.estimatedDocumentCount()).toBe(26);
    expect(await things.distinct('half')).toEqual([0, 1, [3]]);
  });
});
