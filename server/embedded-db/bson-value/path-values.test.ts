import { describe, expect, it } from 'vitest';
import type { Document } from './document.ts';
import { indexTuples } from './index-tuples.ts';
import { getPathValues, type PathValue } from './path-values.ts';

const at = (value: unknown, arrayIndex: number): PathValue => ({ value, arrayIndex });

describe('getPathValues sees what a query sees', () => {
  const cases: [string, Document, string, PathValue[]][] = [
    ['a field', { a: 1 }, 'a', [{ value: 1 }]],
    ['a missing field', { a: 1 }, 'b', [{ value: undefined }]],
    ['a field under a scalar', { a: 1 }, 'a.b', [{ value: undefined }]],
    ['no inherited property', { a: 1 }, 'constructor', [{ value: undefined }]],
    ['elements, then the array', { a: [1, 2] }, 'a', [at(1, 0), at(2, 1), { value: [1, 2] }]],
    ['only the empty array', { a: [] }, 'a', [{ value: [] }]],
    ['nothing under scalars in an array', { a: [4, 5] }, 'a.b', []],
    ['missing in a document of an array', { a: [{ b: 1 }, 3, {}] }, 'a.b', [at(1, 0), at(undefined, 2)]],
    [
      'the outermost index for nested arrays',
      { a: [{ b: 5 }, { b: [9, 11] }] },
      'a.b',
      [at(5, 0), at(9, 1), at(11, 1), at([9, 11], 1)],
    ],
    ['an element by number, not looked into', { a: [5, [2, 4]] }, 'a.1', [{ value: [2, 4] }]],
    ['a number as index and as field name', { a: [5, { 1: 4 }] }, 'a.1', [at(4, 1), { value: { 1: 4 } }]],
    ['a path on from a number', { a: [{ b: 1 }] }, 'a.0.b', [at(undefined, 0), { value: 1 }]],
    ['numbers through arrays of arrays', { a: [[1, [7]]] }, 'a.0.1', [{ value: 7, arrayIndex: 0 }, { value: [7] }]],
  ];
  it.each(cases)('%s', (_name, document, path, expected) => {
    expect(getPathValues(document, path)).toEqual(expected);
  });
});

describe('indexTuples makes the entries of an index', () => {
  const cases: [string, Document, string[], unknown[][], boolean][] = [
    ['one for a plain document', { a: 1, b: 2 }, ['a', 'b'], [[1, 2]], false],
    ['null for a missing field', { a: 1 }, ['a', 'b'], [[1, null]], false],
    [
      'one for each element',
      { a: [1, 2], b: 3 },
      ['a', 'b'],
      [
        [1, 3],
        [2, 3],
      ],
      true,
    ],
    ['undefined for an empty array', { a: [] }, ['a'], [[undefined]], true],
    ['null below an empty array', { a: [] }, ['a.b'], [[null]], true],
    ['null for a scalar where a document is needed', { a: [{ b: 1 }, 5] }, ['a.b'], [[1], [null]], true],
    [
      'fields of the same element together',
      { a: [{ x: 1, y: 2 }, { x: 3 }] },
      ['a.x', 'a.y'],
      [
        [1, 2],
        [3, null],
      ],
      true,
    ],
    ['an inner array taken whole', { a: [[1, 2]] }, ['a'], [[[1, 2]]], true],
    ['arrays below arrays', { a: [{ b: [1, 2] }, { b: 3 }] }, ['a.b'], [[1], [2], [3]], true],
    ['one element by number', { a: [{ b: 1 }, { b: 2 }] }, ['a.1.b'], [[2]], false],
  ];
  it.each(cases)('%s', (_name, document, paths, values, multikey) => {
    const result = indexTuples(document, paths);
    expect(result.tuples.map((tuple) => tuple.values)).toEqual(values);
    expect(result.multikey).toBe(multikey);
  });

  it('says whether any field was found, for sparse indexes', () => {
    expect(indexTuples({ a: 1 }, ['a', 'b']).tuples[0]?.found).toBe(true);
    expect(indexTuples({ c: 1 }, ['a', 'b']).tuples[0]?.found).toBe(false);
    expect(indexTuples({ a: null }, ['a']).tuples[0]?.found).toBe(true);
    expect(indexTuples({ a: [] }, ['a']).tuples[0]?.found).toBe(true);
  });

  it('refuses two different arrays in one index', () => {
    expect(() => indexTuples({ a: [1], b: [2] }, ['a', 'b'])).toThrow(expect.objectContaining({ code: 171 }));
  });

  it('refuses a number that is an index and a field name at once', () => {
    expect(() => indexTuples({ a: [{ 0: 1 }] }, ['a.0'])).toThrow(expect.objectContaining({ code: 16746 }));
  });
});
