import type { Document } from '../bson-value/document.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { type CursorSource, createListSource, type Reading } from '../cursors/cursor-source.ts';
import { createMatchWalk, createScanSource, type ScanQuery } from '../cursors/scan-source.ts';
import { MongoError } from '../errors.ts';
import type { Match } from '../planner/matching-documents.ts';
import type { Projection } from '../project.ts';
import { compileSort } from '../sort.ts';
import { encodeDocument } from '../storage/codec.ts';

/** A find that is ready to run. `limit` is Infinity when there is none. */
export type FindQuery = ScanQuery & {
  sort: Document | undefined;
  skip: number;
  limit: number;
  projection: Projection | undefined;
};

/** What MongoDB allows a sort that no index gives, before it would have to use the disk. */
const MAX_SORT_BYTES = 100 * 1024 * 1024;

/** The documents of a find: as the plan gives them when no order is asked or the plan has it, else sorted in memory. */
export async function openFindSource(catalog: Catalog, query: FindQuery, reading: Reading): Promise<CursorSource> {
  const encode = encoder(query.projection);
  const { plan, sort } = query;
  if (!sort || (plan.kind === 'index' && plan.givesSort)) return createScanSource(catalog, { ...query, encode });
  return createListSource(await sortMatches(createMatchWalk(catalog, query), { ...query, sort, encode }, reading));
}

/** Without a projection a document travels as the bytes it is stored as. */
function encoder(projection: Projection | undefined): (match: Match) => Buffer {
  if (!projection) return ({ bytes }) => bytes;
  return ({ document, position }) => encodeDocument(projection(document, position));
}

async function sortMatches(
  walk: ReturnType<typeof createMatchWalk>,
  query: { sort: Document; skip: number; limit: number; encode: (match: Match) => Buffer },
  reading: Reading,
): Promise<Buffer[]> {
  const { compareKeys, keyOf } = compileSort(query.sort);
  const wanted = query.skip + query.limit;
  let found: { key: unknown[]; bytes: Buffer }[] = [];
  let bytes = 0;
  const keepBest = () => {
    found.sort((a, b) => compareKeys(a.key, b.key));
    found = found.slice(0, wanted);
    bytes = found.reduce((sum, one) => sum + one.bytes.length, 0);
  };
  await walk(reading, (match) => {
    const document = query.encode(match);
    found.push({ key: keyOf(match.document), bytes: document });
    bytes += document.length;
    // With a limit only the best are kept; sorting twice as many now and then is cheap, keeping all of them is not.
    if (found.length > 2 * wanted + 100) keepBest();
    if (bytes > MAX_SORT_BYTES) throw sortTooLarge();
    return true;
  });
  keepBest();
  return found.slice(query.skip).map((one) => one.bytes);
}

function sortTooLarge(): MongoError {
  const message = `Sort exceeded memory limit of ${MAX_SORT_BYTES} bytes, but did not opt in to external sorting.`;
  return new MongoError('QueryExceededMemoryLimitNoDiskUseAllowed', message);
}
