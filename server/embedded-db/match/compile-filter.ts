import { compileExpression } from '../aggregate/compile-expression.ts';
import { type Document, isDocument } from '../bson-value/document.ts';
import { MongoError, notImplemented } from '../errors.ts';
import { compileField } from './field-operators.ts';
import { type Matcher, matchAll, matchAny, matchNone } from './matcher.ts';
import { isTruthy } from './value-operators.ts';

export type { Matcher, MatchPosition } from './matcher.ts';

/** `variables` are the `let` of a command and `now` its time, both for `$expr`. */
export type FilterOptions = { variables?: Document; now?: Date };

const REFUSED = new Set(['$where', '$text', '$jsonSchema', '$sampleRate']);

/**
 * Compiles a query filter into a test with MongoDB's semantics. Everything is validated here, once: an unknown operator or a
 * wrong argument throws MongoError with MongoDB's code, what this store lacks throws NotImplemented. The test never throws,
 * except for `$expr`, whose expression may fail on a document.
 */
export function compileFilter(filter: Document, options: FilterOptions = {}): Matcher {
  const matchers = Object.entries(filter).map(([name, condition]) => {
    if (name.startsWith('$')) return compileTopLevel(name, condition, options);
    return compileField(condition, { path: name, nested: (nested) => compileFilter(nested, options) });
  });
  return matchAll(matchers);
}

function compileTopLevel(name: string, argument: unknown, options: FilterOptions): Matcher {
  switch (name) {
    case '$and':
      return matchAll(compileList(name, argument, options));
    case '$or':
      return matchAny(compileList(name, argument, options));
    case '$nor':
      return matchNone(matchAny(compileList(name, argument, options)));
    case '$expr': {
      const evaluate = compileExpression(argument, options);
      return (document) => isTruthy(evaluate(document));
    }
    case '$comment':
      return () => true;
    default:
      if (REFUSED.has(name)) throw notImplemented(`the query operator ${name}`);
      throw new MongoError('BadValue', `unknown top level operator: ${name}`);
  }
}

function compileList(name: string, argument: unknown, options: FilterOptions): Matcher[] {
  if (!Array.isArray(argument)) throw new MongoError('BadValue', `${name} must be an array`);
  if (argument.length === 0) throw new MongoError('BadValue', `${name} argument must be a non-empty array`);
  return argument.map((clause: unknown) => {
    if (!isDocument(clause)) throw new MongoError('BadValue', `${name} entries need to be full objects`);
    return compileFilter(clause, options);
  });
}
