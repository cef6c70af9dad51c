import { Int32 } from 'bson';
import { compareValues } from '../bson-value/compare-values.ts';
import type { Document } from '../bson-value/document.ts';
import { isDocument } from '../bson-value/document.ts';
import { MongoError, notImplemented } from '../errors.ts';
import { integerArgument } from '../match/number-argument.ts';
import { compileSort } from '../sort.ts';
import { isNullish } from './argument.ts';
import { compileExpression, type ExpressionOptions } from './compile-expression.ts';
import { FOLDS, type Fold } from './fold-functions.ts';
import { distinct } from './set-functions.ts';
import { namedArguments } from './special-forms.ts';

/** Takes a value from each document of a group, so that the documents need not be held, and makes one of them in the end. */
export type Accumulator = {
  collect(document: Document): unknown;
  finish(values: readonly unknown[]): unknown;
};

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
  if (name === '$count') return { collect: () => null, finish: (values) => new Int32(values.length) };
  if (Object.hasOwn(LISTS, name)) return compileList(LISTS[name], argument, options);
  if (['$firstN', '$lastN', '$minN', '$maxN'].includes(name)) return compileSeveral(name, argument, options);
  if (['$top', '$bottom', '$topN', '$bottomN'].includes(name)) return compileRanked(name, argument, options);
  if (REFUSED.has(name)) throw notImplemented(`the accumulator ${name}`);
  throw new MongoError('Location15952', `unknown group operator '${name}'`);
}

function compileList(fold: Fold | undefined, argument: unknown, options: ExpressionOptions): Accumulator {
  return { collect: compileExpression(argument, options), finish: (values) => fold?.(values) };
}

function compileSeveral(name: string, argument: unknown, options: ExpressionOptions): Accumulator {
  const fields = namedArguments(name, argument, { required: ['input', 'n'] });
  const count = requireCount(name, fields.n);
  const finish = (values: readonly unknown[]): unknown => {
    if (name === '$firstN') return values.slice(0, count).map((value) => value ?? null);
    if (name === '$lastN') return values.slice(-count).map((value) => value ?? null);
    const direction = name === '$minN' ? 1 : -1;
    const present = values.filter((value) => !isNullish(value));
    return present.sort((a, b) => compareValues(a, b) * direction).slice(0, count);
  };
  return { collect: compileExpression(fields.input, options), finish };
}

function compileRanked(name: string, argument: unknown, options: ExpressionOptions): Accumulator {
  const isSeveral = name.endsWith('N');
  const required = isSeveral ? ['sortBy', 'output', 'n'] : ['sortBy', 'output'];
  const fields = namedArguments(name, argument, { required });
  if (!isDocument(fields.sortBy)) throw new MongoError('FailedToParse', `${name} needs an object as 'sortBy'`);
  const { keyOf, compareKeys } = compileSort(fields.sortBy);
  const count = isSeveral ? requireCount(name, fields.n) : 1;
  const output = compileExpression(fields.output, options);
  return {
    collect: (document) => ({ key: keyOf(document), output: output(document) ?? null }),
    finish: (values) => {
      const ranked = values.filter(isDocument).sort((a, b) => compareKeys(listOf(a.key), listOf(b.key)));
      const chosen = name.startsWith('$top') ? ranked.slice(0, count) : ranked.slice(-count);
      const outputs = chosen.map((entry) => entry.output);
      return isSeveral ? outputs : outputs[0];
    },
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function requireCount(name: string, value: unknown): number {
  const count = integerArgument(value);
  if (count !== undefined && count > 0) return count;
  throw new MongoError('Location5787908', `${name}: 'n' must be a positive integer constant`);
}
