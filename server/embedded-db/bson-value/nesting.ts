import { MongoError } from '../errors.ts';
import { asDocument } from './document.ts';

/** MongoDB's limit for documents inside documents. */
export const MAX_NESTING = 200;

/**
 * Throws Overflow (15) when documents and arrays are nested deeper than MongoDB allows. Everything else in the store walks
 * values recursively and relies on this having been asked of every document that comes in.
 */
export function assertNesting(value: unknown): void {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_NESTING) {
      throw new MongoError('Overflow', `Document exceeds the maximum nesting depth of ${MAX_NESTING}`);
    }
    level = level.flatMap(childrenOf);
  }
}

function childrenOf(value: unknown): unknown[] {
  const children = Array.isArray(value) ? value : Object.values(asDocument(value) ?? {});
  return children.filter((child) => typeof child === 'object' && child !== null);
}
