import { type Collection, type Db, Long } from 'mongodb';
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
beforeEach(() => db.dropDatabase());
afterAll(() => server.stop());

function numbered(count: number): AnyDocument[] {
  return Array.from({ length: count }, (_, i) => ({ _id: i, n: i }));
}

describe('a cursor', () => {
  it.each([1, 7, 100, 1000])('gives every document once in batches of %i', async (batchSize) => {
    await things.insertMany(numbered(250));
    const found = await things.find({ n: { $gte: 0 } }, { batchSize }).toArray();
    expect(found.map(({ n }) => n)).toEqual(numbered(250).map(({ n }) => n));
  });

  it('keeps its order over batches with a sort that no index gives', async () => {
    await things.insertMany(numbered(250));
    const found = await things.find({}, { batchSize: 20 }).sort({ n: -1 }).skip(10).limit(200).toArray();
    expect([found.length, found[0]?.n, found.at(-1)?.n]).toEqual([200, 239, 40]);
  });

  it('holds its limit over batches', async () => {
    await things.insertMany(numbered(50));
    expect(await things.find({}, { batchSize: 10 }).limit(25).toArray()).toHaveLength(25);
    expect(await things.find({}).limit(5).batchSize(5).toArray()).toHaveLength(5);
  });

  it('cuts batches before they outgrow a message', async () => {
    const text = 'x'.repeat(6_000_000);
    for (let i = 0; i < 5; i++) await things.insertOne({ _id: i, text });
    expect((await things.find().toArray()).map(({ text: { length } }) => length)).toEqual(Array(5).fill(6_000_000));
  });

  it('goes on while documents come and go around it', async () => {
    await things.insertMany(numbered(100));
    const cursor = things.find({ n: { $gte: 0 } }, { batchSize: 10 });
    const seen: number[] = [];
    for await (const { n } of cursor) {
      seen.push(n);
      if (seen.length === 20) await things.deleteMany({ n: { $gte: 50, $lt: 90 } });
    }
    expect(seen).toEqual(
      numbered(100)
        .map(({ n }) => n)
        .filter((n) => n < 50 || n >= 90),
    );
  });

  it('ends with an error when its collection is dropped, not with half a result', async () => {
    await things.insertMany(numbered(100));
    const cursor = things.find({}, { batchSize: 10 });
    await cursor.next();
    await things.drop();
    await things.insertMany(numbered(100));
    await expect(cursor.toArray()).rejects.toMatchObject({ code: 175 });
  });

  it('is gone when it is closed', async () => {
    await things.insertMany(numbered(50));
    const cursor = things.find({}, { batchSize: 10 });
    await cursor.next();
    const id = cursor.id;
    await cursor.close();
    await expect(db.command({ getMore: id, collection: 'things' })).rejects.toMatchObject({ code: 43 });
    await expect(db.command({ getMore: Long.fromNumber(5), collection: 'things' })).rejects.toMatchObject({ code: 43 });
  });

  it('does not answer for another collection', async () => {
    await things.insertMany(numbered(50));
    const cursor = things.find({}, { batchSize: 10 });
    await cursor.next();
    await expect(db.command({ getMore: cursor.id, collection: 'others' })).rejects.toMatchObject({ code: 43 });
    await cursor.close();
  });
});

describe('collections', () => {
  it('are made by hand or by a first write, and listed', async () => {
    await db.createCollection('made');
    await db.collection('written').insertOne({});
    const names = (await db.listCollections().toArray()).map(({ name, type }) => [name, type]);
    expect(names.sort()).toEqual([
      ['made', 'collection'],
      ['written', 'collection'],
    ]);
    expect(await db.listCollections({ name: 'made' }, { nameOnly: true }).toArray()).toMatchObject([{ name: 'made' }]);
    await expect(db.createCollection('made')).rejects.toMatchObject({ code: 48 });
  });

  it('are empty again when they are dropped and written to', async () => {
    await things.createIndex({ n: 1 }, { unique: true });
    await things.insertMany(numbered(2000));
    await things.drop();
    expect(await things.countDocuments()).toBe(0);
    await things.insertMany([{ n: 1 }, { n: 1 }]);
    expect(await things.find({ n: 1 }).toArray()).toHaveLength(2);
    expect(await things.indexes()).toHaveLength(1);
  });

  it('do not see each other over databases', async () => {
    const other = db.client?.db(`${server.databaseName}_2`);
    await things.insertOne({ _id: 1 });
    await other?.collection<AnyDocument>('things').insertOne({ _id: 2 });
    const databases = await db.admin().listDatabases();
    expect(databases.databases.map(({ name }) => name)).toEqual(
      expect.arrayContaining([server.databaseName, `${server.databaseName}_2`]),
    );
    await other?.dropDatabase();
    expect(await things.find().toArray()).toEqual([{ _id: 1 }]);
  });

  it('have names with rules', async () => {
    await expect(db.command({ insert: 'a$b', documents: [{}] })).rejects.toMatchObject({ code: 73 });
    await expect(db.command({ insert: 5, documents: [{}] })).rejects.toMatchObject({ code: 73 });
    await expect(db.command({ insert: 'x'.repeat(300), documents: [{}] })).rejects.toMatchObject({ code: 73 });
    await db.collection('with.dots and spaces').insertOne({ a: 1 });
    expect(await db.collection('with.dots and spaces').countDocuments()).toBe(1);
  });

  it('say that they are not there', async () => {
    await expect(db.command({ dropIndexes: 'missing', index: '*' })).rejects.toMatchObject({ code: 26 });
    await expect(db.collection('missing').indexes()).rejects.toMatchObject({ code: 26 });
    expect(await db.collection('missing').find().toArray()).toEqual([]);
    expect(await db.collection('missing').updateOne({}, { $set: { a: 1 } })).toMatchObject({ matchedCount: 0 });
    expect(await db.listCollections().toArray()).toEqual([]);
  });

  it('agree with their indexes', async () => {
    await things.createIndexes([{ key: { n: 1 } }, { key: { tags: 1 } }]);
    await things.insertMany(numbered(50).map((one) => ({ ...one, tags: [one.n, 'x'] })));
    await things.updateMany({ n: { $lt: 10 } }, { $set: { tags: [] } });
    await things.deleteMany({ n: { $gt: 40 } });
    expect(await db.command({ validate: 'things' })).toMatchObject({ valid: true, nrecords: 41 });
  });
});

it('stops a command whose time is over', async () => {
  await things.insertMany(numbered(20_000));
  const slow = {
    $expr: {
      $eq: [{ $reduce: { input: { $range: [0, 200] }, initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, -1],
    },
  };
  await expect(things.find(slow).maxTimeMS(5).toArray()).rejects.toMatchObject({ code: 50 });
  expect(await things.countDocuments()).toBe(20_000);
});

it('describes itself as a standalone server', async () => {
  const hello = await db.admin().command({ hello: 1 });
  expect(hello).toMatchObject({ isWritablePrimary: true, maxBsonObjectSize: 16_777_216, ok: 1 });
  expect(await db.command({ ping: 1 })).toMatchObject({ ok: 1 });
  expect((await db.admin().command({ buildInfo: 1 })).version).toMatch(/^\d+\.\d+\.\d+/);
  expect(await db.stats()).toMatchObject({ db: server.databaseName, ok: 1 });
});
