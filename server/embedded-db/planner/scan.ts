import { type CollectionDefinition, ID_INDEX_SLOT } from '../catalog/definitions.ts';
import { collectionPrefix, prefixRange, recordIdOf } from '../storage/keys.ts';
import type { ReadView } from '../storage/store.ts';
import type { KeyInterval } from './index-bounds.ts';
import type { Plan } from './plan.ts';

/** A walk over a plan's candidates that can be left and taken up again, on another view of the store. */
export type Scan = {
  /** Record ids from where the last walk was left; each id comes once. Leaving the loop keeps the place. */
  recordIds(view: ReadView): Generator<number, void>;
};

export function createScan(collection: CollectionDefinition, plan: Plan): Scan {
  if (plan.kind === 'union') return createUnionScan(plan.branches.map((branch) => createScan(collection, branch)));
  if (plan.kind === 'collection') {
    const everything = prefixRange(collectionPrefix(collection.id));
    return createRangeScan('records', [everything], { isReverse: plan.isReverse, mayRepeat: false });
  }
  const { index, intervals, isExact } = plan.bounds;
  const mayRepeat = index.slot !== ID_INDEX_SLOT && index.arrays.includes(true);
  if (isExact && !mayRepeat) return createKeyScan(intervals, plan.isReverse);
  return createRangeScan('entries', intervals, { isReverse: plan.isReverse, mayRepeat, isUnique: index.unique });
}

/** Whole keys of a unique index are looked up, which costs half of walking to them. */
function createKeyScan(intervals: readonly KeyInterval[], isReverse: boolean): Scan {
  const left = isReverse ? [...intervals].reverse() : [...intervals];
  return {
    *recordIds(view) {
      for (let interval = left.shift(); interval; interval = left.shift()) {
        const value = view.get('entries', interval.start);
        if (value) yield recordIdOf(value);
      }
    },
  };
}

function createRangeScan(
  table: 'records' | 'entries',
  intervals: readonly KeyInterval[],
  options: { isReverse: boolean; mayRepeat: boolean; isUnique?: boolean },
): Scan {
  const { isReverse, mayRepeat, isUnique } = options;
  const left = isReverse ? [...intervals].reverse() : [...intervals];
  const seen = new Set<number>();
  return {
    *recordIds(view) {
      for (let interval = left[0]; interval; interval = left[0]) {
        for (const { key, value } of view.range(table, { ...interval, reverse: isReverse })) {
          left[0] = isReverse ? { ...interval, end: key } : { ...interval, start: justAfter(key) };
          const recordId = recordIdOf(isUnique ? value : key);
          if (mayRepeat && seen.has(recordId)) continue;
          if (mayRepeat) seen.add(recordId);
          yield recordId;
        }
        left.shift();
      }
    },
  };
}

function createUnionScan(branches: Scan[]): Scan {
  const left = [...branches];
  const seen = new Set<number>();
  return {
    *recordIds(view) {
      for (let branch = left[0]; branch; branch = left[0]) {
        for (const recordId of branch.recordIds(view)) {
          if (seen.has(recordId)) continue;
          seen.add(recordId);
          yield recordId;
        }
        left.shift();
      }
    },
  };
}

function justAfter(key: Buffer): Buffer {
  return Buffer.concat([key, Buffer.from([0])]);
}
