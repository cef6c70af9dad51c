import type { IndexDefinition } from '../catalog/definitions.ts';
import { rawElements } from '../wire/raw-bson.ts';

/** The names of the top-level fields that are not byte for byte the same in both documents. */
export function changedFields(previous: Buffer, next: Buffer): Set<string> {
  const before = new Map<string, Buffer>();
  for (const { key, start, end } of rawElements(previous)) before.set(key, previous.subarray(start, end));
  const changed = new Set<string>();
  for (const { key, start, end } of rawElements(next)) {
    if (before.get(key)?.equals(next.subarray(start, end)) !== true) changed.add(key);
    before.delete(key);
  }
  for (const key of before.keys()) changed.add(key);
  return changed;
}

/** Whether a change of these fields can change what the index holds of a document. */
export function isAffected(index: IndexDefinition, changed: ReadonlySet<string>): boolean {
  // What a partial index leaves out may hang on any field of its filter.
  if (index.partialFilterExpression) return true;
  return index.fields.some(({ path }) => changed.has(path.split('.', 1)[0] ?? path));
}
