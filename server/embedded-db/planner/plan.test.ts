import { Binary, Int32 } from 'bson';
import { describe, expect, it } from 'vitest';
import type { Document } from '../bson-value/document.ts';
import type { CollectionDefinition } from '../catalog/definitions.ts';
import { parseIndexSpec } from '../catalog/index-spec.ts';
import { compileSort } from '../sort.ts';
import { type Plan, planQuery } from './plan.ts';

type Spec = { key: Document; arrays?: boolean[]; [option: string]: unknown };

function collectionWith(...specs: Spec[]): CollectionDefinition {
  const indexes = specs.map(({ arrays, ...spec }, at) => {
    const index = parseIndexSpec({ name: Object.keys(spec.key).join(), ...spec });
    return { ...index, slot: at + 1, arrays: arrays ?? index.arrays };
  });
  return { id: 1, namespace: 'a.b', uuid: new Binary(), options: {}, indexes, nextSlot: 9 };
}

function describePlan(plan: Plan): string {
  if (plan.kind === 'collection') return 'collection';
  if (plan.kind === 'union') return plan.branches.map(describePlan).join(' | ');
  const { index, bounded, intervals } = plan.bounds;
  const sorted = plan.givesSort ? ` sorted${plan.isReverse ? ' backwards' : ''}` : '';
  return `${index.name}: ${bounded} bounded, ${intervals.length} intervals${sorted}`;
}

function plan(collection: CollectionDefinition, filter: Document, sort?: Document): string {
  return describePlan(planQuery(collection, { filter, ...(sort && { sort: compileSort(sort).fields }) }));
}

const one = new Int32(1);
const down = new Int32(-1);

describe('the planner', () => {
  const collection = collectionWith(
    { key: { a: one } },
    { key: { a: one, b: down, c: one } },
    { key: { u: one }, unique: true },
    { key: { 'l.x': one, 'l.y': one }, arrays: [true, true] },
  );

  it.each<[string, Document, Document | undefined, string]>([
    ['takes the shortest index that does', { a: 1 }, undefined, 'a: 1 bounded, 1 intervals'],
    ['prefers more bounded fields', { a: 1, b: { $gt: 1 } }, undefined, 'a,b,c: 2 bounded, 1 intervals'],
    ['stops behind a range', { a: 1, b: { $gt: 1 }, c: 1 }, undefined, 'a,b,c: 2 bounded, 1 intervals'],
    [
      'goes on behind an $in',
      { a: { $in: [1, 2] }, b: { $in: [1, 2, 3] }, c: 1 },
      undefined,
      'a,b,c: 3 bounded, 6 intervals',
    ],
    ['prefers one document to many', { a: 1, u: 1 }, undefined, 'u: 1 bounded, 1 intervals'],
    ['lets an index give the sort', { a: 1 }, { b: down }, 'a,b,c: 1 bounded, 1 intervals sorted'],
    [
      'walks it backwards for the other sort',
      { a: 1 },
      { b: one, c: down },
      'a,b,c: 1 bounded, 1 intervals sorted backwards',
    ],
    ['does not take it for a mixed sort', { a: 1 }, { b: one, c: one }, 'a: 1 bounded, 1 intervals'],
    ['sorts by an index alone', {}, { u: down }, 'u: 0 bounded, 1 intervals sorted backwards'],
    ['scans what no index knows', { z: 1 }, undefined, 'collection'],
    ['finds nothing without a look', { a: { $in: [] } }, undefined, 'a: 1 bounded, 0 intervals'],
    ['looks $and up too', { $and: [{ a: 1 }, { b: 2 }] }, undefined, 'a,b,c: 2 bounded, 1 intervals'],
    [
      'unites the branches of an $or',
      { $or: [{ a: 1 }, { u: 2 }] },
      undefined,
      'a: 1 bounded, 1 intervals | u: 1 bounded, 1 intervals',
    ],
    ['scans when one branch has no index', { $or: [{ a: 1 }, { z: 2 }] }, undefined, 'collection'],
    ['cannot look up what is not', { a: { $ne: 1 } }, undefined, 'collection'],
    ['bounds one field below an array', { 'l.x': 1, 'l.y': 2 }, undefined, 'l.x,l.y: 1 bounded, 1 intervals'],
    [
      'bounds both for one element',
      { l: { $elemMatch: { x: 1, y: 2 } } },
      undefined,
      'l.x,l.y: 2 bounded, 1 intervals',
    ],
    ['does not sort by an array', {}, { 'l.x': one }, 'collection'],
  ])('%s', (_name, filter, sort, expected) => {
    expect(plan(collection, filter, sort)).toBe(expected);
  });
});

describe('a partial index', () => {
  const collection = collectionWith({
    key: { a: one },
    partialFilterExpression: { n: { $gt: 5 }, on: true, e: { $exists: true } },
  });

  it.each<[boolean, Document]>([
    [true, { a: 1, n: 6, on: true, e: 1 }],
    [true, { a: 1, n: { $gt: 5 }, on: true, e: { $gt: 0 } }],
    [true, { a: 1, n: { $gte: 7, $lt: 9 }, on: true, e: { $exists: true } }],
    [true, { $and: [{ a: 1 }, { n: { $in: [6, 7] } }, { on: true }], e: 'x' }],
    [false, { a: 1, n: { $gte: 5 }, on: true, e: 1 }],
    [false, { a: 1, n: { $in: [5, 6] }, on: true, e: 1 }],
    [false, { a: 1, n: { $lt: 9 }, on: true, e: 1 }],
    [false, { a: 1, n: 6, e: 1 }],
    [false, { a: 1, n: 6, on: true, e: null }],
    [false, { $or: [{ a: 1, n: 6, on: true, e: 1 }, { a: 2 }] }],
  ])('is used: %s, for %j', (isUsed, filter) => {
    expect(plan(collection, filter).startsWith('a: 1')).toBe(isUsed);
  });
});

describe('a sparse index', () => {
  const collection = collectionWith({ key: { a: one }, sparse: true });

  it.each<[boolean, Document]>([
    [true, { a: 1 }],
    [true, { a: { $gt: 1 } }],
    [true, { a: { $in: [1, 2] } }],
    [false, { a: null }],
    [false, { a: { $in: [1, null] } }],
    [false, { a: { $exists: false } }],
  ])('is used: %s, for %j', (isUsed, filter) => {
    expect(plan(collection, filter).startsWith('a: 1')).toBe(isUsed);
  });

  it('does not give a sort, which would leave documents out', () => {
    expect(plan(collection, {}, { a: one })).toBe('collection');
  });
});
