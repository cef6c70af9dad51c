import { asDocument, type Document, getField, isDocument, setField } from '../bson-value/document.ts';
import { MongoError, notImplemented } from '../errors.ts';
import { ARRAY_FUNCTIONS } from './array-functions.ts';
import { COMPARISON_FUNCTIONS } from './comparison-functions.ts';
import { DATE_FORMS } from './date-forms.ts';
import { DOCUMENT_FORMS, DOCUMENT_FUNCTIONS } from './document-functions.ts';
import type { Expression, ExpressionCompiler, SpecialForm, ValueFunction } from './expression-scope.ts';
import { FOLD_FUNCTIONS } from './fold-functions.ts';
import { MATH_FUNCTIONS } from './math-functions.ts';
import { NUMBER_FUNCTIONS } from './number-functions.ts';
import { SET_FUNCTIONS } from './set-functions.ts';
import { SPECIAL_FORMS } from './special-forms.ts';
import { STRING_FORMS } from './string-forms.ts';
import { STRING_FUNCTIONS } from './string-functions.ts';
import { TYPE_FORMS, TYPE_FUNCTIONS } from './type-functions.ts';

/** `variables` are the `let` of a command; `now` is its `$$NOW`. */
export type ExpressionOptions = { variables?: Document; now?: Date };

const FORMS: Record<string, SpecialForm> = {
  ...SPECIAL_FORMS,
  ...DOCUMENT_FORMS,
  ...TYPE_FORMS,
  ...STRING_FORMS,
  ...DATE_FORMS,
};

const FUNCTIONS: Record<string, ValueFunction> = {
  ...COMPARISON_FUNCTIONS,
  ...NUMBER_FUNCTIONS,
  ...MATH_FUNCTIONS,
  ...STRING_FUNCTIONS,
  ...ARRAY_FUNCTIONS,
  ...SET_FUNCTIONS,
  ...DOCUMENT_FUNCTIONS,
  ...TYPE_FUNCTIONS,
  ...FOLD_FUNCTIONS,
};

const REFUSED = new Set([
  '$function',
  '$accumulator',
  '$meta',
  '$sampleRate',
  '$toHashedIndexKey',
  '$median',
  '$percentile',
  '$zip',
  '$dateFromParts',
  '$dateToParts',
  '$firstN',
  '$lastN',
  '$maxN',
  '$minN',
  '$bsonSize',
  '$binarySize',
  '$tsSecond',
  '$tsIncrement',
]);

/**
 * Compiles an aggregation expression into a function of a document. Unknown operators and variables throw here; a wrong type
 * met in a document throws when it is evaluated. Numbers keep their BSON types.
 */
export function compileExpression(
  expression: unknown,
  options: ExpressionOptions = {},
): (document: Document) => unknown {
  const { variables = {}, now = new Date() } = options;
  const evaluate = createCompiler(new Set(Object.keys(variables))).compile(expression);
  const bound = { ...variables, NOW: now };
  return (document) => evaluate({ root: document, variables: bound });
}

function createCompiler(names: ReadonlySet<string>): ExpressionCompiler {
  const compiler: ExpressionCompiler = {
    compile: (expression) => compileAny(expression, names, compiler),
    withVariables: (added) => createCompiler(new Set([...names, ...added])),
  };
  return compiler;
}

function compileAny(expression: unknown, names: ReadonlySet<string>, compiler: ExpressionCompiler): Expression {
  if (typeof expression === 'string' && expression.startsWith('$')) return compilePath(expression, names);
  if (Array.isArray(expression)) {
    const elements = expression.map((element: unknown) => compiler.compile(element));
    return (scope) => elements.map((element) => element(scope) ?? null);
  }
  if (!isDocument(expression)) return () => expression;
  const [first] = Object.keys(expression);
  if (first?.startsWith('$')) return compileOperator(first, expression, compiler);
  return compileObject(expression, compiler);
}

function compileObject(expression: Document, compiler: ExpressionCompiler): Expression {
  const fields = Object.entries(expression).map(([name, value]) => ({ name, evaluate: compiler.compile(value) }));
  return (scope) => {
    const result: Document = {};
    for (const { name, evaluate } of fields) {
      const value = evaluate(scope);
      if (value !== undefined) setField(result, name, value);
    }
    return result;
  };
}

function compileOperator(name: string, expression: Document, compiler: ExpressionCompiler): Expression {
  if (Object.keys(expression).length !== 1) {
    const message = 'an expression specification must contain exactly one field, the name of the expression';
    throw new MongoError('Location15983', message);
  }
  const argument = getField(expression, name);
  const form = Object.hasOwn(FORMS, name) ? FORMS[name] : undefined;
  if (form !== undefined) return form(argument, compiler);
  const found = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (found !== undefined) return compileCall(name, found, argument, compiler);
  if (REFUSED.has(name)) throw notImplemented(`the expression ${name}`);
  throw new MongoError('InvalidPipelineOperator', `Unrecognized expression '${name}'`);
}

function compileCall(
  name: string,
  { arity, apply }: ValueFunction,
  argument: unknown,
  compiler: ExpressionCompiler,
): Expression {
  const given: unknown[] = Array.isArray(argument) ? argument : [argument];
  const [fewest, most] = arity;
  if (given.length < fewest || given.length > most) {
    const wanted = fewest === most ? `exactly ${fewest}` : `between ${fewest} and ${most}`;
    const message = `Expression ${name} takes ${wanted} arguments. ${given.length} were passed in.`;
    throw new MongoError('Location16020', message);
  }
  const operands = given.map((operand) => compiler.compile(operand));
  return (scope) => apply(...operands.map((operand) => operand(scope)));
}

/** `$a.b` is a field of the document, `$$name.b` one of a variable. */
function compilePath(path: string, names: ReadonlySet<string>): Expression {
  if (!path.startsWith('$$')) {
    const parts = splitPath(path.slice(1));
    return (scope) => fieldOf(scope.root, parts);
  }
  const [name = '', ...parts] = splitPath(path.slice(2));
  if (name === 'REMOVE') return () => undefined;
  if (name === 'ROOT' || (name === 'CURRENT' && !names.has(name))) return (scope) => fieldOf(scope.root, parts);
  if (name !== 'NOW' && !names.has(name)) {
    throw new MongoError('Location17276', `Use of undefined variable: ${name}`);
  }
  return (scope) => fieldOf(getField(scope.variables, name), parts);
}

function splitPath(path: string): string[] {
  const parts = path.split('.');
  if (parts.includes('')) {
    throw new MongoError('Location15998', `FieldPath field names may not be empty strings: '$${path}'`);
  }
  return parts;
}

/** A path through documents; an array on the way gives the array of what its documents have there. */
function fieldOf(value: unknown, parts: readonly string[]): unknown {
  const [name, ...rest] = parts;
  if (name === undefined) return value;
  if (Array.isArray(value)) {
    const documents = value.filter((element: unknown) => asDocument(element) !== undefined);
    return documents.map((element: unknown) => fieldOf(element, parts)).filter((found) => found !== undefined);
  }
  const document = asDocument(value);
  return document === undefined ? undefined : fieldOf(getField(document, name), rest);
}
