import { type Document, isDocument } from '../bson-value/document.ts';
import { MongoError } from '../errors.ts';
import { compileFilter, type FilterOptions } from '../match/compile-filter.ts';

/** Tests of array elements by the identifier that stands for them in `$[identifier]`. */
export type ArrayFilters = ReadonlyMap<string, (element: unknown) => boolean>;

/**
 * Compiles the `arrayFilters` of an update. Each filter speaks of one identifier (`{"x.grade": {$gt: 85}}` or `{x: 5}`); two
 * filters for one identifier, or two identifiers in one filter, throw FailedToParse.
 */
export function compileArrayFilters(filters: readonly Document[], options: FilterOptions): ArrayFilters {
  const compiled = new Map<string, (element: unknown) => boolean>();
  for (const filter of filters) {
    const identifier = identifierOf(filter);
    if (compiled.has(identifier)) {
      throw new MongoError(
        'FailedToParse',
        `Found multiple array filters with the same top-level field name ${identifier}`,
      );
    }
    const matches = compileFilter(filter, options);
    compiled.set(identifier, (element) => matches({ [identifier]: element }));
  }
  return compiled;
}

function identifierOf(filter: Document): string {
  const [first, second] = new Set(identifiersIn(filter));
  if (first === undefined) {
    throw new MongoError('FailedToParse', 'Cannot use an expression without a top-level field name in arrayFilters');
  }
  if (second !== undefined) {
    throw new MongoError(
      'FailedToParse',
      `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${first}' and '${second}'`,
    );
  }
  if (/^[a-z][a-zA-Z0-9]*$/.test(first)) return first;
  throw new MongoError(
    'BadValue',
    `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${first}'`,
  );
}

function identifiersIn(filter: Document): string[] {
  return Object.entries(filter).flatMap(([name, condition]) => {
    if (!name.startsWith('$')) return [name.split('.')[0] ?? ''];
    return Array.isArray(condition) ? condition.filter(isDocument).flatMap(identifiersIn) : [];
  });
}
