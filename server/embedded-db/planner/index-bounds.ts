import type { CollectionDefinition, IndexDefinition, IndexField } from '../catalog/definitions.ts';
import { afterPrefix, CUT_KEY_BYTES, INDEX_PREFIX_BYTES, indexPrefix, prefixRange } from '../storage/keys.ts';
import { type FieldInterval, fieldIntervals } from './field-bounds.ts';
import type { ElementMatch, Predicate, Predicates } from './predicates.ts';

/** Whole keys of the entries table, from `start` to before `end`. */
export type KeyInterval = { start: Buffer; end: Buffer };

/** Where a filter's matches lie in an index. */
export type IndexBounds = {
  index: IndexDefinition;
  intervals: KeyInterval[];
  /** How many leading fields are held to one value each. */
  pinned: number;
  /** How many leading fields are narrowed at all. */
  bounded: number;
  /** Whether the start of each interval is the one whole key that can be in it: every field of a unique index is known. */
  isExact: boolean;
};

const MAX_INTERVALS = 2_000;
const MAX_BOUND_BYTES = INDEX_PREFIX_BYTES + CUT_KEY_BYTES;

/** Narrows the index field by field: values first, then at most one range, as sorted keys allow. */
export function boundsOf(
  collection: CollectionDefinition,
  index: IndexDefinition,
  predicates: Predicates,
): IndexBounds {
  const prefix = indexPrefix(collection.id, index.slot);
  let intervals: FieldInterval[] = [{ start: prefix, end: afterPrefix(prefix), isPoint: true }];
  let pinned = 0;
  let bounded = 0;
  for (const [i, field] of index.fields.entries()) {
    const usable = usablePredicates(index, i, predicates);
    const next = fieldIntervals(usable, { direction: field.direction, hasArrays: index.arrays[i] === true });
    if (!next || next.length * intervals.length > MAX_INTERVALS) break;
    intervals = extend(intervals, next);
    bounded += 1;
    if (pinned === i && next.length === 1 && next[0]?.isPoint) pinned += 1;
    if (!next.every((interval) => interval.isPoint)) break;
  }
  const isKnown =
    bounded === index.fields.length && intervals.every(({ start, isPoint }) => isPoint && !isBeyondCut(start));
  const merged = merge(intervals.map(withinCut));
  return { index, intervals: merged, pinned, bounded, isExact: index.unique && isKnown };
}

/** Intervals that a cut made overlap become one: each key is to be met once. */
function merge(intervals: KeyInterval[]): KeyInterval[] {
  const merged: KeyInterval[] = [];
  for (const interval of intervals) {
    const last = merged.at(-1);
    if (!last || Buffer.compare(interval.start, last.end) >= 0) merged.push({ ...interval });
    else if (Buffer.compare(interval.end, last.end) > 0) last.end = interval.end;
  }
  return merged;
}

function extend(prefixes: FieldInterval[], next: FieldInterval[]): FieldInterval[] {
  return prefixes.flatMap(({ start: prefix }) =>
    next.map(({ start, end, isPoint }) => ({
      start: Buffer.concat([prefix, start]),
      end: Buffer.concat([prefix, end]),
      isPoint,
    })),
  );
}

/**
 * Long keys are stored cut, so that bounds may only speak of the bytes before the cut; they get wider by that, never
 * narrower.
 */
function withinCut({ start, end }: KeyInterval): KeyInterval {
  return {
    start: isBeyondCut(start) ? start.subarray(0, MAX_BOUND_BYTES) : start,
    end: isBeyondCut(end) ? prefixRange(end.subarray(0, MAX_BOUND_BYTES)).end : end,
  };
}

function isBeyondCut(bound: Buffer): boolean {
  return bound.length > MAX_BOUND_BYTES;
}

/**
 * The predicates that may narrow field `position` together with the fields before it. Two fields below one array are
 * narrowed together only by one $elemMatch: otherwise two elements could each fulfil one of them.
 */
function usablePredicates(index: IndexDefinition, position: number, predicates: Predicates): Predicate[] {
  const field = index.fields[position];
  if (!field || hasNumericPart(field)) return [];
  const own = (predicates.byPath.get(field.path) ?? []).filter((predicate) => !index.sparse || !allowsNull(predicate));
  if (!index.arrays[position]) return own;
  const siblings = index.fields.slice(0, position).filter((other, i) => index.arrays[i] && isSameRoot(other, field));
  if (siblings.length === 0) return own;
  return own.filter((predicate) =>
    siblings.every((other) => sharesElement(predicate.element, field, other, predicates)),
  );
}

function sharesElement(
  element: ElementMatch | undefined,
  field: IndexField,
  sibling: IndexField,
  predicates: Predicates,
): boolean {
  if (!element) return false;
  const rest = field.path.slice(element.path.length + 1).split('.')[0];
  const siblingRest = sibling.path.slice(element.path.length + 1).split('.')[0];
  if (!sibling.path.startsWith(`${element.path}.`) || rest === siblingRest) return false;
  const siblingPredicates = predicates.byPath.get(sibling.path) ?? [];
  return siblingPredicates.length > 0 && siblingPredicates.every((predicate) => predicate.element === element);
}

/** A sparse index leaves out what is missing, also single elements of an array, so that null cannot be looked up in it. */
function allowsNull(predicate: Predicate): boolean {
  return predicate.kind === 'points' && predicate.values.includes(null);
}

function isSameRoot(a: IndexField, b: IndexField): boolean {
  return a.path.split('.')[0] === b.path.split('.')[0];
}

/** `a.0` may mean a field named 0 or an element of an array; no bound is drawn from it. */
function hasNumericPart(field: IndexField): boolean {
  return field.path.split('.').some((part) => /^\d+$/.test(part));
}
