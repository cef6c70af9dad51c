import { Int32 } from 'bson';
import { describe, expect, it } from 'vitest';
import type { Document } from './bson-value/document.ts';
import { compileFilter, type MatchPosition } from './match/compile-filter.ts';
import { compileAddFields, compileProjection } from './project.ts';

const SHOP = {
  _id: 1,
  name: 'x',
  tags: ['a', 'b', 'c'],
  box: { w: 1, h: 2 },
  rows: [{ q: 1, r: 2 }, 5, { r: 3 }, [{ q: 9, r: 8 }]],
};

describe('compileProjection', () => {
  const rows: [spec: Document, projected: Document][] = [
    [{}, SHOP],
    [{ name: 1 }, { _id: 1, name: 'x' }],
    [{ name: 1, _id: 0 }, { name: 'x' }],
    [
      { box: true, name: new Int32(1) },
      { _id: 1, name: 'x', box: { w: 1, h: 2 } },
    ],
    [{ 'box.w': 1 }, { _id: 1, box: { w: 1 } }],
    [{ box: { w: 1 } }, { _id: 1, box: { w: 1 } }],
    [{ 'rows.q': 1 }, { _id: 1, rows: [{ q: 1 }, {}, [{ q: 9 }]] }],
    [{ 'name.q': 1, missing: 1 }, { _id: 1 }],
    [{ _id: 1 }, { _id: 1 }],
    [{ _id: 0, rows: 0, tags: 0, box: 0 }, { name: 'x' }],
    [
      { 'rows.r': 0, tags: 0, 'box.w': 0, 'name.q': 0 },
      { _id: 1, name: 'x', box: { h: 2 }, rows: [{ q: 1 }, 5, {}, [{ q: 9 }]] },
    ],
    [
      { tags: { $slice: 2 }, rows: 0, box: 0 },
      { _id: 1, name: 'x', tags: ['a', 'b'] },
    ],
    [
      { tags: { $slice: -1 }, name: 1 },
      { _id: 1, name: 'x', tags: ['c'] },
    ],
    [
      { tags: { $slice: [1, 1] }, name: 1 },
      { _id: 1, name: 'x', tags: ['b'] },
    ],
    [
      { tags: { $slice: [-5, 2] }, name: 1 },
      { _id: 1, name: 'x', tags: ['a', 'b'] },
    ],
    [
      { tags: { $slice: [-2, 5] }, name: 1 },
      { _id: 1, name: 'x', tags: ['b', 'c'] },
    ],
    [{ rows: { $elemMatch: { r: 3 } } }, { _id: 1, rows: [{ r: 3 }] }],
    [{ rows: { $elemMatch: { r: 99 } } }, { _id: 1 }],
    [
      { rows: { $elemMatch: { r: 3 } }, name: 1 },
      { _id: 1, name: 'x', rows: [{ r: 3 }] },
    ],
    [{ _id: 0, area: { $multiply: ['$box.w', '$box.h'] } }, { area: new Int32(2) }],
    [
      { name: 1, 'box.label': '$name' },
      { _id: 1, name: 'x', box: { label: 'x' } },
    ],
    [
      { name: 1, kind: 'shop' },
      { _id: 1, name: 'x', kind: 'shop' },
    ],
    [
      { name: 1, gone: '$missing' },
      { _id: 1, name: 'x' },
    ],
    [{ constructor: 1 }, { _id: 1 }],
  ];
  it.each(rows)('%j gives %j', (spec, projected) => {
    const result = compileProjection(spec)(SHOP);
    expect(result).toEqual(projected);
    expect(Object.keys(result)).toEqual(Object.keys(projected));
  });

  it('a.$ gives the element the filter matched', () => {
    const position: MatchPosition = {};
    compileFilter({ 'rows.r': 3 })(SHOP, position);
    expect(compileProjection({ 'rows.$': 1 })(SHOP, position)).toEqual({ _id: 1, rows: [{ r: 3 }] });
  });

  it('a.$ is refused when the filter met no array', () => {
    expect(() => compileProjection({ 'rows.$': 1 })(SHOP, {})).toThrow(expect.objectContaining({ code: 51246 }));
  });

  const refusals: [Document, number][] = [
    [{ a: 1, b: 0 }, 31254],
    [{ a: 0, b: 1 }, 31253],
    [{ a: 0, b: '$c' }, 31252],
    [{ a: 1, 'a.b': 1 }, 31249],
    [{ 'a.b': 1, a: 1 }, 31250],
    [{ a: {} }, 51270],
    [{ 'a.$': 0 }, 31395],
    [{ 'a..b': 1 }, 40352],
    [{ $a: 1 }, 16410],
    [{ a: { $slice: 'x' } }, 28667],
    [{ a: { $slice: [1, 0] } }, 28724],
    [{ a: { $elemMatch: 1 } }, 31274],
    [{ 'a.b': { $elemMatch: { c: 1 } } }, 31275],
    [{ a: { $meta: 'textScore' } }, 238],
    [{ a: { $unknown: 1 } }, 168],
  ];
  it.each(refusals)('%j is refused by code %i', (spec, code) => {
    expect(() => compileProjection(spec)).toThrow(expect.objectContaining({ code }));
  });
});

describe('compileAddFields', () => {
  const rows: [spec: Document, before: Document, after: Document][] = [
    [{ b: 1 }, { a: 1 }, { a: 1, b: 1 }],
    [
      { a: '$b', b: '$a' },
      { a: 1, b: 2 },
      { a: 2, b: 1 },
    ],
    [{ 'a.c': 3 }, { a: { b: 1 } }, { a: { b: 1, c: 3 } }],
    [{ a: { c: true } }, { a: { b: 1 } }, { a: { b: 1, c: true } }],
    [{ 'a.c': 3 }, { a: [{ b: 1 }, {}] }, { a: [{ b: 1, c: 3 }, { c: 3 }] }],
    [{ 'a.c': 3 }, { a: 5 }, { a: { c: 3 } }],
    [{ a: '$$REMOVE' }, { a: 1, b: 2 }, { b: 2 }],
    [{ a: [1, '$b'] }, { b: 2 }, { b: 2, a: [1, 2] }],
  ];
  it.each(rows)('%j turns %j into %j', (spec, before, after) => {
    const result = compileAddFields(spec)(before);
    expect(result).toEqual(after);
    expect(Object.keys(result)).toEqual(Object.keys(after));
  });
});
