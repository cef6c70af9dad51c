import { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp, UUID } from 'mongodb';
import type { AnyDocument } from './embedded-db.ts';

/** A query as MongoDB's manual describes it: the `_id`s of the documents that `filter` finds among `documents`. */
export type QueryCase = [name: string, documents: AnyDocument[], filter: Record<string, unknown>, ids: unknown[]];

const id = new ObjectId('0123456789abcdef01234567');
const NUMBERS = [
  { _id: 1, v: new Int32(5) },
  { _id: 2, v: new Double(5) },
  { _id: 3, v: Long.fromNumber(5) },
  { _id: 4, v: Decimal128.fromString('5.0') },
  { _id: 5, v: new Double(5.5) },
  { _id: 6, v: '5' },
];
const TAGS = [
  { _id: 1, tags: ['red', 'blue'], sizes: [14, 21] },
  { _id: 2, tags: ['blue', 'red'], sizes: [10, 15] },
  { _id: 3, tags: 'red', sizes: 15 },
  { _id: 4, tags: [['red', 'blue'], 'green'], sizes: [] },
  { _id: 5, sizes: null },
];
const STOCK = [
  {
    _id: 1,
    instock: [
      { w: 'A', qty: 5 },
      { w: 'C', qty: 15 },
    ],
    size: { h: 14, w: 21 },
  },
  { _id: 2, instock: [{ w: 'C', qty: 5 }], size: { w: 21, h: 14 } },
  {
    _id: 3,
    instock: [
      { w: 'A', qty: 60 },
      { w: 'B', qty: 5 },
    ],
    size: { h: 14, w: 21, uom: 'cm' },
  },
  { _id: 4, instock: { w: 'A', qty: 5 } },
];
const NOTHING = [{ _id: 1, v: null }, { _id: 2 }, { _id: 3, v: 0 }, { _id: 4, v: [] }, { _id: 5, v: [null] }];
const KINDS = [
  { _id: 'int', v: new Int32(1) },
  { _id: 'double', v: new Double(1.5) },
  { _id: 'long', v: Long.fromNumber(2) },
  { _id: 'decimal', v: Decimal128.fromString('3') },
  { _id: 'string', v: 'x' },
  { _id: 'bool', v: true },
  { _id: 'date', v: new Date(0) },
  { _id: 'objectId', v: id },
  { _id: 'object', v: { a: 1 } },
  { _id: 'null', v: null },
  { _id: 'array', v: ['y'] },
  { _id: 'binData', v: new Binary(Buffer.from([1, 2])) },
  { _id: 'timestamp', v: new Timestamp({ t: 1, i: 1 }) },
  { _id: 'regex', v: /z/ },
  { _id: 'minKey', v: new MinKey() },
  { _id: 'maxKey', v: new MaxKey() },
];

