import { isNumeric, TYPE_NUMBERS, typeName } from '../bson-value/bson-type.ts';
import { MongoError } from '../errors.ts';
import { integerArgument } from '../match/number-argument.ts';
import { isNullish } from './argument.ts';
import { type ConvertTarget, convertValue, isConvertTarget } from './convert-value.ts';
import type { Expression, ExpressionCompiler, SpecialForm, ValueFunction } from './expression-scope.ts';
import { namedArguments } from './special-forms.ts';

/** Operators that ask for or change the type of a value; null and missing convert to null. */
export const TYPE_FUNCTIONS: Record<string, ValueFunction> = {
  $type: { arity: [1, 1], apply: (value) => (value === undefined ? 'missing' : typeName(value)) },
  $isNumber: { arity: [1, 1], apply: (value) => isNumeric(value) },
  $toBool: conversionTo('bool'),
  $toInt: conversionTo('int'),
  $toLong: conversionTo('long'),
  $toDouble: conversionTo('double'),
  $toDecimal: conversionTo('decimal'),
  $toString: conversionTo('string'),
  $toDate: conversionTo('date'),
  $toObjectId: conversionTo('objectId'),
};

/** `$convert` with its fall-backs. */
export const TYPE_FORMS: Record<string, SpecialForm> = { $convert: compileConvert };

function conversionTo(target: ConvertTarget): ValueFunction {
  return { arity: [1, 1], apply: (value) => (isNullish(value) ? null : convertValue(value, target)) };
}

function compileConvert(argument: unknown, compiler: ExpressionCompiler): Expression {
  const fields = namedArguments('$convert', argument, { required: ['input', 'to'], optional: ['onError', 'onNull'] });
  const input = compiler.compile(fields.input);
  const to = compiler.compile(fields.to);
  const onNull = compiler.compile(Object.hasOwn(fields, 'onNull') ? fields.onNull : null);
  const onError = Object.hasOwn(fields, 'onError') ? compiler.compile(fields.onError) : undefined;
  return (scope) => {
    const value = input(scope);
    const target = to(scope);
    if (isNullish(value)) return onNull(scope);
    if (isNullish(target)) return null;
    try {
      return convertValue(value, requireTarget(target));
    } catch (error) {
      const isFailure = error instanceof MongoError && error.codeName === 'ConversionFailure';
      if (!isFailure || onError === undefined) throw error;
      return onError(scope);
    }
  };
}

function requireTarget(target: unknown): ConvertTarget {
  const code = integerArgument(target);
  const byNumber = Object.entries(TYPE_NUMBERS).find(([, number]) => number === code)?.[0];
  const name = code === undefined ? target : byNumber;
  if (typeof name === 'string' && isConvertTarget(name)) return name;
  throw new MongoError('BadValue', `$convert's 'to' argument is not a type it converts to: ${String(target)}`);
}
