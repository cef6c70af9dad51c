import { cloneDocument } from '../bson-value/clone-value.ts';
import type { Document } from '../bson-value/document.ts';
import { MongoError } from '../errors.ts';
import { applyAtPath, readPath } from './apply-at-path.ts';
import { setTo, unset } from './field-operators.ts';
import type { Modification } from './parse-operators.ts';
import { type PositionalContext, resolvePath } from './resolve-path.ts';
import { createConflictGuard } from './update-path.ts';

export type ApplyContext = PositionalContext & { isInsert: boolean };

/**
 * A copy of the document with every change made. Two positional paths that meet in one element throw
 * ConflictingUpdateOperators (40), as only the document can show.
 */
export function applyOperators(
  document: Document,
  modifications: readonly Modification[],
  context: ApplyContext,
): Document {
  const result = cloneDocument(document);
  const guard = createConflictGuard();
  for (const modification of modifications) {
    if (modification.onInsertOnly && !context.isInsert) continue;
    if (modification.renamedFrom !== undefined) {
      rename(result, modification.renamedFrom, modification.path.text.split('.'));
      continue;
    }
    for (const path of resolvePath(result, modification.path, context)) {
      guard(path);
      applyAtPath(result, path, modification.change);
    }
  }
  return result;
}

/** Moves a field. A missing source changes nothing; neither end may lie in an array. */
function rename(document: Document, from: readonly string[], to: readonly string[]): void {
  refuseArrays(document, from, 'source');
  const value = readPath(document, from);
  if (value === undefined) return;
  refuseArrays(document, to, 'destination');
  applyAtPath(document, from, unset());
  applyAtPath(document, to, setTo(value));
}

function refuseArrays(document: Document, path: readonly string[], end: 'source' | 'destination'): void {
  for (let length = 1; length < path.length; length++) {
    if (!Array.isArray(readPath(document, path.slice(0, length)))) continue;
    throw new MongoError('BadValue', `The ${end} field cannot be an array element, '${path.join('.')}'`);
  }
}
