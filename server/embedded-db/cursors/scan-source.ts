import { setImmediate } from 'node:timers/promises';
import type { Catalog } from '../catalog/catalog.ts';
import type { CollectionDefinition } from '../catalog/definitions.ts';
import { MongoError } from '../errors.ts';
import type { Matcher } from '../match/compile-filter.ts';
import type { Deadline } from '../planner/deadline.ts';
import { type Match, matchingDocuments, type ScanCounts } from '../planner/matching-documents.ts';
import type { Plan } from '../planner/plan.ts';
import { createScan } from '../planner/scan.ts';
import type { ReadView, Store } from '../storage/store.ts';
import { type CursorSource, createBatch } from './cursor-source.ts';

/** How long a scan may hold the process before other connections get their turn. */
const SLICE_MS = 10;

export type ScanQuery = { collection: CollectionDefinition; plan: Plan; matcher: Matcher };
type Engine = { store: Store; catalog: Catalog };

/**
 * Walks all matches in slices of a few milliseconds, each on a fresh view of the store, until `visit` returns false.
 * It may be called again to go on behind the last match. Throws QueryPlanKilled (175) when the collection or an index
 * that the plan needs was dropped meanwhile.
 */
export function createMatchWalk(engine: Engine, query: ScanQuery, counts?: ScanCounts) {
  const scan = createScan(query.collection, query.plan);
  return async (deadline: Deadline, visit: (match: Match) => boolean): Promise<void> => {
    const walkSlice = (view: ReadView): 'sliced' | 'over' => {
      requireStillThere(engine.catalog, view, query);
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
    while (engine.store.read(walkSlice) === 'sliced') await setImmediate();
  };
}

/** A cursor over documents in the order in which the plan finds them. */
export function createScanSource(
  engine: Engine,
  query: ScanQuery & { skip: number; limit: number; encode: (match: Match) => Buffer },
): CursorSource {
  const walk = createMatchWalk(engine, query);
  let toSkip = query.skip;
  let left = query.limit;
  let heldBack: Buffer | undefined;
  return {
    async next(limit, deadline) {
      const batch = createBatch(limit);
      const take = (document: Buffer): boolean => {
        heldBack = batch.add(document) ? undefined : document;
        if (!heldBack) left -= 1;
        return !heldBack && left > 0;
      };
      const wantsMore = heldBack ? take(heldBack) : true;
      if (wantsMore) {
        await walk(deadline, (match) => {
          if (toSkip === 0) return take(query.encode(match));
          toSkip -= 1;
          return true;
        });
      }
      return { documents: batch.documents, isLast: !heldBack };
    },
  };
}

function requireStillThere(catalog: Catalog, view: ReadView, { collection, plan }: ScanQuery): void {
  const current = catalog.find(view, collection.namespace);
  const isThere = (wanted: Plan): boolean => {
    if (wanted.kind === 'union') return wanted.branches.every(isThere);
    return (
      wanted.kind === 'collection' || current?.indexes.some((index) => index.slot === wanted.bounds.index.slot) === true
    );
  };
  if (current?.id === collection.id && isThere(plan)) return;
  throw new MongoError('QueryPlanKilled', `collection or index of "${collection.namespace}" dropped during the query`);
}
