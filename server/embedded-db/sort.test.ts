import { Double, Int32, Long } from 'bson';
import { describe, expect, it } from 'vitest';
import type { Document } from './bson-value/document.ts';
import { compileSort, sortDocuments, sortKeyValues } from './sort.ts';

const idsOf = (documents: Iterable<Document>) => [...documents].map((document) => document._id);

describe('sortDocuments', () => {
  const rows: [name: string, spec: Document, documents: Document[], order: unknown[]][] = [
    [
      'numbers of all types',
      { a: 1 },
      [
        { _id: 1, a: new Double(2.5) },
        { _id: 2, a: new Int32(2) },
        { _id: 3, a: Long.fromInt(3) },
      ],
      [2, 1, 3],
    ],
    ['types in BSON order, missing as null', { a: 1 }, [{ _id: 1, a: 'x' }, { _id: 2, a: 1 }, { _id: 3 }], [3, 2, 1]],
    [
      'descending',
      { a: -1 },
      [
        { _id: 1, a: 1 },
        { _id: 2, a: 3 },
        { _id: 3, a: 2 },
      ],
      [2, 3, 1],
    ],
    [
      'by the second field where the first is equal',
      { a: 1, b: -1 },
      [
        { _id: 1, a: 1, b: 1 },
        { _id: 2, a: 1, b: 2 },
        { _id: 3, a: 0, b: 0 },
      ],
      [3, 2, 1],
    ],
    [
      'arrays by their lowest element when ascending',
      { a: 1 },
      [
        { _id: 1, a: [5, 9] },
        { _id: 2, a: 6 },
        { _id: 3, a: [1, 10] },
      ],
      [3, 1, 2],
    ],
    [
      'arrays by their highest element when descending',
      { a: -1 },
      [
        { _id: 1, a: [5, 9] },
        { _id: 2, a: 6 },
        { _id: 3, a: [1, 10] },
      ],
      [3, 1, 2],
    ],
    [
      'an empty array below null',
      { a: 1 },
      [
        { _id: 1, a: null },
        { _id: 2, a: [] },
      ],
      [2, 1],
    ],
    [
      'equal documents in the order they came',
      { a: 1 },
      [
        { _id: 2, a: 1 },
        { _id: 1, a: 1 },
        { _id: 3, a: 1 },
      ],
      [2, 1, 3],
    ],
    [
      'nested fields',
      { 'a.b': 1 },
      [
        { _id: 1, a: { b: 2 } },
        { _id: 2, a: [{ b: 3 }, { b: 1 }] },
      ],
      [2, 1],
    ],
  ];
  it.each(rows)('sorts %s', (_name, spec, documents, order) => {
    expect(idsOf(sortDocuments(documents, spec))).toEqual(order);
  });

  it('gives the same first documents with a limit as without, equal ones in order', () => {
    const documents = Array.from({ length: 1000 }, (_, _id) => ({ _id, a: (_id * 7919) % 101 }));
    const all = idsOf(sortDocuments(documents, { a: 1 }));
    expect(idsOf(sortDocuments(documents, { a: 1 }, { limit: 10 }))).toEqual(all.slice(0, 10));
  });

  it('refuses with code 292 what does not fit the memory', () => {
    const documents = Array.from({ length: 100 }, (_, _id) => ({ _id, text: 'x'.repeat(1000) }));
    const sort = () => sortDocuments(documents, { _id: 1 }, { memoryLimitBytes: 50_000 });
    expect(sort).toThrow(expect.objectContaining({ code: 292 }));
    expect(() => sortDocuments(documents, { _id: 1 }, { memoryLimitBytes: 500_000 })).not.toThrow();
  });
});

describe('compileSort', () => {
  it('gives the values a document is sorted by', () => {
    expect(sortKeyValues({ a: [3, 1], b: 'x' }, { a: 1, b: -1, c: 1 })).toEqual([1, 'x', null]);
  });

  const refusals: [Document, number][] = [
    [{ a: 2 }, 15975],
    [{ a: 'asc' }, 15975],
    [{ a: { b: 1 } }, 15974],
    [{ a: { $meta: 'textScore' } }, 238],
    [{ 'a.': 1 }, 40352],
    [{ $a: 1 }, 16410],
  ];
  it.each(refusals)('refuses %j by code %i', (spec, code) => {
    expect(() => compileSort(spec)).toThrow(expect.objectContaining({ code }));
  });
});
