import { typeName } from '../bson-value/bson-type.ts';
import { type Document, isDocument } from '../bson-value/document.ts';
import { MongoError } from '../errors.ts';
import { integerArgument } from '../match/number-argument.ts';
import { isTruthy } from '../match/value-operators.ts';
import type { Expression, ExpressionCompiler, Scope, SpecialForm } from './expression-scope.ts';

/** Operators that do not evaluate all their arguments, or evaluate one of them several times. */
export const SPECIAL_FORMS: Record<string, SpecialForm> = {
  $literal: (argument) => () => argument,
  $expr: (argument, compiler) => compiler.compile(argument),
  $and: (argument, compiler) => {
    const operands = compileList(argument, compiler);
    return (scope) => operands.every((operand) => isTruthy(operand(scope)));
  },
  $or: (argument, compiler) => {
    const operands = compileList(argument, compiler);
    return (scope) => operands.some((operand) => isTruthy(operand(scope)));
  },
  $ifNull: (argument, compiler) => {
    const operands = compileList(argument, compiler);
    if (operands.length < 2) throw new MongoError('Location1257300', '$ifNull needs at least two arguments');
    return (scope) => {
      let value: unknown;
      for (const operand of operands) {
        value = operand(scope);
        if (value !== null && value !== undefined) return value;
      }
      return value;
    };
  },
  $cond: compileCond,
  $switch: compileSwitch,
  $let: compileLet,
  $map: compileMap,
  $filter: compileFilterForm,
  $reduce: compileReduce,
};

/** The named arguments of an operator. Throws FailedToParse for a missing or an unknown one. */
export function namedArguments(
  operator: string,
  argument: unknown,
  names: { required: readonly string[]; optional?: readonly string[] },
): Document {
  if (!isDocument(argument)) throw new MongoError('FailedToParse', `${operator} needs an object as its argument`);
  const missing = names.required.find((name) => !Object.hasOwn(argument, name));
  if (missing !== undefined) throw new MongoError('FailedToParse', `Missing '${missing}' parameter to ${operator}`);
  const known = [...names.required, ...(names.optional ?? [])];
  const unknown = Object.keys(argument).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new MongoError('FailedToParse', `Unrecognized parameter to ${operator}: ${unknown}`);
  return argument;
}

function compileList(argument: unknown, compiler: ExpressionCompiler): Expression[] {
  const list: unknown[] = Array.isArray(argument) ? argument : [argument];
  return list.map((operand) => compiler.compile(operand));
}

function compileCond(argument: unknown, compiler: ExpressionCompiler): Expression {
  if (Array.isArray(argument) && argument.length !== 3) {
    throw new MongoError(
      'Location16020',
      `Expression $cond takes exactly 3 arguments. ${argument.length} were passed in.`,
    );
  }
  const [test, yes, no] = Array.isArray(argument) ? argument : condFields(argument);
  const [condition, whenTrue, whenFalse] = [compiler.compile(test), compiler.compile(yes), compiler.compile(no)];
  return (scope) => (isTruthy(condition(scope)) ? whenTrue(scope) : whenFalse(scope));
}

function condFields(argument: unknown): unknown[] {
  const fields = namedArguments('$cond', argument, { required: ['if', 'then', 'else'] });
  return [fields.if, fields.then, fields.else];
}

function compileSwitch(argument: unknown, compiler: ExpressionCompiler): Expression {
  const fields = namedArguments('$switch', argument, { required: ['branches'], optional: ['default'] });
  if (!Array.isArray(fields.branches) || fields.branches.length === 0) {
    throw new MongoError('Location40068', '$switch requires at least one branch');
  }
  const branches = fields.branches.map((branch: unknown) => {
    const parts = namedArguments('$switch branch', branch, { required: ['case', 'then'] });
    return { condition: compiler.compile(parts.case), result: compiler.compile(parts.then) };
  });
  const fallback = Object.hasOwn(fields, 'default') ? compiler.compile(fields.default) : undefined;
  return (scope) => {
    const chosen = branches.find(({ condition }) => isTruthy(condition(scope)))?.result ?? fallback;
    if (chosen !== undefined) return chosen(scope);
    throw new MongoError('Location40066', '$switch could not find a matching branch and has no default');
  };
}

function compileLet(argument: unknown, compiler: ExpressionCompiler): Expression {
  const fields = namedArguments('$let', argument, { required: ['vars', 'in'] });
  if (!isDocument(fields.vars)) throw new MongoError('FailedToParse', "$let needs an object as 'vars'");
  const bindings = Object.entries(fields.vars).map(([name, value]) => [name, compiler.compile(value)] as const);
  const body = compiler.withVariables(bindings.map(([name]) => name)).compile(fields.in);
  return (scope) => body(bind(scope, Object.fromEntries(bindings.map(([name, value]) => [name, value(scope)]))));
}

function compileMap(argument: unknown, compiler: ExpressionCompiler): Expression {
  const fields = namedArguments('$map', argument, { required: ['input', 'in'], optional: ['as'] });
  const name = variableName('$map', fields.as);
  const input = compiler.compile(fields.input);
  const body = compiler.withVariables([name]).compile(fields.in);
  return (scope) => {
    const elements = requireArray('$map', input(scope));
    return elements?.map((element) => body(bind(scope, { [name]: element })) ?? null) ?? null;
  };
}

function compileFilterForm(argument: unknown, compiler: ExpressionCompiler): Expression {
  const fields = namedArguments('$filter', argument, { required: ['input', 'cond'], optional: ['as', 'limit'] });
  const name = variableName('$filter', fields.as);
  const input = compiler.compile(fields.input);
  const condition = compiler.withVariables([name]).compile(fields.cond);
  const limit = compiler.compile(fields.limit);
  return (scope) => {
    const elements = requireArray('$filter', input(scope));
    const most = integerArgument(limit(scope)) ?? Infinity;
    if (most < 1) throw new MongoError('Location327392', '$filter: limit must be greater than 0');
    return elements?.filter((element) => isTruthy(condition(bind(scope, { [name]: element })))).slice(0, most) ?? null;
  };
}

function compileReduce(argument: unknown, compiler: ExpressionCompiler): Expression {
  const fields = namedArguments('$reduce', argument, { required: ['input', 'initialValue', 'in'] });
  const input = compiler.compile(fields.input);
  const initial = compiler.compile(fields.initialValue);
  const body = compiler.withVariables(['this', 'value']).compile(fields.in);
  return (scope) => {
    const elements = requireArray('$reduce', input(scope));
    if (elements === undefined) return null;
    return elements.reduce<unknown>((value, element) => body(bind(scope, { value, this: element })), initial(scope));
  };
}

function bind(scope: Scope, variables: Record<string, unknown>): Scope {
  return { root: scope.root, variables: { ...scope.variables, ...variables } };
}

function variableName(operator: string, name: unknown): string {
  if (name === undefined) return 'this';
  if (typeof name === 'string' && /^[a-z\u0080-\uffff][\w\u0080-\uffff]*$/.test(name)) return name;
  throw new MongoError(
    'FailedToParse',
    `'${String(name)}' starts with an invalid character for a variable name of ${operator}`,
  );
}

/** Undefined for null and missing, whose result is null. */
function requireArray(operator: string, value: unknown): readonly unknown[] | undefined {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value;
  throw new MongoError('TypeMismatch', `input to ${operator} must be an array not ${typeName(value)}`);
}
