import { MongoError } from '../errors.ts';
import { rawElements } from './raw-bson.ts';

/** How deep MongoDB lets documents nest. */
const MAX_DEPTH = 200;
/** Each level takes at least a type, a key, a length and an end: smaller documents cannot nest too deep. */
const LEAST_BYTES_A_LEVEL = 7;

/** Throws Overflow (15) for a document that nests deeper than MongoDB allows: recursion over it could not be trusted. */
export function requireShallow(document: Buffer): void {
  if (document.length < MAX_DEPTH * LEAST_BYTES_A_LEVEL || !isDeeper(document, MAX_DEPTH)) return;
  throw new MongoError('Overflow', `BSONObj exceeds maximum nested object depth: ${MAX_DEPTH}`);
}

function isDeeper(document: Buffer, levels: number): boolean {
  if (levels === 0) return true;
  for (const { type, valueStart, end } of rawElements(document)) {
    const isNested = type === 3 || type === 4;
    if (isNested && isDeeper(document.subarray(valueStart, end), levels - 1)) return true;
  }
  return false;
}
