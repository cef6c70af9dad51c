import { serialize } from 'bson';
import type { Collection, Db } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crc32c } from '../../../server/embedded-db/wire/crc32c.ts';
import { type AnyDocument, startTestServer, type TestServer } from '../../support/embedded-db.ts';
import { bodySection, connectWire, msgFrame, sequenceSection } from '../../support/embedded-db-wire.ts';

const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
const PING = serialize({ ping: 1, $db: 'admin' });

let server: TestServer;
let db: Db;
let things: Collection<AnyDocument>;

beforeAll(async () => {
  server = await startTestServer();
  db = (await server.connect()).db(server.databaseName);
  things = db.collection('things');
});
afterAll(() => server.stop());

describe('a document', () => {
  const overhead = serialize({ _id: 1, text: '' }).length;

  it('may have 16 MB to the byte', async () => {
    await things.insertOne({ _id: 1, text: 'x'.repeat(MAX_DOCUMENT_BYTES - overhead) });
    expect((await things.findOne({ _id: 1 }))?.text).toHaveLength(MAX_DOCUMENT_BYTES - overhead);
  });

  it('may not grow over it by an update, and then stays as it was', async () => {
    await expect(things.updateOne({ _id: 1 }, { $set: { more: 1 } })).rejects.toMatchObject({ code: 10334 });
    expect(Object.keys((await things.findOne({ _id: 1 })) ?? {})).toEqual(['_id', 'text']);
  });

  it('may not have one byte more', async () => {
    const wire = await connectWire(server.uri);
    const document = serialize({ _id: 2, text: 'x'.repeat(MAX_DOCUMENT_BYTES - overhead + 1) });
    const body = serialize({ insert: 'things', $db: server.databaseName });
    await wire.exchange(msgFrame({ sections: [bodySection(body), sequenceSection('documents', [document])] }));
    wire.close();
    expect(await things.countDocuments({ _id: 2 })).toBe(0);
  });

  it('may nest 100 deep', async () => {
    let nested: Record<string, unknown> = { end: 1 };
    for (let i = 0; i < 95; i++) nested = { n: nested };
    await things.insertOne({ _id: 'deep', nested });
    expect((await things.findOne({ _id: 'deep' }))?.nested).toEqual(nested);
  });
});

it('refuses nesting without an end, and lives on', async () => {
  const levels = 100_000;
  const head = Buffer.from([3, 0x6e, 0]);
  const pieces: Buffer[] = [];
  for (let i = 0; i < levels; i++) {
    const length = Buffer.alloc(4);
    length.writeInt32LE(5 + (levels - 1 - i) * 8);
    pieces.push(length, ...(i < levels - 1 ? [head] : []));
  }
  const nested = Buffer.concat([...pieces, Buffer.alloc(levels)]);
  const wire = await connectWire(server.uri);
  const body = bodySection(serialize({ insert: 'nested', $db: server.databaseName }));
  const answer = await wire.exchange(msgFrame({ sections: [body, sequenceSection('documents', [nested])] }));
  wire.close();
  expect(answer === null || answer.includes(Buffer.from('errmsg'))).toBe(true);
  expect(await db.collection('nested').countDocuments()).toBe(0);
});

it('refuses a result that is larger than a document may be', async () => {
  await db.collection('halves').insertMany([{ text: 'x'.repeat(9_000_000) }, { text: 'y'.repeat(9_000_000) }]);
  const joined = db
    .collection('halves')
    .aggregate([{ $group: { _id: null, all: { $push: '$text' } } }])
    .toArray();
  await expect(joined).rejects.toMatchObject({ code: 10334 });
  const distinct = db.collection('halves').distinct('text');
  await expect(distinct).rejects.toMatchObject({ code: expect.any(Number) });
});

describe('a batch', () => {
  it('may have 100,000 documents', async () => {
    const many = db.collection('many');
    await many.createIndex({ n: 1 });
    const { insertedCount } = await many.insertMany(Array.from({ length: 100_000 }, (_, n) => ({ n })));
    expect([insertedCount, await many.countDocuments({ n: { $gte: 99_000 } })]).toEqual([100_000, 1_000]);
  });

  it('may not have one more', async () => {
    const documents = Array.from({ length: 100_001 }, () => ({}));
    await expect(db.command({ insert: 'more', documents })).rejects.toMatchObject({ code: 16 });
  });
});

