import type { Collection, Db } from 'mongodb';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
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

function atOnce<T>(count: number, work: (index: number) => Promise<T>): Promise<PromiseSettledResult<T>[]> {
  return Promise.allSettled(Array.from({ length: count }, (_, index) => work(index)));
}

function fulfilled(results: PromiseSettledResult<unknown>[]): number {
  return results.filter(({ status }) => status === 'fulfilled').length;
}

it('makes one document of 50 parallel upserts on one unique key', async () => {
  await things.createIndex({ key: 1 }, { unique: true });
  const results = await atOnce(50, () => things.updateOne({ key: 'k' }, { $inc: { n: 1 } }, { upsert: true }));
  const [document] = await things.find({ key: 'k' }).toArray();
  expect(await things.countDocuments()).toBe(1);
  expect(document?.n).toBe(fulfilled(results));
});

it('lets exactly one of 50 parallel inserts of one key through', async () => {
  await things.createIndex({ key: 1 }, { unique: true });
  const results = await atOnce(50, (i) => things.insertOne({ key: 'k', i }));
  const codes = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
  expect(codes).toEqual(Array(49).fill(11000));
  expect(await things.countDocuments()).toBe(1);
});

it('loses none of 200 parallel increments', async () => {
  await things.insertOne({ _id: 1, n: 0 });
  await atOnce(200, () => things.updateOne({ _id: 1 }, { $inc: { n: 1 } }));
  expect((await things.findOne())?.n).toBe(200);
});

it('gives each sequence number once to writers who race for the next', async () => {
  await things.createIndex({ seq: 1 }, { unique: true });
  const append = async (writer: number): Promise<number> => {
    for (;;) {
      const [last] = await things.find().sort({ seq: -1 }).limit(1).toArray();
      const seq = (last?.seq ?? 0) + 1;
      const isMine = await things.insertOne({ seq, writer }).then(
        () => true,
        (error: { code?: number }) => {
          if (error.code === 11000) return false;
          throw error;
        },
      );
      if (isMine) return seq;
    }
  };
  await atOnce(8, async (writer) => {
    for (let i = 0; i < 10; i++) await append(writer);
  });
  const sequence = await things.find().sort({ seq: 1 }).toArray();
  expect(sequence.map(({ seq }) => seq)).toEqual(Array.from({ length: 80 }, (_, i) => i + 1));
});

it('takes each job once when workers claim them in parallel', async () => {
  await things.insertMany(Array.from({ length: 100 }, (_, i) => ({ _id: i, state: 'open' })));
  await things.createIndex({ state: 1, _id: 1 });
  const claims = await atOnce(10, async (worker) => {
    const taken: unknown[] = [];
    for (;;) {
      const update = { $set: { state: 'taken', worker } };
      const job = await things.findOneAndUpdate({ state: 'open' }, update, { sort: { _id: 1 } });
      if (!job) return taken;
      taken.push(job._id);
    }
  });
  const ids = claims.flatMap((claim) => (claim.status === 'fulfilled' ? claim.value : []));
  expect([ids.length, new Set(ids).size]).toEqual([100, 100]);
});

it('stays whole while collections are made, filled, indexed and dropped at once', async () => {
  const results = await atOnce(60, async (i) => {
    const collection = db.collection<AnyDocument>(`c${i % 3}`);
    if (i % 5 === 0) return collection.drop();
    if (i % 5 === 1) return collection.createIndex({ n: 1 });
    if (i % 5 === 2) return collection.dropIndex('n_1');
    return collection.insertMany(Array.from({ length: 50 }, (_, n) => ({ n: n % 7, i })));
  });
  const codes = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
  expect(codes.filter((code) => code !== 26 && code !== 27 && code !== 276)).toEqual([]);
  for (const { name } of await db.listCollections().toArray()) {
    const scanned = (await db.collection(name).find().toArray()).filter(({ n }) => n === 3).length;
    expect(await db.collection(name).countDocuments({ n: 3 })).toBe(scanned);
    expect(await db.command({ validate: name })).toMatchObject({ valid: true });
  }
});

it('answers a reader from before or after a write, never from its middle', async () => {
  await things.insertMany(Array.from({ length: 200 }, (_, i) => ({ _id: i, round: 0 })));
  await things.createIndex({ round: 1 });
  let isWriting = true;
  const writing = (async () => {
    for (let round = 1; round <= 20; round++) await things.updateMany({}, { $set: { round } });
    isWriting = false;
  })();
  const mixtures: unknown[][] = [];
  while (isWriting) {
    const rounds = new Set((await things.find({}, { batchSize: 500 }).toArray()).map(({ round }) => round));
    if (rounds.size !== 1) mixtures.push([...rounds]);
  }
  await writing;
  if (server.isEmbedded) expect(mixtures).toEqual([]);
  expect(await things.countDocuments({ round: 20 })).toBe(200);
});
