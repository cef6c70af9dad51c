import { setImmediate } from 'node:timers/promises';
import type { Catalog } from '../catalog/catalog.ts';
import type { CollectionDefinition } from '../catalog/definitions.ts';
import { MongoError } from '../errors.ts';
import type { Matcher } from '../match/compile-filter.ts';
import { type Match, matchingDocuments, type ScanCounts } from '../planner/matching-documents.ts';
import type { Plan } from '../planner/plan.ts';
import { createScan } from '../planner/scan.ts';
import type { ReadView } from '../storage/store.ts';
import { type CursorSource, createBatch, type Reading } from './cursor-source.ts';

/** How long a scan may hold the process before other connections get their turn. */
const SLICE_MS = 10;

export type ScanQuery = { collection: CollectionDefinition; plan: Plan; matcher: Matcher };

/**
 * Walks all matches in slices of a few milliseconds, until `visit` returns false. It may be called again, on a later view, to
 * go on behind the last match. Throws QueryPlanKilled (175) when the plan does not hold any more: its collection or index was
 * dropped meanwhile, or the index got its first array.
 */
export function createMatchWalk(catalog: Catalog, query: ScanQuery, counts?: ScanCounts) {
  const scan = createScan(query.collection, query.plan);
  return async ({ view, deadline }: Reading, visit: (match: Match) => boolean): Promise<void> => {
    const walkSlice = (): 'sliced' | 'over' => {
      const sliceEnd = performance.now() + SLICE_MS;
      let isSliced = false;
      const shouldPause = () => {
        isSliced = performance.now() > sliceEnd;
        return isSliced;
      };
      const parts = { scan, matcher: query.matcher, deadline, shouldPause, ...(counts && { counts }) };
      for (const match of matchingDocuments(view, query.collection, parts)) if (!visit(match)) return 'over';
      return isSliced ? 'sliced' : 'over';
    };
    requireStillValid(catalog, view, query);
    while (walkSlice() === 'sliced') await setImmediate();
  };
}

/** A cursor over documents in the order in which the plan finds them. */
export function createScanSource(
  catalog: Catalog,
  query: ScanQuery & { skip: number; limit: number; encode: (match: Match) => Buffer },
): CursorSource {
  const walk = createMatchWalk(catalog, query);
  let toSkip = query.skip;
  let left = query.limit;
  let heldBack: Buffer | undefined;
  return {
    async next(limit, reading) {
      const batch = createBatch(limit);
      const take = (document: Buffer): boolean => {
        heldBack = batch.add(document) ? undefined : document;
        if (!heldBack) left -= 1;
        return !heldBack && left > 0;
      };
      const wantsMore = heldBack ? take(heldBack) : true;
      if (wantsMore) {
        await walk(reading, (match) => {
          if (toSkip === 0) return take(query.encode(match));
          toSkip -= 1;
          return true;
        });
      }
      return { documents: batch.documents, isLast: !heldBack };
    },
  };
}

function requireStillValid(catalog: Catalog, view: ReadView, { collection, plan }: ScanQuery): void {
  const current = catalog.find(view, collection.namespace);
  if (current === collection || (current?.id === collection.id && isStillValid(plan, current))) return;
  const message = `collection or index of "${collection.namespace}" dropped or changed during the query`;
  throw new MongoError('QueryPlanKilled', message);
}

function isStillValid(plan: Plan, current: CollectionDefinition): boolean {
  if (plan.kind === 'collection') return true;
  if (plan.kind === 'union') return plan.branches.every((branch) => isStillValid(branch, current));
  const planned = plan.bounds.index;
  const index = current.indexes.find(({ slot }) => slot === planned.slot);
  return (
    index?.hasCutKeys === planned.hasCutKeys && planned.arrays.every((hasArrays, i) => hasArrays === index.arrays[i])
  );
}
