import type { Document } from '../bson-value/document.ts';
import { visitPath } from '../bson-value/path-values.ts';

/**
 * Where a filter met an array: after a match `index` is the index in the outermost array that the last matching predicate
 * went through. The `$` of updates and of projections stands for it. Pass a fresh `{}` for each document.
 */
export type MatchPosition = { index?: number };

/** Whether a document matches; fills `position` when given and matched. */
export type Matcher = (document: Document, position?: MatchPosition) => boolean;

/** A test of one value under a path; undefined is a missing field. `$elemMatch` fills the position with its inner index. */
export type ValueTest = (value: unknown, position?: MatchPosition) => boolean;

/** What an operator compiles to: the test, and whether arrays at the end of the path are looked into or taken whole. */
export type PathTest = { test: ValueTest; expandLeaf: boolean };

/** Matches when any value under the path passes, as `visitPath` finds them. */
export function matchPath(path: string, { test, expandLeaf }: PathTest): Matcher {
  const queryPath = { parts: path.split('.'), expandLeaf };
  return (document, position) =>
    visitPath(document, queryPath, (value, arrayIndex) => {
      if (!test(value, position)) return false;
      if (position !== undefined && arrayIndex !== undefined) position.index = arrayIndex;
      return true;
    });
}

/** Matches when all do. */
export function matchAll(matchers: readonly Matcher[]): Matcher {
  const [only] = matchers;
  if (matchers.length === 1 && only !== undefined) return only;
  return (document, position) => matchers.every((matcher) => matcher(document, position));
}

/** Matches when one does; only that one may leave its position, not one that failed half-way. */
export function matchAny(matchers: readonly Matcher[]): Matcher {
  return (document, position) =>
    matchers.some((matcher) => {
      const own: MatchPosition = {};
      if (!matcher(document, own)) return false;
      if (position !== undefined) Object.assign(position, own);
      return true;
    });
}

/** Matches when the other does not; leaves no position, since nothing was met. */
export function matchNone(matcher: Matcher): Matcher {
  return (document) => !matcher(document);
}
