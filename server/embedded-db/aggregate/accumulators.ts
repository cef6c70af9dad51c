import { Int32 } from 'bson';
import { compareValues } from '../bson-value/compare-values.ts';
import type { Document } from '../bson-value/document.ts';
import { isDocument } from '../bson-value/document.ts';
import { MongoError, notImplemented } from '../errors.ts';
import { integerArgument } from '../match/number-argument.ts';
import { type CompiledSort, compileSort } from '../sort.ts';
import { isNullish } from './argument.ts';
import { compileExpression, type ExpressionOptions } from './compile-expression.ts';
import { FOLDS, type Fold } from './fold-functions.ts';
import { distinct } from './set-functions.ts';
import { namedArguments } from './special-forms.ts';

/** Reduces the documents of one group to a value. */
export type Accumulator = (documents: readonly Document[]) => unknown;

const LISTS: Record<string, Fold> = {
  ...FOLDS,
  $first: (values) => values.at(0) ?? null,
  $last: (values) => values.at(-1) ?? null,
  $push: (values) => values.filter((value) => value !== undefined),
  $addToSet: (values) => [...distinct(values.filter((value) => value !== undefined)).values()],
};

const REFUSED = new Set(['$accumulator', '$median', '$percentile']);

/** Compiles one field of `$group`: `{$sum: "$amount"}`. Throws Location15952 for an unknown accumulator. */
export function compileAccumulator(field: string, spec: unknown, options: ExpressionOptions): Accumulator {
  if (!isDocument(spec)) throw new MongoError('Location40234', `The field '${field}' must be an accumulator object`);
  const [name, another] = Object.keys(spec);
  if (name === undefined || another !== undefined) {
    throw new MongoError('Location40238', `The field '${field}' must specify one accumulator`);
  }
  const argument = spec[name];
  if (name === '$count') return (documents) => new Int32(documents.length);
  if (Object.hasOwn(LISTS, name)) return compileList(LISTS[name], argument, options);
  if (['$firstN', '$lastN', '$minN', '$maxN'].includes(name)) return compileSeveral(name, argument, options);
  if (['$top', '$bottom', '$topN', '$bottomN'].includes(name)) return compileRanked(name, argument, options);
  if (REFUSED.has(name)) throw notImplemented(`the accumulator ${name}`);
  throw new MongoError('Location15952', `unknown group operator '${name}'`);
}

function compileList(fold: Fold | undefined, argument: unknown, options: ExpressionOptions): Accumulator {
  const evaluate = compileExpression(argument, options);
  return (documents) => fold?.(documents.map(evaluate));
}

function compileSeveral(name: string, argument: unknown, options: ExpressionOptions): Accumulator {
  const fields = namedArguments(name, argument, { required: ['input', 'n'] });
  const count = requireCount(name, fields.n);
  const evaluate = compileExpression(fields.input, options);
  return (documents) => {
    const values = documents.map(evaluate);
    if (name === '$firstN') return values.slice(0, count).map((value) => value ?? null);
    if (name === '$lastN') return values.slice(-count).map((value) => value ?? null);
    const direction = name === '$minN' ? 1 : -1;
    const present = values.filter((value) => !isNullish(value));
    return present.sort((a, b) => compareValues(a, b) * direction).slice(0, count);
  };
}

function compileRanked(name: string, argument: unknown, options: ExpressionOptions): Accumulator {
  const isSeveral = name.endsWith('N');
  const required = isSeveral ? ['sortBy', 'output', 'n'] : ['sortBy', 'output'];
  const fields = namedArguments(name, argument, { required });
  if (!isDocument(fields.sortBy)) throw new MongoError('FailedToParse', `${name} needs an object as 'sortBy'`);
  const sort = compileSort(fields.sortBy);
  const count = isSeveral ? requireCount(name, fields.n) : 1;
  const output = compileExpression(fields.output, options);
  const takesTop = name.startsWith('$top');
  return (documents) => {
    const ranked = rank(documents, sort);
    const chosen = takesTop ? ranked.slice(0, count) : ranked.slice(-count);
    const values = chosen.map((document) => output(document) ?? null);
    return isSeveral ? values : values[0];
  };
}

function rank(documents: readonly Document[], { keyOf, compareKeys }: CompiledSort): Document[] {
  const keyed = documents.map((document) => ({ document, key: keyOf(document) }));
  return keyed.sort((a, b) => compareKeys(a.key, b.key)).map(({ document }) => document);
}

function requireCount(name: string, value: unknown): number {
  const count = integerArgument(value);
  if (count !== undefined && count > 0) return count;
  throw new MongoError('Location5787908', `${name}: 'n' must be a positive integer constant`);
}
