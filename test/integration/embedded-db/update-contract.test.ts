import type { Collection } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AnyDocument, startTestServer, type TestServer } from '../../support/embedded-db.ts';
import { NUMBER_UPDATES, REFUSED_UPDATES, UPDATE_CASES } from '../../support/embedded-db-update-cases.ts';

let server: TestServer;
let things: Collection<AnyDocument>;

beforeAll(async () => {
  server = await startTestServer();
  things = (await server.connect()).db(server.databaseName).collection('things');
});
afterAll(() => server.stop());

async function fill(...documents: AnyDocument[]): Promise<void> {
  await things.deleteMany({});
  await things.insertMany(documents);
}

describe('an update', () => {
  it.each(UPDATE_CASES)('$name', async ({ before, update, after, filter = {}, arrayFilters = [] }) => {
    await fill({ _id: 1, ...before });
    const options = arrayFilters.length > 0 ? { arrayFilters } : {};
    const result = await things.updateOne({ _id: 1, ...filter }, update, options);
    expect(await things.findOne()).toEqual({ _id: 1, ...after });
    expect(result.matchedCount).toBe(1);
  });

  it.each(REFUSED_UPDATES)('refuses $name with code $code', async ({ before, update, code, arrayFilters = [] }) => {
    await fill({ _id: 1, ...before });
    const options = arrayFilters.length > 0 ? { arrayFilters } : {};
    await expect(things.updateOne({ _id: 1 }, update, options)).rejects.toMatchObject({ code });
    expect(await things.findOne({}, { promoteLongs: false })).toEqual({ _id: 1, ...before });
  });

  it.each(NUMBER_UPDATES)('%s', async (_name, before, update, after) => {
    await fill({ _id: 1, ...(before !== undefined && { n: before }) });
    await things.updateOne({ _id: 1 }, update('n'));
    expect((await things.findOne({}, { promoteValues: false }))?.n).toEqual(after);
  });

  it('says how many it matched and how many it changed', async () => {
    await fill({ _id: 1, a: 1 }, { _id: 2, a: 2 }, { _id: 3, a: 2 });
    const result = await things.updateMany({}, { $set: { a: 2 } });
    expect([result.matchedCount, result.modifiedCount]).toEqual([3, 1]);
  });

  it('changes every match once, also when it moves in the index that found it', async () => {
    await fill(...Array.from({ length: 300 }, (_, i) => ({ _id: i, n: i })));
    await things.createIndex({ n: 1 });
    const { modifiedCount } = await things.updateMany({ n: { $gte: 0 } }, { $inc: { n: 1000 } });
    expect(modifiedCount).toBe(300);
    expect(await things.countDocuments({ n: { $gte: 1000, $lt: 1300 } })).toBe(300);
  });

  it('sets the current date', async () => {
    await fill({ _id: 1 });
    await things.updateOne({}, { $currentDate: { at: true } });
    const age = Date.now() - Number((await things.findOne())?.at);
    expect(Math.abs(age)).toBeLessThan(60_000);
  });

  it('replaces all but _id', async () => {
    await fill({ _id: 1, a: 1, b: 2 });
    await things.replaceOne({ a: 1 }, { c: 3 });
    expect(await things.findOne()).toEqual({ _id: 1, c: 3 });
  });
});

describe('an upsert', () => {
  it('inserts the equalities of the filter and what the operators make', async () => {
    await things.deleteMany({});
    const filter = { name: 'x', 'size.h': 3, n: { $gt: 1 }, $and: [{ kind: { $eq: 'k' } }] };
    const update = { $set: { a: 1 }, $inc: { count: 1 }, $setOnInsert: { fresh: true } };
    const { upsertedId, matchedCount } = await things.updateOne(filter, update, { upsert: true });
    const { _id, ...rest } = (await things.findOne()) ?? {};
    expect(rest).toEqual({ name: 'x', size: { h: 3 }, kind: 'k', a: 1, count: 1, fresh: true });
    expect([_id, matchedCount]).toEqual([upsertedId, 0]);
  });

  it('keeps an _id of the filter, also with a replacement', async () => {
    await things.deleteMany({});
    await things.replaceOne({ _id: 'mine' }, { a: 1 }, { upsert: true });
    expect(await things.find().toArray()).toEqual([{ _id: 'mine', a: 1 }]);
  });
});

describe('findAndModify', () => {
  it('returns the document before or after, projected, first of the sort', async () => {
    await fill({ _id: 1, n: 1, x: 0 }, { _id: 2, n: 2, x: 0 });
    const before = await things.findOneAndUpdate({}, { $inc: { x: 1 } }, { sort: { n: -1 } });
    const after = await things.findOneAndUpdate(
      {},
      { $inc: { x: 1 } },
      { sort: { n: -1 }, returnDocument: 'after', projection: { x: 1, _id: 0 } },
    );
    expect([before, after]).toEqual([{ _id: 2, n: 2, x: 0 }, { x: 2 }]);
  });

  it('returns null for an upsert before, and the new document after', async () => {
    await things.deleteMany({});
    const before = await things.findOneAndUpdate({ _id: 1 }, { $set: { a: 1 } }, { upsert: true });
    const after = await things.findOneAndReplace({ _id: 2 }, { a: 2 }, { upsert: true, returnDocument: 'after' });
    expect([before, after]).toEqual([null, { _id: 2, a: 2 }]);
  });

  it('removes what it returns', async () => {
    await fill({ _id: 1, n: 1 }, { _id: 2, n: 2 });
    expect(await things.findOneAndDelete({}, { sort: { n: 1 } })).toEqual({ _id: 1, n: 1 });
    expect(await things.find().toArray()).toEqual([{ _id: 2, n: 2 }]);
    expect(await things.findOneAndDelete({ n: 9 })).toBeNull();
  });
});

describe('a batch of writes', () => {
  it('ends at the first error when it is ordered', async () => {
    await fill({ _id: 1 });
    const insert = things.insertMany([{ _id: 2 }, { _id: 1 }, { _id: 3 }]);
    await expect(insert).rejects.toMatchObject({ code: 11000, insertedCount: 1 });
    expect(await things.countDocuments()).toBe(2);
  });

  it('goes on behind an error when it is not', async () => {
    await fill({ _id: 1 });
    const insert = things.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 1 }, { _id: 3 }], { ordered: false });
    await expect(insert).rejects.toMatchObject({ code: 11000, insertedCount: 2 });
    expect(await things.countDocuments()).toBe(3);
  });

  it('mixes inserts, updates, upserts and deletes', async () => {
    await fill({ _id: 1, a: 1 }, { _id: 2, a: 2 });
    const result = await things.bulkWrite([
      { insertOne: { document: { _id: 3, a: 3 } } },
      { updateMany: { filter: { a: { $gte: 2 } }, update: { $inc: { a: 10 } } } },
      { updateOne: { filter: { _id: 4 }, update: { $set: { a: 4 } }, upsert: true } },
      { deleteOne: { filter: { a: 1 } } },
      { replaceOne: { filter: { _id: 2 }, replacement: { b: 2 } } },
    ]);
    const { insertedCount, matchedCount, modifiedCount, deletedCount, upsertedIds } = result;
    expect([insertedCount, matchedCount, modifiedCount, deletedCount]).toEqual([1, 3, 3, 1]);
    expect(upsertedIds).toEqual({ 2: 4 });
    expect(await things.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 2, b: 2 },
      { _id: 3, a: 13 },
      { _id: 4, a: 4 },
    ]);
  });
});
