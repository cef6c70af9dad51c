import { typeName } from '../bson-value/bson-type.ts';
import { cloneValue } from '../bson-value/clone-value.ts';
import { equalValues, regexParts } from '../bson-value/compare-values.ts';
import { asDocument, isDocument } from '../bson-value/document.ts';
import { MongoError } from '../errors.ts';
import { compileFilter, type FilterOptions } from '../match/compile-filter.ts';
import { isOperatorDocument } from '../match/field-operators.ts';
import { integerArgument } from '../match/number-argument.ts';
import type { FieldChange } from './apply-at-path.ts';

/** `$addToSet`: appends each value that is not in the array yet; a missing field becomes an array. */
export function addToSet(argument: unknown): FieldChange {
  const values = valuesToAdd(argument);
  return {
    createsPath: true,
    change: (current, path) => {
      if (current !== undefined && !Array.isArray(current)) {
        throw new MongoError(
          'BadValue',
          `Cannot apply $addToSet to non-array field. Field named '${path}' has non-array type ${typeName(current)}`,
        );
      }
      const result = [...(current ?? [])];
      for (const value of values) {
        if (!result.some((member) => equalValues(member, value))) result.push(cloneValue(value));
      }
      return { set: result };
    },
  };
}

/** `$pop`: drops the last element for 1, the first for -1. */
export function popFrom(argument: unknown): FieldChange {
  const end = integerArgument(argument);
  if (end !== 1 && end !== -1) {
    throw new MongoError('FailedToParse', `$pop expects 1 or -1, found: ${String(argument)}`);
  }
  return {
    createsPath: false,
    change: (current, path) => {
      if (current === undefined) return 'keep';
      if (!Array.isArray(current)) {
        const type = typeName(current);
        throw new MongoError('TypeMismatch', `Path '${path}' contains an element of non-array type '${type}'`);
      }
      return { set: end === 1 ? current.slice(0, -1) : current.slice(1) };
    },
  };
}

/**
 * `$pull`: drops the elements that match. Operators and regular expressions are asked of the element, a document is a filter
 * for elements that are documents, anything else must be equal.
 */
export function pull(condition: unknown, options: FilterOptions): FieldChange {
  return removeElements('$pull', pullTest(condition, options));
}

/** `$pullAll`: drops the elements equal to one of the list. */
export function pullAll(argument: unknown): FieldChange {
  if (!Array.isArray(argument)) {
    throw new MongoError('BadValue', `$pullAll requires an array argument but was given a ${typeName(argument)}`);
  }
  return removeElements('$pullAll', (element) => argument.some((value) => equalValues(element, value)));
}

function removeElements(operator: string, drops: (element: unknown) => boolean): FieldChange {
  return {
    createsPath: false,
    change: (current) => {
      if (current === undefined) return 'keep';
      if (!Array.isArray(current)) {
        throw new MongoError('BadValue', `Cannot apply ${operator} to a non-array value`);
      }
      return { set: current.filter((element: unknown) => !drops(element)) };
    },
  };
}

function pullTest(condition: unknown, options: FilterOptions): (element: unknown) => boolean {
  if (isOperatorDocument(condition) || regexParts(condition) !== undefined) {
    const matches = compileFilter({ element: condition }, options);
    return (element) => matches({ element });
  }
  if (!isDocument(condition)) return (element) => equalValues(element, condition);
  const matches = compileFilter(condition, options);
  return (element) => {
    const document = asDocument(element);
    return document !== undefined && matches(document);
  };
}

function valuesToAdd(argument: unknown): readonly unknown[] {
  if (!isDocument(argument) || Object.keys(argument)[0] !== '$each') return [argument];
  if (Object.keys(argument).length > 1) {
    throw new MongoError('BadValue', 'Found unexpected fields after $each in $addToSet');
  }
  if (Array.isArray(argument.$each)) return argument.$each;
  const type = typeName(argument.$each);
  throw new MongoError(
    'TypeMismatch',
    `The argument to $each in $addToSet must be an array but it was of type ${type}`,
  );
}
