import mongoose, { type Connection, Schema } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/embedded-db.ts';

let server: TestServer;
let connection: Connection;

const conversationSchema = new Schema(
  {
    widget: { type: String, required: true },
    visitor: { type: Schema.Types.ObjectId, ref: 'Visitor' },
    title: { type: String, maxlength: 40 },
    messages: [{ messageId: String, text: String, at: Date }],
    counters: { type: Map, of: Number },
    amount: Schema.Types.Decimal128,
    total: BigInt,
    raw: Buffer,
    closedAt: Date,
  },
  { timestamps: true, optimisticConcurrency: true },
);
conversationSchema.index(
  { widget: 1, 'messages.messageId': 1 },
  { unique: true, partialFilterExpression: { 'messages.messageId': { $exists: true } } },
);
conversationSchema.index({ closedAt: 1 }, { expireAfterSeconds: 3600 });
const visitorSchema = new Schema({ name: String });

beforeAll(async () => {
  server = await startTestServer();
  connection = await mongoose
    .createConnection(server.uri, { dbName: server.databaseName, autoIndex: false })
    .asPromise();
});
beforeEach(async () => {
  await connection.dropDatabase();
  await models().Conversation.createIndexes();
});
afterAll(async () => {
  await connection.close();
  await server.stop();
});

function models() {
  const Visitor = connection.models.Visitor ?? connection.model('Visitor', visitorSchema);
  return {
    Conversation: connection.model('Conversation', conversationSchema, undefined, { overwriteModels: true }),
    Visitor,
  };
}

describe('mongoose', () => {
  it('saves, changes and reads a document with all its types', async () => {
    const { Conversation } = models();
    const conversation = await Conversation.create({
      widget: 'w',
      counters: { '10': 1, a: 2 },
      amount: '12.50',
      total: 9007199254740993n,
      raw: Buffer.from('raw'),
      messages: [{ messageId: 'm1', text: 'one' }],
    });
    conversation.messages.push({ messageId: 'm2', text: 'two' });
    conversation.counters?.set('10', 5);
    await conversation.save();
    const found = await Conversation.findById(conversation.id).orFail();
    expect(found.messages.map(({ text }) => text)).toEqual(['one', 'two']);
    expect(found.counters?.get('10')).toBe(5);
    expect([found.amount?.toString(), found.total, found.raw?.toString()]).toEqual(['12.50', 9007199254740993n, 'raw']);
    expect(found.updatedAt.getTime()).toBeGreaterThanOrEqual(found.createdAt.getTime());
  });

  it('notices that another writer was faster', async () => {
    const { Conversation } = models();
    const { id } = await Conversation.create({ widget: 'w' });
    const [first, second] = [await Conversation.findById(id).orFail(), await Conversation.findById(id).orFail()];
    first.title = 'first';
    await first.save();
    second.title = 'second';
    await expect(second.save()).rejects.toMatchObject({ name: 'VersionError' });
  });

  it('reports a duplicate with its key', async () => {
    const { Conversation } = models();
    await Conversation.create({ widget: 'w', messages: [{ messageId: 'm1' }] });
    const again = Conversation.create({ widget: 'w', messages: [{ messageId: 'm1' }] });
    await expect(again).rejects.toMatchObject({ code: 11000, keyValue: { widget: 'w', 'messages.messageId': 'm1' } });
  });

  it('upserts with defaults, and updates elements by position and filter', async () => {
    const { Conversation } = models();
    const options = { upsert: true, returnDocument: 'after', setDefaultsOnInsert: true } as const;
    const made = await Conversation.findOneAndUpdate(
      { widget: 'w' },
      { $push: { messages: { messageId: 'm1' } } },
      options,
    );
    await Conversation.updateOne({ 'messages.messageId': 'm1' }, { $set: { 'messages.$.text': 'changed' } });
    await Conversation.updateOne(
      { _id: made?._id },
      { $set: { 'messages.$[m].at': new Date(0) } },
      { arrayFilters: [{ 'm.messageId': 'm1' }] },
    );
    const found = await Conversation.findOne({ messages: { $elemMatch: { text: 'changed' } } }).lean();
    expect(found?.messages[0]).toMatchObject({ messageId: 'm1', text: 'changed', at: new Date(0) });
  });

  it('populates, queries and iterates', async () => {
    const { Conversation, Visitor } = models();
    const visitor = await Visitor.create({ name: 'Vera' });
    await Conversation.insertMany(
      Array.from({ length: 25 }, (_, i) => ({ widget: `w${i % 3}`, title: `t${i}`, visitor })),
    );
    const [first] = await Conversation.find({ widget: 'w1' }).sort({ title: -1 }).limit(1).populate('visitor');
    expect([first?.title, first?.visitor]).toMatchObject(['t7', { name: 'Vera' }]);
    let seen = 0;
    for await (const { title } of Conversation.find({ title: /^t1/ }).cursor({ batchSize: 3 })) if (title) seen += 1;
    expect(seen).toBe(11);
    expect(await Conversation.exists({ widget: 'w9' })).toBeNull();
    expect((await Conversation.distinct('widget')).sort()).toEqual(['w0', 'w1', 'w2']);
  });

  it('aggregates with casting, and writes in bulk', async () => {
    const { Conversation } = models();
    await Conversation.bulkWrite([
      { insertOne: { document: { widget: 'a' } } },
      { updateOne: { filter: { widget: 'b' }, update: { title: 'x' }, upsert: true } },
      { deleteOne: { filter: { widget: 'zzz' } } },
    ]);
    const rows = await Conversation.aggregate([{ $group: { _id: '$title', n: { $sum: 1 } } }, { $sort: { _id: 1 } }]);
    expect(rows).toEqual([
      { _id: null, n: 1 },
      { _id: 'x', n: 1 },
    ]);
  });

  it('has the indexes of its schema, and nothing to change about them', async () => {
    const { Conversation } = models();
    const { toCreate, toDrop } = await Conversation.diffIndexes();
    expect([toCreate, toDrop]).toEqual([[], []]);
    expect(await Conversation.syncIndexes()).toEqual([]);
    expect(Object.keys(await Conversation.collection.indexInformation())).toEqual([
      '_id_',
      'widget_1_messages.messageId_1',
      'closedAt_1',
    ]);
  });
});
