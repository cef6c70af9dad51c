import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Double, Int32, serialize } from 'bson';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmbeddedDb } from '../../../server/embedded-db/start-embedded-db.ts';
import { startTestStore } from '../../support/embedded-db.ts';
import {
  bodySection,
  connectWire,
  msgFrame,
  sequenceSection,
  type WireConnection,
} from '../../support/embedded-db-wire.ts';

/** One element of every BSON type, written by hand where the package cannot write it any more. */
const ELEMENTS: Record<string, string> = {
  double: '01 64 00 182d4454fb210940',
  'negative zero': '01 64 00 0000000000000080',
  'not a number, with a payload': '01 64 00 010000000000f87f',
  string: '02 73 00 07000000 c3bc00e2989e 00',
  'document with keys that look like numbers': '03 6f 00 13000000 10 3200 01000000 10 3100 02000000 00',
  array: '04 61 00 12000000 10 3000 01000000 0a 3100 0a 3200 00',
  binary: '05 62 00 03000000 00 010203',
  'old binary': '05 62 00 07000000 02 03000000 010203',
  UUID: '05 62 00 10000000 04 00112233445566778899aabbccddeeff',
  undefined: '06 75 00',
  ObjectId: '07 69 00 0123456789abcdef01234567',
  boolean: '08 74 00 01',
  'date before 1970': '09 64 00 ffffffffffffffff',
  'date beyond what JavaScript knows': '09 64 00 ffffffffffffff7f',
  null: '0a 6e 00',
  pattern: '0b 72 00 5e61 00 696d 00',
  DBPointer: '0c 70 00 04000000 782e79 00 0123456789abcdef01234567',
  code: '0d 63 00 02000000 78 00',
  symbol: '0e 73 00 02000000 78 00',
  'code with scope': '0f 77 00 16000000 02000000 78 00 0c000000 10 7a 00 05000000 00',
  int32: '10 6e 00 ffffffff',
  timestamp: '11 74 00 0100000002000000',
  int64: '12 6c 00 ffffffffffffff7f',
  decimal128: '13 64 00 01000000000000000000000000003e30',
  MinKey: 'ff 6d 00',
  MaxKey: '7f 6d 00',
  DBRef: '03 72 00 22000000 02 2472656600 02000000 78 00 07 24696400 0123456789abcdef01234567 00',
  'key __proto__': '10 5f5f70726f746f5f5f 00 01000000',
};

const encoded = Object.entries(ELEMENTS).map(([name, hex], id): [string, Buffer] => [name, documentOf(id, hex)]);

const directory = mkdtempSync(join(tmpdir(), 'embedded-db-fidelity-'));
let store: EmbeddedDb;
let wire: WireConnection;

beforeAll(async () => {
  store = await startTestStore(directory);
  wire = await connectWire(store.uri);
});
afterAll(async () => {
  wire.close();
  await store.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** `{_id: <int32>, <element>}`. */
function documentOf(id: number, hex: string): Buffer {
  const element = Buffer.from(hex.replaceAll(' ', ''), 'hex');
  const idElement = Buffer.from([0x10, 0x5f, 0x69, 0x64, 0, id, 0, 0, 0]);
  const content = Buffer.concat([idElement, element, Buffer.from([0])]);
  const length = Buffer.alloc(4);
  length.writeInt32LE(content.length + 4);
  return Buffer.concat([length, content]);
}

async function insert(collection: string, document: Buffer): Promise<void> {
  const body = bodySection(serialize({ insert: collection, $db: 'test' }));
  const answer = await wire.exchange(msgFrame({ sections: [body, sequenceSection('documents', [document])] }));
  expect(answer?.includes(Buffer.from('writeErrors')), answer?.toString('latin1')).toBe(false);
}

/** The answer to a find by `_id`, as bytes. */
async function findBytes(collection: string, id: number): Promise<Buffer> {
  const body = { find: collection, filter: { _id: id }, $db: 'test' };
  return (await wire.exchange(msgFrame({ sections: [bodySection(serialize(body))] }))) ?? Buffer.alloc(0);
}

describe('a document comes back byte for byte', () => {
  it.each(encoded)('with %s', async (_name, document) => {
    await insert('plain', document);
    expect((await findBytes('plain', document[9] ?? 0)).includes(document)).toBe(true);
  });

  it.each(encoded)('with %s, through an index and an update beside it', async (_name, document) => {
    const id = document[9] ?? 0;
    await wire.command({
      createIndexes: 'updated',
      indexes: [{ key: { [document[12] === 0x5f ? 'x' : 'd']: 1 }, name: 'i' }],
      $db: 'test',
    });
    await insert('updated', document);
    const updates = [{ q: { _id: id }, u: { $set: { zz: new Int32(1) } } }];
    expect(await wire.command({ update: 'updated', updates, $db: 'test' })).toMatchObject({ nModified: 1 });
    const element = document.subarray(13, -1);
    expect((await findBytes('updated', id)).includes(element)).toBe(true);
  });

  it('after the store was stopped and started again', async () => {
    wire.close();
    await store.stop();
    store = await startTestStore(directory);
    wire = await connectWire(store.uri);
    for (const [name, document] of encoded) {
      const answer = await findBytes('plain', document[9] ?? 0);
      expect(answer.includes(document), name).toBe(true);
    }
  });
});

it('moves _id to the front, and makes one where there is none', async () => {
  await insert('ids', Buffer.from(serialize({ b: 1, _id: 5, a: 2 })));
  await insert('ids', Buffer.from(serialize({ b: 1 })));
  const { cursor } = await wire.command({ find: 'ids', sort: { b: 1 }, $db: 'test' });
  const keys = cursor.firstBatch.map((document: object) => Object.keys(document));
  expect(keys).toEqual([
    ['_id', 'b', 'a'],
    ['_id', 'b'],
  ]);
});

it('stores a replacement as it was sent', async () => {
  await insert('replaced', Buffer.from(serialize({ _id: 7, a: 1 })));
  const replacement = documentOf(7, '10 3900 01000000 01 6400 0000000000000040 10 3100 02000000');
  const bytes = Buffer.concat([Buffer.from([3]), Buffer.from('u\0'), replacement]);
  const q = Buffer.from(serialize({ q: { _id: 7 } }));
  const statement = Buffer.concat([q.subarray(0, -1), bytes, Buffer.from([0])]);
  statement.writeInt32LE(statement.length, 0);
  const sections = [
    bodySection(serialize({ update: 'replaced', $db: 'test' })),
    sequenceSection('updates', [statement]),
  ];
  await wire.exchange(msgFrame({ sections }));
  expect((await findBytes('replaced', 7)).includes(replacement)).toBe(true);
});

it('keeps the types of numbers in what it returns of a projection', async () => {
  await insert(
    'numbers',
    Buffer.from(serialize({ _id: 1, i: new Int32(1), d: new Double(1), n: { d: new Double(2) } })),
  );
  const body = { find: 'numbers', projection: { d: 1, n: 1 }, $db: 'test' };
  const answer = await wire.exchange(msgFrame({ sections: [bodySection(serialize(body))] }));
  expect(answer?.includes(Buffer.from(serialize({ _id: 1, d: new Double(1), n: { d: new Double(2) } })))).toBe(true);
});
