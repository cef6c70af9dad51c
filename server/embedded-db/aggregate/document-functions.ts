import { asDocument, type Document, getField, isDocument, setField } from '../bson-value/document.ts';
import { MongoError } from '../errors.ts';
import { isNullish, requireArray, wrongType } from './argument.ts';
import { sortArray } from './array-functions.ts';
import type { Expression, ExpressionCompiler, SpecialForm, ValueFunction } from './expression-scope.ts';
import { namedArguments } from './special-forms.ts';

/** Operators that build or take apart documents. */
export const DOCUMENT_FUNCTIONS: Record<string, ValueFunction> = {
  $objectToArray: { arity: [1, 1], apply: objectToArray },
  $arrayToObject: { arity: [1, 1], apply: arrayToObject },
};

/** Those with named arguments. */
export const DOCUMENT_FORMS: Record<string, SpecialForm> = {
  $getField: compileGetField,
  $setField: (argument, compiler) => compileSetField('$setField', argument, compiler),
  $unsetField: (argument, compiler) => compileSetField('$unsetField', argument, compiler),
  $sortArray: (argument, compiler) => {
    const fields = namedArguments('$sortArray', argument, { required: ['input', 'sortBy'] });
    const input = compiler.compile(fields.input);
    return (scope) => sortArray(input(scope), fields.sortBy);
  },
};

function objectToArray(value: unknown): unknown {
  if (isNullish(value)) return null;
  return Object.entries(requireDocument('$objectToArray', value)).map(([k, v]) => ({ k, v }));
}

/** From `{k, v}` documents or `[key, value]` pairs. */
function arrayToObject(value: unknown): unknown {
  if (isNullish(value)) return null;
  const result: Document = {};
  for (const member of requireArray('$arrayToObject', value)) {
    const document = asDocument(member);
    const [name, field] = Array.isArray(member) ? member : [document?.k, document?.v];
    if (typeof name !== 'string') throw wrongType('$arrayToObject', 'string keys', name);
    setField(result, name, field);
  }
  return result;
}

function compileGetField(argument: unknown, compiler: ExpressionCompiler): Expression {
  const isShort = !isDocument(argument) || !Object.hasOwn(argument, 'field');
  const fields = isShort
    ? { field: argument, input: '$$CURRENT' }
    : namedArguments('$getField', argument, { required: ['field'], optional: ['input'] });
  const field = fieldName('$getField', fields.field);
  const input = compiler.compile(Object.hasOwn(fields, 'input') ? fields.input : '$$CURRENT');
  return (scope) => {
    const value = input(scope);
    const document = asDocument(value);
    if (document !== undefined) return getField(document, field);
    return value === null ? null : undefined;
  };
}

function compileSetField(
  operator: '$setField' | '$unsetField',
  argument: unknown,
  compiler: ExpressionCompiler,
): Expression {
  const required = operator === '$setField' ? ['field', 'input', 'value'] : ['field', 'input'];
  const fields = namedArguments(operator, argument, { required });
  const name = fieldName(operator, fields.field);
  const input = compiler.compile(fields.input);
  const value = operator === '$setField' ? compiler.compile(fields.value) : () => undefined;
  return (scope) => {
    const source = input(scope);
    if (isNullish(source)) return null;
    const result = { ...requireDocument(operator, source) };
    const next = value(scope);
    if (next === undefined) delete result[name];
    else setField(result, name, next);
    return result;
  };
}

/** A constant name; `{$literal: "$price"}` is how a name that starts with `$` is written. */
function fieldName(operator: string, expression: unknown): string {
  const name = isDocument(expression) && Object.hasOwn(expression, '$literal') ? expression.$literal : expression;
  if (typeof name === 'string' && (name === expression ? !name.startsWith('$') : true)) return name;
  throw new MongoError('Location5654602', `${operator} requires 'field' to evaluate to a constant string`);
}

function requireDocument(operator: string, value: unknown): Document {
  const document = asDocument(value);
  if (document !== undefined) return document;
  throw wrongType(operator, 'a document', value);
}
