import type { Deadline } from '../planner/deadline.ts';
import type { ReadView } from '../storage/store.ts';

/** How much one batch may hold: documents, and bytes once it has one document. */
export type BatchLimit = { documents: number; bytes: number };
export type Batch = { documents: Buffer[]; isLast: boolean };

/** What one command reads from, and how long it may. */
export type Reading = { view: ReadView; deadline: Deadline };

/** Where a cursor's batches come from. `next` is not called again after the last batch. */
export type CursorSource = { next(limit: BatchLimit, reading: Reading): Promise<Batch> };

/** Documents that are all there already: sorted results and those of aggregations. */
export function createListSource(documents: readonly Buffer[]): CursorSource {
  let position = 0;
  return {
    async next(limit) {
      const batch = createBatch(limit);
      while (position < documents.length) {
        const document = documents[position];
        if (!document || !batch.add(document)) break;
        position += 1;
      }
      return { documents: batch.documents, isLast: position >= documents.length };
    },
  };
}

/** Gathers a batch: `add` says no when the document no longer fits, which must then open the next one. */
export function createBatch(limit: BatchLimit): { documents: Buffer[]; add(document: Buffer): boolean } {
  const documents: Buffer[] = [];
  let bytes = 0;
  return {
    documents,
    add(document) {
      const isFull =
        documents.length >= limit.documents || (documents.length > 0 && bytes + document.length > limit.bytes);
      if (isFull) return false;
      documents.push(document);
      bytes += document.length;
      return true;
    },
  };
}
