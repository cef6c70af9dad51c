import { type Collection, type Db, type Document, Long } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AnyDocument, startTestServer, type TestServer } from '../../support/embedded-db.ts';

let server: TestServer;
let db: Db;
let things: Collection<AnyDocument>;

beforeAll(async () => {
  server = await startTestServer();
  db = (await server.connect()).db(server.databaseName);
  things = db.collection('things');
});
beforeEach(async () => {
  await things.drop().catch(() => false);
});
afterAll(() => server.stop());

async function indexUsed(filter: Document, sort: Document = {}): Promise<string> {
  const explained = await things.find(filter).sort(sort).explain('queryPlanner');
  return JSON.stringify(explained.queryPlanner.winningPlan).match(/"indexName":"([^"]+)"/)?.[1] ?? 'COLLSCAN';
}

describe('an index', () => {
  it('is listed as it was made', async () => {
    await things.createIndexes([
      { key: { a: 1, b: -1 }, name: 'both', unique: true },
      { key: { c: 1 }, sparse: true },
      { key: { d: 1 }, partialFilterExpression: { e: { $gt: 5 } } },
      { key: { at: 1 }, expireAfterSeconds: 60 },
    ]);
    expect(await things.indexes()).toEqual([
      { v: 2, key: { _id: 1 }, name: '_id_' },
      { v: 2, key: { a: 1, b: -1 }, name: 'both', unique: true },
      { v: 2, key: { c: 1 }, name: 'c_1', sparse: true },
      { v: 2, key: { d: 1 }, name: 'd_1', partialFilterExpression: { e: { $gt: 5 } } },
      { v: 2, key: { at: 1 }, name: 'at_1', expireAfterSeconds: 60 },
    ]);
  });

  it('may be made twice, but not with another name or other options', async () => {
    await things.createIndex({ a: 1 });
    await things.createIndex({ a: 1 });
    expect(await things.indexes()).toHaveLength(2);
    await expect(things.createIndex({ a: 1 }, { name: 'other' })).rejects.toMatchObject({ code: 85 });
    await expect(things.createIndex({ a: 1 }, { unique: true })).rejects.toMatchObject({ code: 86 });
    await expect(things.createIndex({ b: 1 }, { name: 'a_1' })).rejects.toMatchObject({ code: 86 });
  });

  it.each([
    ['no fields', {}, {}],
    ['a direction of 0', { a: 0 }, {}],
    ['sparse and partial at once', { a: 1 }, { sparse: true, partialFilterExpression: { a: 1 } }],
    ['an operator partial filters lack', { a: 1 }, { partialFilterExpression: { a: { $ne: 1 } } }],
    ['expiry over two fields', { a: 1, b: 1 }, { expireAfterSeconds: 1 }],
    ['a negative expiry', { a: 1 }, { expireAfterSeconds: -1 }],
  ])('is refused with %s', async (_name, key, options) => {
    await expect(things.createIndex(key, { name: 'x', ...options })).rejects.toMatchObject({ code: 67 });
  });

  it('is dropped by name, by key or all at once, never that of _id', async () => {
    await things.createIndexes([{ key: { a: 1 } }, { key: { b: 1 } }, { key: { c: 1 } }]);
    await things.dropIndex('a_1');
    await db.command({ dropIndexes: 'things', index: { b: 1 } });
    expect((await things.indexes()).map(({ name }) => name)).toEqual(['_id_', 'c_1']);
    await expect(things.dropIndex('a_1')).rejects.toMatchObject({ code: 27 });
    await expect(things.dropIndex('_id_')).rejects.toMatchObject({ code: 72 });
    await things.dropIndexes();
    expect(await things.indexes()).toHaveLength(1);
  });

  it('serves equality before range before sort', async () => {
    await things.insertOne({ a: 1 });
    await things.createIndexes([
      { key: { a: 1 } },
      { key: { a: 1, b: 1 } },
      { key: { b: -1 } },
      { key: { u: 1 }, unique: true },
    ]);
    expect(await indexUsed({ a: 1 })).toBe('a_1');
    expect(await indexUsed({ a: 1, b: { $gt: 2 } })).toBe('a_1_b_1');
    expect(await indexUsed({ a: 1 }, { b: -1 })).toBe('a_1_b_1');
    expect(await indexUsed({}, { b: 1 })).toBe('b_-1');
    expect(await indexUsed({ a: 1, u: 1 })).toBe('u_1');
    expect(await indexUsed({ x: 1 })).toBe('COLLSCAN');
  });

  it('is used by hint, and an unknown hint is refused', async () => {
    await things.insertMany([{ a: 1, b: 1 }]);
    await things.createIndexes([{ key: { a: 1 } }, { key: { b: 1 } }]);
    const plan = await things.find({ a: 1 }).hint({ b: 1 }).explain('queryPlanner');
    expect(JSON.stringify(plan)).toContain('"indexName":"b_1"');
    expect(await things.find({ a: 1 }).hint('b_1').toArray()).toHaveLength(1);
    await expect(things.find({ a: 1 }).hint('c_1').toArray()).rejects.toMatchObject({ code: 2 });
  });
});

