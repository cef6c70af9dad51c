import { typeName } from '../bson-value/bson-type.ts';
import { type Document, isDocument } from '../bson-value/document.ts';
import { MongoError } from '../errors.ts';
import type { FilterOptions } from '../match/compile-filter.ts';
import type { FieldChange } from './apply-at-path.ts';
import { addToSet, popFrom, pull, pullAll } from './array-operators.ts';
import {
  changeBits,
  incrementBy,
  multiplyBy,
  setTo,
  setToCurrentDate,
  setToExtreme,
  unset,
} from './field-operators.ts';
import { push } from './push-operator.ts';
import { comparePaths, createConflictGuard, parseUpdatePath, type UpdatePath } from './update-path.ts';

/** One change an update asks for. `onInsertOnly` is `$setOnInsert`; `renamedFrom` is the source of a `$rename`. */
export type Modification = {
  path: UpdatePath;
  change: FieldChange;
  onInsertOnly: boolean;
  renamedFrom?: readonly string[];
};

type OperatorArguments = { argument: unknown; path: string; now: Date; options: FilterOptions };

const OPERATORS: Record<string, (given: OperatorArguments) => FieldChange> = {
  $set: ({ argument }) => setTo(argument),
  $setOnInsert: ({ argument }) => setTo(argument),
  $unset: () => unset(),
  $inc: ({ argument, path }) => incrementBy(argument, path),
  $mul: ({ argument, path }) => multiplyBy(argument, path),
  $min: ({ argument }) => setToExtreme('$min', argument),
  $max: ({ argument }) => setToExtreme('$max', argument),
  $currentDate: ({ argument, now }) => setToCurrentDate(argument, now),
  $bit: ({ argument, path }) => changeBits(argument, path),
  $push: ({ argument }) => push(argument),
  $addToSet: ({ argument }) => addToSet(argument),
  $pop: ({ argument }) => popFrom(argument),
  $pull: ({ argument, options }) => pull(argument, options),
  $pullAll: ({ argument }) => pullAll(argument),
};

/**
 * The changes of an update in the order they are applied. Throws FailedToParse for an unknown operator,
 * ConflictingUpdateOperators (40) for two changes of one path, and what each operator says of its argument.
 */
export function parseOperators(update: Document, now: Date, options: FilterOptions): Modification[] {
  const modifications = Object.entries(update).flatMap(([operator, fields]) => {
    if (operator !== '$rename' && !Object.hasOwn(OPERATORS, operator)) throw unknownModifier(operator);
    return Object.entries(requireFields(operator, fields)).map(([path, argument]) =>
      operator === '$rename' ? parseRename(path, argument) : parseOperator(operator, { argument, path, now, options }),
    );
  });
  const guard = createConflictGuard();
  for (const { path, renamedFrom } of modifications) {
    if (renamedFrom !== undefined) guard(renamedFrom);
    guard(path.text.split('.'));
  }
  return modifications.sort((a, b) => comparePaths(a.path.text, b.path.text));
}

function parseOperator(operator: string, given: OperatorArguments): Modification {
  const create = OPERATORS[operator];
  if (create === undefined) throw unknownModifier(operator);
  const path = parseUpdatePath(given.path);
  return { path, change: create(given), onInsertOnly: operator === '$setOnInsert' };
}

/** The value is read when the update is applied; this change stands for the target, `renamedFrom` for the source. */
function parseRename(from: string, to: unknown): Modification {
  if (typeof to !== 'string') {
    throw new MongoError('BadValue', `The 'to' field for $rename must be a string: ${from} is given ${typeName(to)}`);
  }
  const source = parseUpdatePath(from);
  const target = parseUpdatePath(to);
  if (from === to) {
    throw new MongoError('BadValue', `The source and target field for $rename must differ: ${from}`);
  }
  for (const { steps, text } of [source, target]) {
    if (steps.every((step) => step.kind === 'name')) continue;
    throw new MongoError('BadValue', `The source and target field for $rename may not be dynamic: ${text}`);
  }
  return { path: target, change: unset(), onInsertOnly: false, renamedFrom: from.split('.') };
}

function requireFields(operator: string, fields: unknown): Document {
  if (isDocument(fields)) return fields;
  const message = `Modifiers operate on fields but we found type ${typeName(fields)} instead. For example: {$mod: {<field>: ...}} not {${operator}: ...}`;
  throw new MongoError('FailedToParse', message);
}

function unknownModifier(operator: string): MongoError {
  return new MongoError(
    'FailedToParse',
    `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
  );
}