it('serves 100 connections at once', async () => {
  const connections = await Promise.all(Array.from({ length: 100 }, () => connectWire(server.uri)));
  const answers = await Promise.all(connections.map((wire) => wire.command({ ping: 1, $db: 'admin' })));
  for (const wire of connections) wire.close();
  expect(answers.map((answer) => answer.ok)).toEqual(Array(100).fill(1));
});

describe('a frame', () => {
  const withChecksum = (bytes: Buffer, change: number): Buffer => {
    const frame = Buffer.concat([bytes, Buffer.alloc(4)]);
    frame.writeInt32LE(frame.length, 0);
    frame.writeUInt32LE((crc32c(frame.subarray(0, -4)) ^ change) >>> 0, frame.length - 4);
    return frame;
  };
  const plain = msgFrame({ sections: [bodySection(PING)] });
  const long = Buffer.from(plain);
  long.writeInt32LE(48_000_001, 0);
  const short = Buffer.from(plain);
  short.writeInt32LE(15, 0);
  const negative = Buffer.from(plain);
  negative.writeInt32LE(-1, 0);
  const lyingDocument = Buffer.from(PING);
  lyingDocument.writeInt32LE(PING.length + 1, 0);

  it.each<[string, Buffer]>([
    ['a length over the limit', long],
    ['a length below a header', short],
    ['a negative length', negative],
    ['an unknown operation', msgFrame({ sections: [bodySection(PING)], opCode: 9999 })],
    ['compression that was not agreed', msgFrame({ sections: [bodySection(PING)], opCode: 2012 })],
    ['an unknown required flag', msgFrame({ sections: [bodySection(PING)], flags: 4 })],
    ['no body', msgFrame({ sections: [sequenceSection('documents', [PING])] })],
    ['two bodies', msgFrame({ sections: [bodySection(PING), bodySection(PING)] })],
    ['an unknown section', msgFrame({ sections: [Buffer.concat([Buffer.from([9]), PING])] })],
    ['a document longer than its frame', msgFrame({ sections: [bodySection(lyingDocument)] })],
    ['a wrong checksum', withChecksum(msgFrame({ sections: [bodySection(PING)], flags: 1 }), 1)],
  ])('with %s ends its connection and no other', async (_name, frame) => {
    const wire = await connectWire(server.uri);
    wire.sendBytes(frame);
    await wire.isClosed();
    expect(await db.command({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  it('is understood with a checksum, and in pieces of one byte', async () => {
    const wire = await connectWire(server.uri);
    const frame = withChecksum(msgFrame({ sections: [bodySection(PING)], flags: 1 }), 0);
    for (const byte of frame.subarray(0, -1)) wire.sendBytes(Buffer.from([byte]));
    expect((await wire.exchange(frame.subarray(-1)))?.includes(Buffer.from('ok'))).toBe(true);
    wire.close();
  });

  it('with bad BSON inside is answered with an error', async () => {
    const wire = await connectWire(server.uri);
    const text = Buffer.from(serialize({ ping: 'abc', $db: 'admin' }));
    text.writeInt32LE(3, text.indexOf('abc') - 4);
    const answer = await wire.exchange(msgFrame({ sections: [bodySection(text)] }));
    wire.close();
    expect(answer === null || answer.includes(Buffer.from('errmsg'))).toBe(true);
    expect(await db.command({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  it('that asks for no answer gets none, and is done', async () => {
    const wire = await connectWire(server.uri);
    const body = serialize({
      insert: 'unanswered',
      documents: [{ _id: 1 }],
      writeConcern: { w: 0 },
      $db: server.databaseName,
    });
    wire.sendBytes(msgFrame({ sections: [bodySection(body)], flags: 2 }));
    expect(await wire.command({ ping: 1, $db: 'admin' })).toMatchObject({ ok: 1 });
    wire.close();
    expect(await db.collection('unanswered').countDocuments()).toBe(1);
  });

  it('may come before the answer to the one before it', async () => {
    const wire = await connectWire(server.uri);
    wire.sendBytes(plain);
    wire.sendBytes(plain);
    const answers = [await wire.exchange(plain), await wire.exchange(plain), await wire.exchange(plain)];
    wire.close();
    expect(answers.every((answer) => answer?.includes(Buffer.from('ok')))).toBe(true);
  });
});
