import { serialize } from 'bson';
import { describe, expect, it } from 'vitest';
import { MalformedMessage } from './frame-splitter.ts';
import { requireShallow } from './nesting.ts';
import { rawArrayField, rawDocumentField, rawElements } from './raw-bson.ts';
import { rawArray, rawDocument, rawElement, rawFields, withIdFirst } from './raw-write.ts';

const encode = (document: object) => Buffer.from(serialize(document));

describe('raw elements', () => {
  it('are the keys of a document in their order, integer-like ones too', () => {
    const bytes = Buffer.concat(
      rawDocument([rawElement(10, '2', []), rawElement(10, '1', []), rawElement(10, 'a', [])]),
    );
    expect(Array.from(rawElements(bytes), ({ key }) => key)).toEqual(['2', '1', 'a']);
  });

  it.each([
    ['an unknown type', (bytes: Buffer) => bytes.writeUInt8(0x21, 4)],
    ['a text longer than the document', (bytes: Buffer) => bytes.writeInt32LE(1_000, 7)],
    ['a text of negative length', (bytes: Buffer) => bytes.writeInt32LE(-5, 7)],
    ['no end', (bytes: Buffer) => bytes.writeUInt8(1, bytes.length - 1)],
    ['a length of its own that is too long', (bytes: Buffer) => bytes.writeInt32LE(bytes.length + 1, 0)],
  ])('refuse %s', (_name, damage) => {
    const bytes = encode({ a: 'text' });
    damage(bytes);
    expect(() => Array.from(rawElements(bytes))).toThrow(MalformedMessage);
  });

  it('find documents and arrays of documents, and nothing else', () => {
    const bytes = encode({ list: [{ a: 1 }, { b: 2 }], mixed: [{ a: 1 }, 2], inner: { c: 3 } });
    expect(rawArrayField(bytes, 'list')).toEqual([encode({ a: 1 }), encode({ b: 2 })]);
    expect(rawArrayField(bytes, 'mixed')).toBeUndefined();
    expect(rawDocumentField(bytes, 'inner')).toEqual(encode({ c: 3 }));
    expect(rawDocumentField(bytes, 'list')).toBeUndefined();
  });
});

describe('raw writing', () => {
  it('makes the bytes that bson makes', () => {
    const batch = rawArray([encode({ a: 1 }), encode({ b: 2 })]);
    const bytes = Buffer.concat(rawDocument([rawElement(4, 'list', batch), rawFields(encode({ ok: 1, ns: 'x.y' }))]));
    expect(bytes).toEqual(encode({ list: [{ a: 1 }, { b: 2 }], ok: 1, ns: 'x.y' }));
  });

  it('moves _id to the front and leaves a document alone where it is', () => {
    const first = encode({ _id: 1, a: 2 });
    expect(withIdFirst(encode({ a: 2, _id: 1 }))).toEqual(first);
    expect(withIdFirst(first)).toBe(first);
    expect(withIdFirst(encode({ a: 2 }))).toEqual(encode({ a: 2 }));
  });
});

it('allows 200 levels and refuses 201, however much stands beside them', () => {
  const nested = (levels: number): object => (levels === 1 ? {} : { pad: 'x'.repeat(10), n: nested(levels - 1) });
  expect(() => requireShallow(encode(nested(200)))).not.toThrow();
  expect(() => requireShallow(encode(nested(201)))).toThrow(/nested object depth/);
});
