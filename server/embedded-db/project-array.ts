import { isDocument } from './bson-value/document.ts';
import { MongoError } from './errors.ts';
import { compileFilter, type FilterOptions, type MatchPosition } from './match/compile-filter.ts';
import { integerArgument } from './match/number-argument.ts';

/** What is left of an array field; undefined drops the field. Values that are no arrays stay as they are, but for `$elemMatch`. */
export type ArrayProjection = (value: unknown, position: MatchPosition | undefined) => unknown;

/** `$slice` of a find: `n` elements from the start or, negative, from the end; `[skip, n]` from a position. */
export function compileSlice(argument: unknown): ArrayProjection {
  const [first, count] = Array.isArray(argument) ? argument.map(integerArgument) : [integerArgument(argument)];
  const isPair = Array.isArray(argument);
  if (first === undefined || (isPair && (argument.length !== 2 || count === undefined))) {
    throw new MongoError('Location28667', '$slice needs a number, or an array of two numbers');
  }
  if (count !== undefined && count <= 0) {
    throw new MongoError('Location28724', `$slice limit must be positive: ${count}`);
  }
  return (value) => {
    if (!Array.isArray(value)) return value;
    if (count === undefined) return first < 0 ? value.slice(first) : value.slice(0, first);
    const start = first < 0 ? Math.max(value.length + first, 0) : first;
    return value.slice(start, start + count);
  };
}

/** `$elemMatch` of a find: the first element that matches, alone; no field when none does. */
export function compileElemMatch(path: string, condition: unknown, options: FilterOptions): ArrayProjection {
  if (!isDocument(condition)) throw new MongoError('Location31274', '$elemMatch needs an object');
  if (path.includes('.')) {
    throw new MongoError('Location31275', 'Cannot use $elemMatch projection on a nested field');
  }
  const matches = compileFilter({ field: { $elemMatch: condition } }, options);
  return (value) => {
    const position: MatchPosition = {};
    if (!Array.isArray(value) || !matches({ field: value }, position) || position.index === undefined) return undefined;
    return [value[position.index]];
  };
}

/** `a.$`: the element the query matched, alone. Throws Location51246 when the query met no array. */
export function takePositional(value: unknown, position: MatchPosition | undefined): unknown {
  if (!Array.isArray(value)) return value;
  const index = position?.index;
  if (index === undefined || index >= value.length) {
    throw new MongoError('Location51246', "positional operator '.$' couldn't find a matching element in the array");
  }
  return [value[index]];
}
