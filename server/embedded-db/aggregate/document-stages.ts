import { Int32, Long } from 'bson';
import { typeName } from '../bson-value/bson-type.ts';
import { asDocument, type Document, isDocument } from '../bson-value/document.ts';
import { MongoError } from '../errors.ts';
import { compileFilter } from '../match/compile-filter.ts';
import { integerArgument } from '../match/number-argument.ts';
import { compileAddFields, compileProjection } from '../project.ts';
import { compileSort, sortDocuments } from '../sort.ts';
import { compileExpression } from './compile-expression.ts';
import { namedArguments } from './special-forms.ts';
import type { StageCompiler } from './stage.ts';

/** `$match`, with the semantics of a find's filter. */
export const compileMatch: StageCompiler = (argument, context) => {
  const matches = compileFilter(requireDocument('$match', argument), context);
  return function* match(documents) {
    for (const document of documents) if (matches(document)) yield document;
  };
};

/** `$sort`, refused with code 292 above the memory limit. */
export const compileSortStage: StageCompiler = (argument, context) => {
  const spec = requireDocument('$sort', argument);
  if (Object.keys(spec).length === 0)
    throw new MongoError('Location15976', '$sort stage must have at least one sort key');
  compileSort(spec);
  return (documents) => sortDocuments(documents, spec, context);
};

export const compileLimit: StageCompiler = (argument) => {
  const limit = requireCount('$limit', argument, 1);
  return function* take(documents) {
    let taken = 0;
    for (const document of documents) {
      yield document;
      taken += 1;
      if (taken >= limit) return;
    }
  };
};

export const compileSkip: StageCompiler = (argument) => {
  const skip = requireCount('$skip', argument, 0);
  return function* drop(documents) {
    let seen = 0;
    for (const document of documents) {
      seen += 1;
      if (seen > skip) yield document;
    }
  };
};

/** `$count`: one document with the number, none when there is nothing to count. */
export const compileCount: StageCompiler = (argument) => {
  if (typeof argument !== 'string' || argument === '' || argument.startsWith('$') || argument.includes('.')) {
    throw new MongoError('Location40156', 'the count field must be a non-empty string without $ and dots');
  }
  return function* count(documents) {
    let total = 0;
    for (const _ of documents) total += 1;
    if (total > 0) yield { [argument]: new Int32(total) };
  };
};

export const compileProject: StageCompiler = (argument, context) => {
  const spec = requireDocument('$project', argument);
  if (Object.keys(spec).length === 0) {
    throw new MongoError(
      'Location51272',
      'Invalid $project :: caused by :: projection specification must have at least one field',
    );
  }
  return mapping(compileProjection(spec, context, 'aggregate'));
};

/** `$addFields` and `$set`. */
export const compileAddFieldsStage: StageCompiler = (argument, context) =>
  mapping(compileAddFields(requireDocument('$addFields', argument), context));

export const compileUnset: StageCompiler = (argument, context) => {
  const paths: unknown[] = Array.isArray(argument) ? argument : [argument];
  if (paths.length === 0 || !paths.every((path) => typeof path === 'string')) {
    throw new MongoError('Location31002', '$unset specification must be a string or an array of strings');
  }
  const spec = Object.fromEntries(paths.map((path) => [String(path), false]));
  return mapping(compileProjection(spec, context, 'aggregate'));
};

export const compileReplaceRoot: StageCompiler = (argument, context) => {
  const { newRoot } = namedArguments('$replaceRoot', argument, { required: ['newRoot'] });
  return compileReplaceWith(newRoot, context);
};

export const compileReplaceWith: StageCompiler = (argument, context) => {
  const evaluate = compileExpression(argument, context);
  return mapping((document) => {
    const root = asDocument(evaluate(document));
    if (root !== undefined) return root;
    const type = typeName(evaluate(document) ?? null);
    throw new MongoError(
      'Location40228',
      `'newRoot' expression must evaluate to an object, but resulting value was of type: '${type}'`,
    );
  });
};

/** `$unwind`: one document for each element; a value that is no array counts as its only element. */
export const compileUnwind: StageCompiler = (argument) => {
  const names = { required: ['path'], optional: ['includeArrayIndex', 'preserveNullAndEmptyArrays'] };
  const fields = namedArguments('$unwind', typeof argument === 'string' ? { path: argument } : argument, names);
  if (typeof fields.path !== 'string' || !fields.path.startsWith('$') || fields.path.length < 2) {
    throw new MongoError('Location28818', 'path option to $unwind stage should be prefixed with a $');
  }
  const path = fields.path.slice(1);
  const indexField = fields.includeArrayIndex;
  if (indexField !== undefined && (typeof indexField !== 'string' || indexField === '' || indexField.startsWith('$'))) {
    throw new MongoError(
      'Location28810',
      'expected a non-empty string without $ for the includeArrayIndex option to $unwind',
    );
  }
  const keepsEmpty = fields.preserveNullAndEmptyArrays === true;
  return function* unwind(documents) {
    for (const document of documents) yield* unwindOne(document, { path, indexField, keepsEmpty });
  };
};

type Unwinding = { path: string; indexField: string | undefined; keepsEmpty: boolean };

function* unwindOne(document: Document, { path, indexField, keepsEmpty }: Unwinding): Iterable<Document> {
  const value = valueAt(document, path);
  const isEmpty = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
  if (isEmpty && !keepsEmpty) return;
  const elements: readonly unknown[] =
    Array.isArray(value) && !isEmpty ? value : [Array.isArray(value) ? undefined : value];
  for (const [at, element] of elements.entries()) {
    const index = Array.isArray(value) && !isEmpty ? Long.fromNumber(at) : null;
    const unwound = withValue(document, path.split('.'), element);
    yield indexField === undefined ? unwound : withValue(unwound, indexField.split('.'), index);
  }
}

function valueAt(document: Document, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => {
    const parent = asDocument(value);
    return parent !== undefined && Object.hasOwn(parent, name) ? parent[name] : undefined;
  }, document);
}

/** A copy with one field set, or removed when the value is undefined, and everything beside the path shared. */
function withValue(document: Document, [name = '', ...rest]: readonly string[], value: unknown): Document {
  const next = rest.length === 0 ? value : withValue(asDocument(document[name]) ?? {}, rest, value);
  const copy = { ...document, [name]: next };
  if (next === undefined) delete copy[name];
  return copy;
}

function mapping(change: (document: Document) => Document): ReturnType<StageCompiler> {
  return function* map(documents) {
    for (const document of documents) yield change(document);
  };
}

function requireDocument(stage: string, argument: unknown): Document {
  if (isDocument(argument)) return argument;
  throw new MongoError('Location15959', `the ${stage} specification must be an object`);
}

function requireCount(stage: string, argument: unknown, least: number): number {
  const count = integerArgument(argument);
  if (count !== undefined && count >= least) return count;
  throw new MongoError('Location15958', `the ${stage} argument must be an integer of at least ${least}`);
}
