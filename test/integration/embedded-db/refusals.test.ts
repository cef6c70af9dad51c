import type { Collection, Db, Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AnyDocument, startTestServer, type TestServer } from '../../support/embedded-db.ts';

let server: TestServer;
let db: Db;
let things: Collection<AnyDocument>;

beforeAll(async () => {
  server = await startTestServer();
  db = (await server.connect()).db(server.databaseName);
  things = db.collection('things');
  await things.insertMany([{ _id: 1, a: 1, text: 'x', place: [1, 2] }, { _id: 2 }]);
});
afterAll(() => server.stop());

/** What a real server refuses too. The code is MongoDB's. */
const WRONG_EVERYWHERE: [name: string, code: number, command: Document][] = [
  ['an unknown command', 59, { fly: 1 }],
  ['an unknown field of a command', 40415, { find: 'things', filters: {} }],
  ['an unknown query operator', 2, { find: 'things', filter: { a: { $near_by: 1 } } }],
  ['an unknown operator at the top', 2, { find: 'things', filter: { $also: [] } }],
  ['an empty $or', 2, { find: 'things', filter: { $or: [] } }],
  ['$in without an array', 2, { find: 'things', filter: { a: { $in: 1 } } }],
  ['a filter that is no object', 14, { find: 'things', filter: 'a' }],
  ['a negative limit', 2, { find: 'things', skip: -1 }],
  ['a projection that includes and excludes', 31254, { find: 'things', projection: { a: 1, b: 0 } }],
  ['a sort by 0', 15975, { find: 'things', sort: { a: 0 } }],
  ['an unknown stage', 40324, { aggregate: 'things', pipeline: [{ $fly: 1 }], cursor: {} }],
  ['a stage of two names', 40323, { aggregate: 'things', pipeline: [{ $match: {}, $sort: { a: 1 } }], cursor: {} }],
  ['an aggregation without a cursor', 9, { aggregate: 'things', pipeline: [] }],
  ['a write concern of two servers', 2, { insert: 'things', documents: [{}], writeConcern: { w: 2 } }],
  ['a transaction', 20, { find: 'things', lsid: {}, txnNumber: 1, startTransaction: true, autocommit: false }],
  ['a limit of a delete that is neither 0 nor 1', 9, { delete: 'things', deletes: [{ q: {}, limit: 5 }] }],
  ['an empty batch', 16, { insert: 'things', documents: [] }],
  ['findAndModify with neither an update nor remove', 9, { findAndModify: 'things', query: {} }],
  ['a cursor id that is no long', 14, { getMore: 'x', collection: 'things' }],
];

/** What a real server can do and this store cannot: NotImplemented (238), never an empty or a wrong answer. */
const NOT_HERE: [name: string, command: Document][] = [
  ['$where', { find: 'things', filter: { $where: 'true' } }],
  ['$text', { find: 'things', filter: { $text: { $search: 'x' } } }],
  ['$near', { find: 'things', filter: { place: { $near: [0, 0] } } }],
  ['$geoWithin', { find: 'things', filter: { place: { $geoWithin: { $center: [[0, 0], 5] } } } }],
  ['$jsonSchema', { find: 'things', filter: { $jsonSchema: { required: ['a'] } } }],
  ['a collation', { find: 'things', filter: { text: 'X' }, collation: { locale: 'en', strength: 1 } }],
  ['a tailable cursor', { find: 'things', tailable: true }],
  ['min and max of an index', { find: 'things', min: { a: 1 }, hint: { a: 1 } }],
  ['record ids', { find: 'things', showRecordId: true }],
  ['a text index', { createIndexes: 'things', indexes: [{ key: { text: 'text' }, name: 'x' }] }],
  ['a geo index', { createIndexes: 'things', indexes: [{ key: { place: '2dsphere' }, name: 'x' }] }],
  ['a hashed index', { createIndexes: 'things', indexes: [{ key: { a: 'hashed' }, name: 'x' }] }],
  ['a wildcard index', { createIndexes: 'things', indexes: [{ key: { '$**': 1 }, name: 'x' }] }],
  [
    'an index with a collation',
    { createIndexes: 'things', indexes: [{ key: { a: 1 }, name: 'x', collation: { locale: 'fr' } }] },
  ],
  ['a capped collection', { create: 'capped', capped: true, size: 1000 }],
  ['a time series', { create: 'series', timeseries: { timeField: 'at' } }],
  ['a view', { create: 'view', viewOn: 'things', pipeline: [] }],
  ['a validator', { create: 'checked', validator: { a: { $exists: true } } }],
  ['a validator given later', { collMod: 'things', validator: { a: { $exists: true } } }],
  ['an aggregation on a database', { aggregate: 1, pipeline: [{ $documents: [] }], cursor: {} }],
  ['$out', { aggregate: 'things', pipeline: [{ $out: 'other' }], cursor: {} }],
  ['$merge', { aggregate: 'things', pipeline: [{ $merge: { into: 'other' } }], cursor: {} }],
  ['$geoNear', { aggregate: 'things', pipeline: [{ $geoNear: { near: [0, 0], distanceField: 'd' } }], cursor: {} }],
  ['$search', { aggregate: 'things', pipeline: [{ $search: { text: {} } }], cursor: {} }],
  ['a change stream', { aggregate: 'things', pipeline: [{ $changeStream: {} }], cursor: {} }],
  ['$collStats', { aggregate: 'things', pipeline: [{ $collStats: {} }], cursor: {} }],
  [
    '$function',
    { aggregate: 'things', pipeline: [{ $set: { b: { $function: { body: '', args: [], lang: 'js' } } } }], cursor: {} },
  ],
];

describe('a command is refused for', () => {
  it.each(WRONG_EVERYWHERE)('%s, with code %i', async (_name, code, command) => {
    await expect(db.command(command)).rejects.toMatchObject({ code });
  });

  it.each(NOT_HERE)('%s', async (_name, command) => {
    if (!server.isEmbedded) return;
    await expect(db.command(command)).rejects.toMatchObject({ code: 238, codeName: 'NotImplemented' });
  });
});

describe('what was refused leaves nothing behind:', () => {
  it('no collection, no index, no document', async () => {
    expect((await db.listCollections().toArray()).map(({ name }) => name)).toEqual(['things']);
    expect(await things.indexes()).toHaveLength(1);
    expect(await things.countDocuments()).toBe(2);
  });
});

it('refuses a transaction the way a standalone server does', async () => {
  if (!server.isEmbedded) return;
  const client = await server.connect();
  const transaction = client.withSession((session) =>
    session.withTransaction(() => client.db(server.databaseName).collection('things').insertOne({}, { session })),
  );
  await expect(transaction).rejects.toMatchObject({ originalError: { code: 20 } });
});

it('refuses a change stream', async () => {
  if (!server.isEmbedded) return;
  const stream = things.watch();
  await expect(stream.next()).rejects.toMatchObject({ codeName: 'NotImplemented' });
});

it.each([
  ['an array', [1]],
  ['a pattern', /x/],
])('refuses %s as _id', async (_name, _id) => {
  await expect(things.insertOne({ _id })).rejects.toMatchObject({ code: 53 });
});
