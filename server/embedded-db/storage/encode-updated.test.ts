import { deserialize, Int32, serialize } from 'bson';
import { expect, it } from 'vitest';
import type { Document } from '../bson-value/document.ts';
import { rawDocument, rawElement, rawFields } from '../wire/raw-write.ts';
import { decodeDocument, encodeDocument } from './codec.ts';
import { encodeUpdated } from './encode-updated.ts';

/** `{_id, 2: .., 1: .., u: undefined, in: {b: .., 9: .., 3: ..}}`, as no JavaScript object can hold it. */
const inner = [rawFields(serialize({ b: 1 })), rawElement(10, '9', []), rawElement(10, '3', [])];
const bytes = Buffer.concat(
  rawDocument([
    rawFields(serialize({ _id: 1 })),
    rawElement(10, '2', []),
    rawElement(10, '1', []),
    rawElement(6, 'u', []),
    rawElement(3, 'in', rawDocument(inner)),
  ]),
);

function update(change: (document: Document) => Document): Buffer {
  const document = decodeDocument(bytes);
  return encodeUpdated(change(structuredCloneOf(document)), { document, bytes });
}

/** Copies documents and arrays, as an update does, and leaves values what they are. */
function structuredCloneOf(document: Document): Document {
  const nested = document.in;
  return { ...document, ...(typeof nested === 'object' && { in: { ...nested } }) };
}

it('gives the same bytes when nothing changed', () => {
  expect(update((document) => document)).toEqual(bytes);
});

it('keeps order and types around a change, and appends what is new', () => {
  const next = update((document) => ({ ...document, n: new Int32(5) }));
  expect(next.subarray(4, bytes.length - 1)).toEqual(bytes.subarray(4, -1));
  expect(deserialize(next).n).toBe(5);
});

it('leaves out what was removed', () => {
  const next = update(({ u: _removed, ...rest }) => rest);
  expect(next.includes(Buffer.from([6, 0x75, 0]))).toBe(false);
  expect(next.length).toBe(bytes.length - 3);
});

it('changes a value within a document and keeps its neighbours', () => {
  const next = update((document) => ({ ...document, in: { ...(document.in ?? {}), b: 'changed' } }));
  const expected = Buffer.concat(rawDocument([rawFields(serialize({ b: 'changed' })), ...inner.slice(1)]));
  expect(next.includes(expected)).toBe(true);
});

it('puts _id first, even before keys that look like numbers', () => {
  const document = decodeDocument(encodeDocument({ _id: 1 }));
  const next = encodeUpdated({ 5: true, _id: document._id }, { document, bytes: encodeDocument(document) });
  expect(next.subarray(5, 8).toString()).toBe('_id');
});
