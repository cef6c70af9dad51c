import type { IndexDefinition } from '../catalog/definitions.ts';

export type SortField = { path: string; direction: 1 | -1 };

/**
 * The direction in which an index gives documents in the wanted order, or undefined when it does not. `pinned` leading
 * fields are held to one value each and so need not be part of the order.
 */
export function sortDirection(index: IndexDefinition, pinned: number, sort: readonly SortField[]): 1 | -1 | undefined {
  if (index.hasCutKeys) return undefined;
  const pinnedPaths = new Set(index.fields.slice(0, pinned).flatMap(({ path }, i) => (index.arrays[i] ? [] : [path])));
  const wanted = sort.filter(({ path }) => !pinnedPaths.has(path));
  const given = index.fields.slice(pinned);
  if (wanted.length > given.length) return undefined;
  const directions = new Set<1 | -1>();
  for (const [i, { path, direction }] of wanted.entries()) {
    const field = given[i];
    // A document sorts by the least or the greatest of an array's elements; in an index it lies at each of them.
    if (field?.path !== path || index.arrays[pinned + i]) return undefined;
    directions.add(field.direction === direction ? 1 : -1);
  }
  const [direction = 1, ...others] = directions;
  return others.length === 0 ? direction : undefined;
}
