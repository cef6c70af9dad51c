import { collectionPrefix, prefixRange, recordIdOf } from './keys.ts';
import type { ReadView } from './store.ts';

/** Gives out record ids, each collection's own and ever larger, so that an unsorted read shows the order of insertion. */
export type RecordIds = { next(view: ReadView, collectionId: number): number };

/** Remembers the last id of each collection; an id given to a transaction that was undone is simply never used. */
export function createRecordIds(): RecordIds {
  const last = new Map<number, number>();
  return {
    next(view, collectionId) {
      const next = (last.get(collectionId) ?? lastStored(view, collectionId)) + 1;
      last.set(collectionId, next);
      return next;
    },
  };
}

function lastStored(view: ReadView, collectionId: number): number {
  const range = { ...prefixRange(collectionPrefix(collectionId)), reverse: true };
  for (const { key } of view.range('records', range)) return recordIdOf(key);
  return 0;
}
