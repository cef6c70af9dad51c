import { typeName } from '../bson-value/bson-type.ts';
import { cloneValue } from '../bson-value/clone-value.ts';
import { compareValues } from '../bson-value/compare-values.ts';
import { asDocument, type Document, isDocument } from '../bson-value/document.ts';
import { MongoError } from '../errors.ts';
import { integerArgument } from '../match/number-argument.ts';
import { compileSort } from '../sort.ts';
import type { FieldChange } from './apply-at-path.ts';

type Push = {
  values: readonly unknown[];
  position: number | undefined;
  compare: ((a: unknown, b: unknown) => number) | undefined;
  slice: number | undefined;
};

const CLAUSES = new Set(['$each', '$position', '$sort', '$slice']);

/**
 * `$push`: appends a value, or with `$each` several, inserted at `$position` (negative counts from the end), then sorted by
 * `$sort`, then cut to `$slice` (negative keeps the end). A missing field becomes an array.
 */
export function push(argument: unknown): FieldChange {
  const operation = parsePush(argument);
  return {
    createsPath: true,
    change: (current, path) => {
      if (current !== undefined && !Array.isArray(current)) {
        throw new MongoError('BadValue', `The field '${path}' must be an array but is of type ${typeName(current)}`);
      }
      return { set: applyPush(current ?? [], operation) };
    },
  };
}

function applyPush(current: readonly unknown[], { values, position, compare, slice }: Push): unknown[] {
  const at = position ?? current.length;
  const result = [...current];
  // splice counts a negative position from the end as MongoDB does, and clamps both ends.
  result.splice(at, 0, ...values.map(cloneValue));
  if (compare !== undefined) result.sort(compare);
  if (slice === undefined) return result;
  return slice < 0 ? result.slice(slice) : result.slice(0, slice);
}

function parsePush(argument: unknown): Push {
  if (!isDocument(argument) || !Object.hasOwn(argument, '$each')) {
    refuseClausesWithoutEach(argument);
    return { values: [argument], position: undefined, compare: undefined, slice: undefined };
  }
  const unknown = Object.keys(argument).find((name) => !CLAUSES.has(name));
  if (unknown !== undefined) throw new MongoError('BadValue', `Unrecognized clause in $push: ${unknown}`);
  if (!Array.isArray(argument.$each)) {
    const type = typeName(argument.$each);
    throw new MongoError('BadValue', `The argument to $each in $push must be an array but it was of type: ${type}`);
  }
  return {
    values: argument.$each,
    position: parseInteger(argument, '$position'),
    compare: parseSort(argument),
    slice: parseInteger(argument, '$slice'),
  };
}

/** A server would store `{$slice: 2}` as an element; nobody means that, so it is refused. */
function refuseClausesWithoutEach(argument: unknown): void {
  const clause = isDocument(argument) ? Object.keys(argument).find((name) => CLAUSES.has(name)) : undefined;
  if (clause !== undefined) throw new MongoError('BadValue', `${clause} in $push needs $each beside it`);
}

function parseInteger(argument: Document, name: '$position' | '$slice'): number | undefined {
  if (!Object.hasOwn(argument, name)) return undefined;
  const value = integerArgument(argument[name]);
  if (value !== undefined) return value;
  const type = typeName(argument[name]);
  throw new MongoError('BadValue', `The value for ${name} must be an integer value but was given type: ${type}`);
}

function parseSort(argument: Document): Push['compare'] {
  if (!Object.hasOwn(argument, '$sort')) return undefined;
  const spec = argument.$sort;
  if (isDocument(spec) && Object.keys(spec).length > 0) {
    const { keyOf, compareKeys } = compileSort(spec);
    return (a, b) => compareKeys(keyOf(asDocument(a) ?? {}), keyOf(asDocument(b) ?? {}));
  }
  const direction = integerArgument(spec);
  if (direction === 1 || direction === -1) return (a, b) => compareValues(a, b) * direction;
  throw new MongoError('BadValue', 'The $sort element value must be either 1 or -1, or a document of fields');
}
