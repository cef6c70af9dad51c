import { regexParts } from '../bson-value/compare-values.ts';
import { asDocument, type Document, isDocument } from '../bson-value/document.ts';
import { MongoError, notImplemented } from '../errors.ts';
import { matchesBits } from './bit-operators.ts';
import { equalTo, oneOf, orderedTo } from './comparison.ts';
import { type Matcher, matchAll, matchNone, matchPath, type ValueTest } from './matcher.ts';
import { compileRegex, matchesRegex, searchableText } from './regex.ts';
import { isPresent, isTruthy, modulo, ofSize, ofType } from './value-operators.ts';

/** Compiles the filter inside `$elemMatch`; handed in, because that filter is as rich as the outer one. */
export type CompileNested = (filter: Document) => Matcher;

/** `takeWhole`: the value under the path is one element already, so an array there is not looked into again. */
type FieldContext = { path: string; nested: CompileNested; takeWhole?: boolean };

const REFUSED = new Set(['$near', '$nearSphere', '$geoWithin', '$geoIntersects', '$within', '$geoNear']);
const LOGICAL = new Set(['$and', '$or', '$nor', '$where']);

/** Compiles `path: condition`, where the condition is a value, a regular expression, or a document of operators. */
export function compileField(condition: unknown, context: FieldContext): Matcher {
  if (regexParts(condition) !== undefined) return expanded(context, matchesRegex(condition));
  if (!isOperatorDocument(condition)) return expanded(context, equalTo(condition));
  const matchers = Object.entries(condition).map(([name, argument]) =>
    compileOperator(name, argument, { ...context, siblings: condition }),
  );
  return matchAll(matchers);
}

/** True for a document whose first field is an operator; `{$ref, $id}` arrives as a DBRef and is a value. */
export function isOperatorDocument(value: unknown): value is Document {
  return isDocument(value) && Object.keys(value)[0]?.startsWith('$') === true;
}

type OperatorContext = FieldContext & { siblings: Document };

function compileOperator(name: string, argument: unknown, context: OperatorContext): Matcher {
  switch (name) {
    case '$eq':
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return expanded(context, orderedTo(name, argument, context.path));
    case '$ne':
      if (regexParts(argument) !== undefined) throw new MongoError('BadValue', "Can't have regex as arg to $ne.");
      return matchNone(expanded(context, equalTo(argument)));
    case '$in':
      return expanded(context, oneOf(requireList(name, argument)));
    case '$nin':
      return matchNone(expanded(context, oneOf(requireList(name, argument))));
    case '$not':
      return compileNot(argument, context);
    case '$all':
      return compileAllOf(argument, context);
    case '$elemMatch':
      return whole(context, compileElemMatch(argument, context.nested));
    default:
      return compileValueOperator(name, argument, context);
  }
}

function compileValueOperator(name: string, argument: unknown, context: OperatorContext): Matcher {
  switch (name) {
    case '$exists': {
      const exists = whole(context, isPresent);
      return isTruthy(argument) ? exists : matchNone(exists);
    }
    case '$type':
      return expanded(context, ofType(argument));
    case '$size':
      return whole(context, ofSize(argument));
    case '$mod':
      return expanded(context, modulo(argument));
    case '$regex':
      return expanded(context, regexOperator(argument, context.siblings.$options));
    case '$options':
      if (!Object.hasOwn(context.siblings, '$regex')) throw new MongoError('BadValue', '$options needs a $regex');
      return () => true;
    case '$bitsAllSet':
    case '$bitsAllClear':
    case '$bitsAnySet':
    case '$bitsAnyClear':
      return expanded(context, matchesBits(name, argument));
    case '$comment':
      return () => true;
    default:
      if (REFUSED.has(name)) throw notImplemented(`the query operator ${name}`);
      throw new MongoError('BadValue', `unknown operator: ${name}`);
  }
}

function compileNot(argument: unknown, context: FieldContext): Matcher {
  if (regexParts(argument) === undefined) {
    if (!isDocument(argument)) throw new MongoError('BadValue', '$not needs a regex or a document');
    if (Object.keys(argument).length === 0) throw new MongoError('BadValue', '$not cannot be empty');
    if (!isOperatorDocument(argument)) {
      throw new MongoError('BadValue', `unknown operator: ${Object.keys(argument)[0]}`);
    }
  }
  return matchNone(compileField(argument, context));
}

/** `$all`: every listed value or `$elemMatch` is met somewhere in the field; an empty list meets nothing. */
function compileAllOf(argument: unknown, context: FieldContext): Matcher {
  if (!Array.isArray(argument)) throw new MongoError('BadValue', '$all needs an array');
  if (argument.length === 0) return () => false;
  const matchers = argument.map((member: unknown) => {
    if (!isOperatorDocument(member)) return compileField(regexParts(member) ? member : { $eq: member }, context);
    if (!Object.hasOwn(member, '$elemMatch')) throw new MongoError('BadValue', 'no $ expressions in $all');
    return compileField(member, context);
  });
  return matchAll(matchers);
}

/**
 * `$elemMatch`: one element of the array meets the whole condition. Operators on the element itself are its value form,
 * anything else is a filter for elements that are documents.
 */
function compileElemMatch(argument: unknown, nested: CompileNested): ValueTest {
  if (!isDocument(argument)) throw new MongoError('BadValue', '$elemMatch needs an Object');
  const first = Object.keys(argument)[0] ?? '';
  const isValueForm = first.startsWith('$') && !LOGICAL.has(first);
  const elementMatches = isValueForm ? valueForm(argument, nested) : documentForm(nested(argument));
  return (value, position) => {
    if (!Array.isArray(value)) return false;
    const index = value.findIndex((element: unknown) => elementMatches(element));
    if (index !== -1 && position !== undefined) position.index = index;
    return index !== -1;
  };
}

/** The value form asks about the element as a whole, so it is laid into a document of its own and not looked into. */
function valueForm(condition: Document, nested: CompileNested): ValueTest {
  const matcher = compileField(condition, { path: 'element', nested, takeWhole: true });
  return (element) => matcher({ element });
}

function documentForm(matcher: Matcher): ValueTest {
  return (element) => {
    if (Array.isArray(element)) return matcher(Object.fromEntries(element.entries()));
    const document = asDocument(element);
    return document !== undefined && matcher(document);
  };
}

function regexOperator(argument: unknown, options: unknown): ValueTest {
  const parts = regexParts(argument) ?? { pattern: searchableText(argument), options: '' };
  if (parts.pattern === undefined) throw new MongoError('BadValue', '$regex has to be a string');
  if (options !== undefined && typeof options !== 'string') {
    throw new MongoError('BadValue', '$options has to be a string');
  }
  if (options !== undefined && parts.options !== '') {
    throw new MongoError('Location51075', 'options set in both $regex and $options');
  }
  const expression = compileRegex(parts.pattern, options ?? parts.options);
  return (value) => {
    const text = searchableText(value);
    return text !== undefined && expression.test(text);
  };
}

function requireList(name: string, argument: unknown): readonly unknown[] {
  if (!Array.isArray(argument)) throw new MongoError('BadValue', `${name} needs an array`);
  if (argument.some((member) => isOperatorDocument(member))) {
    throw new MongoError('BadValue', `cannot nest $ under ${name}`);
  }
  return argument;
}

function expanded(context: FieldContext, test: ValueTest): Matcher {
  return matchPath(context.path, { test, expandLeaf: context.takeWhole !== true });
}

function whole(context: FieldContext, test: ValueTest): Matcher {
  return matchPath(context.path, { test, expandLeaf: false });
}