const NUMBER_CASES: QueryCase[] = [
  ['equality compares numbers across their types', NUMBERS, { v: 5 }, [1, 2, 3, 4]],
  ['$gt compares numbers across their types', NUMBERS, { v: { $gt: Long.fromNumber(5) } }, [5]],
  ['$gte and $lt are one range', NUMBERS, { v: { $gte: 5, $lt: Decimal128.fromString('5.5') } }, [1, 2, 3, 4]],
  ['$in takes any of its values', NUMBERS, { v: { $in: ['5', 5.5] } }, [5, 6]],
  ['$nin takes none of its values', NUMBERS, { v: { $nin: ['5', 5] } }, [5]],
  ['$ne leaves out equal values', NUMBERS, { v: { $ne: 5 } }, [5, 6]],
  ['$mod divides whole numbers', NUMBERS, { v: { $mod: [2, 1] } }, [1, 2, 3, 4, 5]],
  ['a range holds for one type only', NUMBERS, { v: { $gt: '' } }, [6]],
  ['$bitsAllSet tests bits', NUMBERS, { v: { $bitsAllSet: 5 } }, [1, 2, 3, 4]],
  ['a large long is not rounded', [{ _id: 1, v: Long.fromString('9007199254740993') }], { v: 9007199254740992 }, []],
];
const ARRAY_CASES: QueryCase[] = [
  ['equality with a value looks into arrays', TAGS, { tags: 'red' }, [1, 2, 3]],
  ['equality with an array is exact or an element', TAGS, { tags: ['red', 'blue'] }, [1, 4]],
  ['$all needs all elements', TAGS, { tags: { $all: ['red', 'blue'] } }, [1, 2]],
  ['$size counts elements', TAGS, { tags: { $size: 2 } }, [1, 2, 4]],
  ['two limits may hold for two elements', TAGS, { sizes: { $gt: 15, $lt: 20 } }, [1]],
  ['$elemMatch wants one element for both limits', TAGS, { sizes: { $elemMatch: { $gt: 15, $lt: 20 } } }, []],
  ['a number in a path is an index', TAGS, { 'sizes.1': 15 }, [2]],
  ['$not turns a condition round', TAGS, { sizes: { $not: { $gt: 12 } } }, [4, 5]],
  ['$nor is none of them', TAGS, { $nor: [{ tags: 'red' }, { sizes: null }] }, [4]],
];
const DOCUMENT_CASES: QueryCase[] = [
  ['a path goes through arrays of documents', STOCK, { 'instock.qty': 60 }, [3]],
  ['two paths may hold for two elements', STOCK, { 'instock.w': 'A', 'instock.qty': 15 }, [1]],
  ['$elemMatch holds for one document', STOCK, { instock: { $elemMatch: { w: 'A', qty: 5 } } }, [1]],
  ['an index in a path chooses a document', STOCK, { 'instock.0.qty': { $lte: 5 } }, [1, 2]],
  ['an embedded document equals with its order', STOCK, { size: { h: 14, w: 21 } }, [1]],
  ['a path into a document ignores order', STOCK, { 'size.h': 14, 'size.w': 21 }, [1, 2, 3]],
  ['$exists finds fields', STOCK, { 'size.uom': { $exists: true } }, [3]],
  ['$or is any of them', STOCK, { $or: [{ 'size.uom': 'cm' }, { _id: 4 }] }, [3, 4]],
  ['$and is all of them', STOCK, { $and: [{ 'instock.w': 'A' }, { 'instock.w': 'B' }] }, [3]],
  ['$expr compares fields', STOCK, { $expr: { $gt: ['$size.w', '$size.h'] } }, [1, 2, 3]],
];
const NOTHING_CASES: QueryCase[] = [
  ['null finds null, missing and elements', NOTHING, { v: null }, [1, 2, 5]],
  ['$ne null finds values', NOTHING, { v: { $ne: null } }, [3, 4]],
  ['$exists false finds what is missing', NOTHING, { v: { $exists: false } }, [2]],
  ['$type null is not missing', NOTHING, { v: { $type: 'null' } }, [1, 5]],
  ['$in with null finds missing', NOTHING, { v: { $in: [null, 0] } }, [1, 2, 3, 5]],
  ['an empty array equals itself', NOTHING, { v: [] }, [4]],
  ['$gte null is null', NOTHING, { v: { $gte: null } }, [1, 2, 5]],
];
const TYPE_CASES: QueryCase[] = [
  ...KINDS.filter(({ _id }) => _id !== 'array' && _id !== 'string').map(
    ({ _id }): QueryCase => [`$type finds ${_id}`, KINDS, { v: { $type: _id } }, [_id]],
  ),
  ['$type string looks into arrays', KINDS, { v: { $type: 'string' } }, ['array', 'string']],
  ['$type array is the array', KINDS, { v: { $type: 'array' } }, ['array']],
  ['$type number is all numbers', KINDS, { v: { $type: 'number' } }, ['decimal', 'double', 'int', 'long']],
  ['$type takes several', KINDS, { v: { $type: ['bool', 9] } }, ['bool', 'date']],
  ['an ObjectId equals by value', KINDS, { v: new ObjectId(id.toHexString()) }, ['objectId']],
  ['bytes equal by content and subtype', KINDS, { v: new Binary(Buffer.from([1, 2])) }, ['binData']],
  ['bytes of another subtype differ', KINDS, { v: new Binary(Buffer.from([1, 2]), 5) }, []],
  ['dates compare', KINDS, { v: { $gte: new Date(-1), $lt: new Date(1) } }, ['date']],
  ['true is not 1', KINDS, { v: true }, ['bool']],
];
const TEXTS = [
  { _id: 1, v: 'Casement' },
  { _id: 2, v: 'casement\nwindow' },
  { _id: 3, v: ['a', 'Window'] },
  { _id: 4, v: 'ﬂügel' },
  { _id: 5, v: 5 },
];
const TEXT_CASES: QueryCase[] = [
  ['a pattern finds texts', TEXTS, { v: /^Case/ }, [1]],
  ['$regex with options', TEXTS, { v: { $regex: '^casement$', $options: 'im' } }, [1, 2]],
  ['a pattern looks into arrays', TEXTS, { v: /window/i }, [2, 3]],
  ['$not with a pattern', TEXTS, { v: { $not: /case/i } }, [3, 4, 5]],
  ['$in with a pattern', TEXTS, { v: { $in: [/ügel$/, 5] } }, [4, 5]],
  ['texts compare by their bytes', TEXTS, { v: { $gt: 'Z', $lt: 'd' } }, [2, 3]],
];
const UUIDS = ['00112233-4455-6677-8899-aabbccddeeff', '10112233-4455-6677-8899-aabbccddeeff'].map(
  (text) => new UUID(text),
);
const ID_CASES: QueryCase[] = [
  ['a UUID is found by value', UUIDS.map((_id) => ({ _id })), { _id: new UUID(UUIDS[0]) }, UUIDS.slice(0, 1)],
  [
    'a document is found as _id',
    [{ _id: { a: 1, b: 2 } }, { _id: { b: 2, a: 1 } }],
    { _id: { b: 2, a: 1 } },
    [{ b: 2, a: 1 }],
  ],
];

export const QUERY_CASES: QueryCase[] = [
  ...NUMBER_CASES,
  ...ARRAY_CASES,
  ...DOCUMENT_CASES,
  ...NOTHING_CASES,
  ...TYPE_CASES,
  ...TEXT_CASES,
  ...ID_CASES,
];
