import { Int32, Long, Timestamp } from 'bson';
import { addNumbers, integerOf, multiplyNumbers, widthOf } from '../bson-value/arithmetic.ts';
import { isNumeric, type NumericValue, typeName } from '../bson-value/bson-type.ts';
import { cloneValue } from '../bson-value/clone-value.ts';
import { compareValues } from '../bson-value/compare-values.ts';
import { isDocument } from '../bson-value/document.ts';
import { MongoError } from '../errors.ts';
import type { FieldChange } from './apply-at-path.ts';
import { describeField } from './describe-field.ts';

type BitOperation = (a: bigint, b: bigint) => bigint;

const BIT_OPERATIONS: Record<string, BitOperation> = {
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
};

/** `$set`: the value, whatever was there. */
export function setTo(value: unknown): FieldChange {
  return { createsPath: true, change: () => ({ set: cloneValue(value) }) };
}

/** `$unset`: removes the field; its argument has no meaning. */
export function unset(): FieldChange {
  return { createsPath: false, change: (current) => (current === undefined ? 'keep' : 'remove') };
}

/** `$inc`: adds; a missing field becomes the amount. Keeps the wider number type, an int that overflows becomes a long. */
export function incrementBy(amount: unknown, path: string): FieldChange {
  const number = requireNumber('increment', amount, path);
  return numericChange('$inc', (current) => (current === undefined ? number : addNumbers(current, number)));
}

/** `$mul`: multiplies; a missing field becomes zero of the factor's type. */
export function multiplyBy(factor: unknown, path: string): FieldChange {
  const number = requireNumber('multiply', factor, path);
  return numericChange('$mul', (current) => multiplyNumbers(current ?? new Int32(0), number));
}

/** `$min` and `$max`: sets the value when it is lower, or higher, than the field in BSON order, or the field is missing. */
export function setToExtreme(operator: '$min' | '$max', value: unknown): FieldChange {
  const wanted = operator === '$min' ? -1 : 1;
  return {
    createsPath: true,
    change: (current) =>
      current === undefined || compareValues(value, current) === wanted ? { set: cloneValue(value) } : 'keep',
  };
}

/** `$currentDate`: the time of the update as a date (`true`, `{$type: "date"}`) or a timestamp. */
export function setToCurrentDate(argument: unknown, now: Date): FieldChange {
  const kind = dateKind(argument);
  const seconds = Math.floor(now.getTime() / 1000);
  const value = kind === 'date' ? now : new Timestamp({ t: seconds, i: 1 });
  return { createsPath: true, change: () => ({ set: value }) };
}

/** `$bit`: and, or, xor in the order given, on ints and longs only; a missing field counts as 0. */
export function changeBits(argument: unknown, path: string): FieldChange {
  if (!isDocument(argument) || Object.keys(argument).length === 0) {
    throw new MongoError('BadValue', 'The $bit modifier needs a document such as {and: 5}, with and, or, or xor');
  }
  const steps = Object.entries(argument).map(([name, operand]) => bitStep(name, operand, path));
  return {
    createsPath: true,
    change: (current) => {
      const start = current ?? new Int32(0);
      if (!isInteger(start)) {
        throw new MongoError('BadValue', `Cannot apply $bit to a value of non-integral type: ${typeName(start)}`);
      }
      return { set: steps.reduce<Int32 | Long>((value, step) => step(value), start) };
    },
  };
}

function numericChange(
  operator: '$inc' | '$mul',
  calculate: (current: NumericValue | undefined) => NumericValue | undefined,
): FieldChange {
  return {
    createsPath: true,
    change: (current, path) => {
      if (current !== undefined && !isNumeric(current)) {
        throw new MongoError(
          'TypeMismatch',
          `Cannot apply ${operator} to a value of non-numeric type: the field '${path}' has the type ${typeName(current)}`,
        );
      }
      const result = calculate(current);
      if (result !== undefined) return { set: result };
      throw new MongoError(
        'BadValue',
        `Failed to apply ${operator} operations to current value of '${path}': overflow`,
      );
    },
  };
}

function requireNumber(verb: string, value: unknown, path: string): NumericValue {
  if (isNumeric(value)) return value;
  throw new MongoError('TypeMismatch', `Cannot ${verb} with non-numeric argument: ${describeField(path, value)}`);
}

function dateKind(argument: unknown): 'date' | 'timestamp' {
  if (typeof argument === 'boolean') return 'date';
  if (!isDocument(argument)) {
    throw new MongoError(
      'BadValue',
      `${typeName(argument)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression`,
    );
  }
  const unknown = Object.keys(argument).find((name) => name !== '$type');
  if (unknown !== undefined) throw new MongoError('BadValue', `Unrecognized $currentDate option: ${unknown}`);
  if (argument.$type === 'date' || argument.$type === 'timestamp') return argument.$type;
  throw new MongoError('BadValue', "The '$type' string field is required to be 'date' or 'timestamp'");
}

function bitStep(name: string, operand: unknown, path: string): (value: Int32 | Long) => Int32 | Long {
  const operation = Object.hasOwn(BIT_OPERATIONS, name) ? BIT_OPERATIONS[name] : undefined;
  if (operation === undefined) {
    throw new MongoError('BadValue', `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}'`);
  }
  if (!isInteger(operand)) {
    throw new MongoError(
      'BadValue',
      `The $bit modifier field must be an Integer(32/64 bit): ${describeField(path, operand)}`,
    );
  }
  return (value) => {
    const width = widthOf(value) === 'long' || widthOf(operand) === 'long' ? 'long' : 'int';
    const result = operation(BigInt(value.toString()), BigInt(operand.toString()));
    return integerOf(result, width) ?? value;
  };
}

function isInteger(value: unknown): value is Int32 | Long {
  return value instanceof Int32 || (value instanceof Long && typeName(value) === 'long');
}