describe('a unique index', () => {
  it('refuses a second document and says which key it was', async () => {
    await things.createIndex({ a: 1, 'b.c': 1 }, { unique: true });
    await things.insertOne({ _id: 'first', a: 1, b: { c: 'x' } });
    const second = things.insertOne({ a: 1, b: { c: 'x' } });
    await expect(second).rejects.toMatchObject({
      code: 11000,
      keyPattern: { a: 1, 'b.c': 1 },
      keyValue: { a: 1, 'b.c': 'x' },
    });
    await expect(second).rejects.toThrow(/E11000 duplicate key error collection: .*\.things index: a_1_b\.c_1 dup key/);
  });

  it('takes numbers of different types for the same, and missing for null', async () => {
    await things.createIndex({ a: 1 }, { unique: true });
    await things.insertMany([{ a: 1 }, {}]);
    await expect(things.insertOne({ a: Long.ONE })).rejects.toMatchObject({ code: 11000 });
    await expect(things.insertOne({ a: null })).rejects.toMatchObject({ code: 11000 });
  });

  it('may have one value twice in one document, but not in two', async () => {
    await things.createIndex({ 'keys.k': 1 }, { unique: true });
    await things.insertOne({ keys: [{ k: 1 }, { k: 1 }, { k: 2 }] });
    await expect(things.insertOne({ keys: [{ k: 3 }, { k: 2 }] })).rejects.toMatchObject({ code: 11000 });
    expect(await things.countDocuments()).toBe(1);
  });

  it('frees a value with the update or the delete that takes it away', async () => {
    await things.createIndex({ a: 1 }, { unique: true });
    await things.insertMany([{ a: 1 }, { a: 2 }]);
    await expect(things.updateOne({ a: 2 }, { $set: { a: 1 } })).rejects.toMatchObject({ code: 11000 });
    await things.updateOne({ a: 1 }, { $set: { a: 3 } });
    await things.updateOne({ a: 2 }, { $set: { a: 1 } });
    await things.deleteOne({ a: 3 });
    await things.insertOne({ a: 3 });
    expect(await things.distinct('a')).toEqual([1, 3]);
  });

  it('is not made over duplicates, and then leaves nothing behind', async () => {
    await things.insertMany([{ a: 1 }, { a: 2 }, { a: 1 }]);
    await expect(things.createIndex({ a: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 });
    expect(await things.indexes()).toHaveLength(1);
    expect(await things.countDocuments({ a: 1 })).toBe(2);
  });

  it('allows many missing values when it is sparse, and many others when it is partial', async () => {
    await things.createIndex({ a: 1 }, { unique: true, sparse: true });
    await things.createIndex({ b: 1 }, { unique: true, partialFilterExpression: { on: true } });
    await things.insertMany([{ b: 1 }, { b: 1 }, { b: 1, on: true }, { b: 2, on: true }]);
    await expect(things.insertOne({ b: 1, on: true })).rejects.toMatchObject({ code: 11000 });
    await expect(things.updateOne({ b: 1, on: { $exists: false } }, { $set: { on: true } })).rejects.toMatchObject({
      code: 11000,
    });
    expect(await indexUsed({ a: 1 })).toBe('a_1');
    expect(await indexUsed({ a: null })).toBe('COLLSCAN');
    expect(await indexUsed({ b: 1 })).toBe('COLLSCAN');
    expect(await indexUsed({ b: 1, on: true })).toBe('b_1');
  });
});

it('refuses two arrays in one index', async () => {
  await things.createIndex({ a: 1, b: 1 });
  await expect(things.insertOne({ a: [1, 2], b: [3] })).rejects.toMatchObject({ code: 171 });
  await things.insertMany([
    { a: [1, 2], b: 3 },
    { a: 1, b: [3, 4] },
  ]);
  expect(await things.countDocuments({ a: 1, b: 3 })).toBe(2);
});

it('keeps texts that are longer than a key can be', async () => {
  const texts = ['1', '2', '3'].map((end) => 'x'.repeat(5_000) + end);
  await things.createIndex({ text: 1 }, { unique: true });
  await things.insertMany(texts.map((text) => ({ text })));
  await expect(things.insertOne({ text: texts[1] })).rejects.toMatchObject({ code: 11000 });
  expect(await things.countDocuments({ text: texts[1] })).toBe(1);
  const sorted = await things
    .find({ text: { $gt: texts[0] } })
    .sort({ text: 1 })
    .toArray();
  expect(sorted.map(({ text }) => text)).toEqual([texts[1], texts[2]]);
});

describe('a TTL index', () => {
  it('deletes what is over, and nothing else', async () => {
    await db.admin().command({ setParameter: 1, ttlMonitorSleepSecs: 1 });
    const past = new Date(Date.now() - 100_000);
    const filter = { closed: true };
    await things.createIndex({ at: 1 }, { expireAfterSeconds: 50, partialFilterExpression: filter });
    await things.insertMany([
      { _id: 'over', at: past, closed: true },
      { _id: 'over by its earliest date', at: [new Date(), past], closed: true },
      { _id: 'not in the partial index', at: past },
      { _id: 'not a date', at: 1, closed: true },
      { _id: 'not yet', at: new Date(), closed: true },
      { _id: 'no date', closed: true },
    ]);
    await expect.poll(() => things.countDocuments({ _id: /^over/ }), { timeout: 20_000 }).toBe(0);
    const left = await things.find().sort({ _id: 1 }).toArray();
    expect(left.map(({ _id }) => _id)).toEqual(['no date', 'not a date', 'not in the partial index', 'not yet']);
  });

  it('takes another expiry by collMod', async () => {
    await things.createIndex({ at: 1 }, { expireAfterSeconds: 3600 });
    await things.insertOne({ at: new Date(Date.now() - 60_000) });
    await db.command({ collMod: 'things', index: { keyPattern: { at: 1 }, expireAfterSeconds: 30 } });
    await db.admin().command({ setParameter: 1, ttlMonitorSleepSecs: 1 });
    await expect.poll(() => things.countDocuments(), { timeout: 20_000 }).toBe(0);
  });
});
