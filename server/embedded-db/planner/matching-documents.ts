import type { Document } from '../bson-value/document.ts';
import type { CollectionDefinition } from '../catalog/definitions.ts';
import type { Matcher, MatchPosition } from '../match/compile-filter.ts';
import { decodeDocument } from '../storage/codec.ts';
import { recordKey } from '../storage/keys.ts';
import type { ReadView } from '../storage/store.ts';
import type { Deadline } from './deadline.ts';
import type { Scan } from './scan.ts';

/** A document that the filter accepts, as it is stored, decoded, and with the place in it that matched. */
export type Match = { recordId: number; bytes: Buffer; document: Document; position: MatchPosition };

/** Counts what a scan looked at, for explain. */
export type ScanCounts = { documents: number };

/**
 * Runs the whole filter on every candidate of a scan. Throws MaxTimeMSExpired when the deadline passes meanwhile. Ends early
 * when `shouldPause` says so; the scan then goes on behind the last candidate.
 */
export function* matchingDocuments(
  view: ReadView,
  collection: CollectionDefinition,
  query: { scan: Scan; matcher: Matcher; deadline: Deadline; counts?: ScanCounts; shouldPause?: () => boolean },
): Generator<Match, void> {
  const { scan, matcher, deadline, counts, shouldPause } = query;
  for (const recordId of scan.recordIds(view)) {
    deadline.check();
    const bytes = view.get('records', recordKey(collection.id, recordId));
    if (!bytes)
      throw new Error(`An index of "${collection.namespace}" points to record ${recordId}, which is not there`);
    const document = decodeDocument(bytes);
    if (counts) counts.documents += 1;
    const position: MatchPosition = {};
    if (matcher(document, position)) yield { recordId, bytes, document, position };
    if (shouldPause?.()) return;
  }
}
