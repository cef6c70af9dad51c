import { encodeKey, encodeTypeBounds } from '../bson-value/encode-key.ts';
import { afterPrefix } from '../storage/keys.ts';
import type { Predicate } from './predicates.ts';

/** Byte positions in one field's part of an index key: from `start` to before `end`. A point is one single value. */
export type FieldInterval = { start: Buffer; end: Buffer; isPoint: boolean };

type Edge = { bytes: Buffer; inclusive: boolean };

/**
 * Where in an index field the values lie that `predicates` allow, in key order and without overlap. Undefined when they
 * narrow nothing. On a field with arrays only one of them may be used: two may hold for two different elements.
 */
export function fieldIntervals(
  predicates: readonly Predicate[],
  field: { direction: 1 | -1; hasArrays: boolean },
): FieldInterval[] | undefined {
  const points = predicates.find((predicate) => predicate.kind === 'points');
  if (points?.kind === 'points') return pointIntervals(points.values, field.direction);
  const ranges = predicates.filter((predicate) => predicate.kind === 'range');
  const used = field.hasArrays ? ranges.slice(0, 1) : ranges;
  if (used.length === 0) return undefined;
  const interval = intersect(used.map((range) => rangeEdges(range)).map((edges) => toInterval(edges, field.direction)));
  return interval ? [interval] : [];
}

function pointIntervals(values: readonly unknown[], direction: 1 | -1): FieldInterval[] {
  const unique = new Map<string, FieldInterval>();
  for (const value of values) {
    const interval = toInterval(value === null ? nullEdges() : pointEdges(value), direction);
    unique.set(interval.start.toString('latin1'), { ...interval, isPoint: value !== null });
  }
  return [...unique.values()].sort((a, b) => Buffer.compare(a.start, b.start));
}

function pointEdges(value: unknown): { low: Edge; high: Edge } {
  const bytes = encodeKey(value);
  return { low: { bytes, inclusive: true }, high: { bytes, inclusive: true } };
}

/** Null stands for null, for undefined and for a field that is not there. */
function nullEdges(): { low: Edge; high: Edge } {
  return { low: { bytes: encodeKey(undefined), inclusive: true }, high: { bytes: encodeKey(null), inclusive: true } };
}

/** A comparison only holds between values of one type class: where the filter has no limit, the class has its own. */
function rangeEdges(range: Predicate & { kind: 'range' }): { low: Edge; high: Edge } {
  const bracket = encodeTypeBounds((range.low ?? range.high)?.value);
  return {
    low: range.low ? edge(range.low) : { bytes: bracket.low, inclusive: true },
    high: range.high ? edge(range.high) : { bytes: bracket.high, inclusive: false },
  };
}

function edge(limit: { value: unknown; inclusive: boolean }): Edge {
  return { bytes: encodeKey(limit.value), inclusive: limit.inclusive };
}

/** A descending field keeps its bytes inverted: what was the high end comes first. */
function toInterval({ low, high }: { low: Edge; high: Edge }, direction: 1 | -1): FieldInterval {
  if (direction === 1) {
    const start = low.inclusive ? low.bytes : afterPrefix(low.bytes);
    const end = high.inclusive ? afterPrefix(high.bytes) : high.bytes;
    return { start, end, isPoint: false };
  }
  const start = high.inclusive ? inverted(high.bytes) : afterPrefix(inverted(high.bytes));
  const end = low.inclusive ? afterPrefix(inverted(low.bytes)) : inverted(low.bytes);
  return { start, end, isPoint: false };
}

function inverted(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte) => byte ^ 0xff));
}

function intersect(intervals: FieldInterval[]): FieldInterval | undefined {
  const start = intervals.map((interval) => interval.start).reduce((a, b) => (Buffer.compare(a, b) >= 0 ? a : b));
  const end = intervals.map((interval) => interval.end).reduce((a, b) => (Buffer.compare(a, b) <= 0 ? a : b));
  return Buffer.compare(start, end) < 0 ? { start, end, isPoint: false } : undefined;
}
