import { afterAll, describe, expect, it } from 'vitest';
import type { CollectionDefinition, IndexDefinition } from '../../../server/embedded-db/catalog/definitions.ts';
import type { KeyInterval } from '../../../server/embedded-db/planner/index-bounds.ts';
import { type Plan, planQuery } from '../../../server/embedded-db/planner/plan.ts';
import { openFuzzStore, type Planner } from '../../support/embedded-db-fuzz-run.ts';

const SEEDS = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 1065, 1121];

const fuzz = openFuzzStore();
afterAll(() => fuzz.close());

describe('an index gives what a scan gives', () => {
  it.each(SEEDS)('for the documents, indexes and queries of seed %i', async (seed) => {
    const { complaints } = await fuzz.compare(seed, planQuery);
    expect(complaints).toEqual([]);
  });

  it('with every kind of plan among the queries', async () => {
    const met = new Set<string>();
    for (const seed of SEEDS) for (const plan of (await fuzz.compare(seed, planQuery)).plans) met.add(plan);
    expect([...met].sort()).toEqual(['collection', 'index', 'sorted by index', 'union']);
  });
});

describe('the comparison notices a planner that', () => {
  const broken: [string, Planner][] = [
    [
      'forgets the last value of an $in',
      (collection, request) => changeIntervals(planQuery(collection, request), withoutLast),
    ],
    [
      'leaves out the upper end of a range',
      (collection, request) => changeIntervals(planQuery(collection, request), cutEnds),
    ],
    ['does not know of arrays', onChangedIndexes((index) => ({ ...index, arrays: index.arrays.map(() => false) }))],
    ['uses partial indexes always', onChangedIndexes((index) => ({ ...index, partialFilterExpression: undefined }))],
    ['uses sparse indexes always', onChangedIndexes((index) => ({ ...index, sparse: false }))],
    ['takes cut keys for sorted ones', onChangedIndexes((index) => ({ ...index, hasCutKeys: false }))],
    ['walks every index forwards', (collection, request) => forwards(planQuery(collection, request))],
    ['answers an $or with one branch', (collection, request) => firstBranch(planQuery(collection, request))],
  ];

  it.each(broken)('%s', async (_name, planner) => {
    let complaints: string[] = [];
    for (const seed of SEEDS) if (complaints.length === 0) complaints = (await fuzz.compare(seed, planner)).complaints;
    expect(complaints).not.toEqual([]);
  });
});

function onChangedIndexes(change: (index: IndexDefinition) => IndexDefinition): Planner {
  return (collection, request) => {
    const changed: CollectionDefinition = { ...collection, indexes: collection.indexes.map(change) };
    const hint = request.hint && 'slot' in request.hint ? change(request.hint) : request.hint;
    return planQuery(changed, { ...request, ...(hint && { hint }) });
  };
}

function changeIntervals(plan: Plan, change: (intervals: KeyInterval[]) => KeyInterval[]): Plan {
  if (plan.kind !== 'index') return plan;
  return { ...plan, bounds: { ...plan.bounds, intervals: change(plan.bounds.intervals) } };
}

function withoutLast(intervals: KeyInterval[]): KeyInterval[] {
  return intervals.length > 1 ? intervals.slice(0, -1) : intervals;
}

/** The end of a range lies just behind its last value: one less, and that value is out. */
function cutEnds(intervals: KeyInterval[]): KeyInterval[] {
  return intervals.map(({ start, end }) => {
    const earlier = Buffer.from(end);
    earlier[earlier.length - 1] = (earlier.at(-1) ?? 1) - 1;
    return { start, end: Buffer.compare(start, earlier) < 0 ? earlier : end };
  });
}

function forwards(plan: Plan): Plan {
  return plan.kind === 'index' ? { ...plan, isReverse: false } : plan;
}

function firstBranch(plan: Plan): Plan {
  return plan.kind === 'union' ? { ...plan, branches: plan.branches.slice(0, 1) } : plan;
}
