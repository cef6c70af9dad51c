import { BSONRegExp, ObjectId } from 'bson';
import { describe, expect, it } from 'vitest';
import type { Document } from '../bson-value/document.ts';
import { compileUpdate } from './compile-update.ts';
import { upsertDocument } from './upsert-document.ts';

describe('upsertDocument', () => {
  const rows: [filter: Document, update: Document, inserted: Document][] = [
    [{ _id: 1, a: 2 }, { $set: { b: 3 } }, { _id: 1, a: 2, b: 3 }],
    [{ _id: 1, 'a.b': { $eq: 2 } }, { $set: { 'a.c': 3 } }, { _id: 1, a: { b: 2, c: 3 } }],
    [{ _id: 1 }, { $setOnInsert: { a: 1 }, $inc: { n: 1 } }, { _id: 1, a: 1, n: 1 }],
    [{ a: 1 }, { $setOnInsert: { _id: 5 } }, { _id: 5, a: 1 }],
    [{ $and: [{ _id: 1 }, { a: 2 }], b: { $gt: 3 } }, { $set: { c: 4 } }, { _id: 1, a: 2, c: 4 }],
    [{ _id: { $in: [1] }, $or: [{ a: 2 }] }, { $set: { c: 4 } }, { _id: 1, a: 2, c: 4 }],
    [{ _id: 1, a: new BSONRegExp('x'), $or: [{ b: 1 }, { b: 2 }] }, { $set: { c: 4 } }, { _id: 1, c: 4 }],
    [{ _id: 1, a: 2 }, { b: 3 }, { _id: 1, b: 3 }],
    [{ a: 2 }, { _id: 9, b: 3 }, { _id: 9, b: 3 }],
  ];
  it.each(rows)('of filter %j and update %j is %j', (filter, update, inserted) => {
    const document = upsertDocument(filter, compileUpdate(update));
    expect(document).toEqual(inserted);
    expect(Object.keys(document)[0]).toBe('_id');
  });

  it('makes an ObjectId, put first, when nobody names an _id', () => {
    const document = upsertDocument({ a: 1 }, compileUpdate({ $set: { b: 2 } }));
    expect(document._id).toBeInstanceOf(ObjectId);
    expect(Object.keys(document)).toEqual(['_id', 'a', 'b']);
  });

  const refusals: [filter: Document, update: Document, code: number][] = [
    [{ a: 1, $and: [{ a: 2 }] }, { $set: { b: 1 } }, 54],
    [{ a: 1, 'a.b': 2 }, { $set: { b: 1 } }, 40],
    [{ _id: 1 }, { $set: { _id: 2 } }, 66],
    [{ _id: 1 }, { _id: 2 }, 66],
    [{ a: 1 }, { $set: { 'a.b': 1 } }, 28],
  ];
  it.each(refusals)('of filter %j and update %j is refused by code %i', (filter, update, code) => {
    expect(() => upsertDocument(filter, compileUpdate(update))).toThrow(expect.objectContaining({ code }));
  });
});
