import { regexParts } from '../bson-value/compare-values.ts';
import { type Document, isDocument } from '../bson-value/document.ts';
import { encodeKey } from '../bson-value/encode-key.ts';
import { getPathValues } from '../bson-value/path-values.ts';
import { MongoError } from '../errors.ts';
import { integerArgument } from '../match/number-argument.ts';
import { compileAddFields } from '../project.ts';
import { compileExpression } from './compile-expression.ts';
import { namedArguments } from './special-forms.ts';
import type { PipelineSource, StageCompiler } from './stage.ts';

/** Finds the foreign documents that belong to a document. */
type Finder = (document: Document) => Document[];

/** `$facet`: each pipeline over the same documents, its results in an array. */
export const compileFacet: StageCompiler = (argument, context) => {
  if (!isDocument(argument) || Object.keys(argument).length === 0) {
    throw new MongoError('Location40169', 'the $facet specification must be a non-empty object');
  }
  const facets = Object.entries(argument).map(([name, pipeline]) => {
    const stages = requirePipeline('$facet', pipeline);
    const nested = stages
      .flatMap((stage) => Object.keys(stage))
      .find((stage) => ['$facet', '$documents'].includes(stage));
    if (nested !== undefined)
      throw new MongoError('Location40600', `${nested} is not allowed to be used within a $facet stage`);
    return { name, run: context.compilePipeline(stages, context) };
  });
  return function* facet(documents) {
    const all = [...documents];
    yield Object.fromEntries(facets.map(({ name, run }) => [name, [...run(all)]]));
  };
};

/** `$lookup` by equal fields, by a pipeline with `let`, or both. */
export const compileLookup: StageCompiler = (argument, context) => {
  const names = { required: ['from', 'as'], optional: ['localField', 'foreignField', 'let', 'pipeline'] };
  const fields = namedArguments('$lookup', argument, names);
  const { from, as } = fields;
  if (typeof from !== 'string' || typeof as !== 'string') {
    throw new MongoError('FailedToParse', "$lookup 'from' and 'as' must be strings");
  }
  const byField = equalityFinder(fields, () => context.lookup(from));
  const byPipeline = fields.pipeline === undefined ? undefined : pipelineFinder(fields, context);
  if (byField === undefined && byPipeline === undefined) {
    throw new MongoError('FailedToParse', '$lookup requires localField and foreignField, or a pipeline');
  }
  return function* lookup(documents) {
    const find = byField?.() ?? everything(() => context.lookup(from));
    for (const document of documents) {
      const found = byPipeline?.(document, find(document)) ?? find(document);
      yield compileAddFields({ [as]: { $literal: found } })(document);
    }
  };
};

/** `$unionWith`: the documents of another collection, through a pipeline if given, after those that come in. */
export const compileUnionWith: StageCompiler = (argument, context) => {
  const given = typeof argument === 'string' ? { coll: argument } : argument;
  const fields = namedArguments('$unionWith', given, { required: ['coll'], optional: ['pipeline'] });
  const { coll } = fields;
  if (typeof coll !== 'string') throw new MongoError('FailedToParse', "$unionWith 'coll' must be a string");
  const run = context.compilePipeline(requirePipeline('$unionWith', fields.pipeline ?? []), context);
  return function* unionWith(documents) {
    yield* documents;
    yield* run(context.lookup(coll));
  };
};

/** `$sample`: so many documents at random, each at most once. */
export const compileSample: StageCompiler = (argument) => {
  const { size } = namedArguments('$sample', argument, { required: ['size'] });
  const count = integerArgument(size);
  if (count === undefined || count < 1)
    throw new MongoError('Location28747', 'size argument to $sample must be positive');
  return (documents) => {
    const chosen = [...documents];
    for (let at = 0; at < Math.min(count, chosen.length); at++) {
      const other = at + Math.floor(Math.random() * (chosen.length - at));
      const [here, there] = [chosen[at], chosen[other]];
      if (here !== undefined && there !== undefined) [chosen[at], chosen[other]] = [there, here];
    }
    return chosen.slice(0, count);
  };
};

/** `$documents`: literal documents instead of a collection's. */
export const compileDocuments: StageCompiler = (argument, context) => {
  const evaluated = compileExpression(argument, context)({});
  if (!Array.isArray(evaluated) || !evaluated.every(isDocument)) {
    throw new MongoError('Location5858203', '$documents must evaluate to an array of objects');
  }
  return () => evaluated;
};

/** Foreign documents by the value of a field, looked up by key; missing equals null, array elements count one by one. */
function equalityFinder(fields: Document, foreign: () => Iterable<Document>): (() => Finder) | undefined {
  const { localField, foreignField } = fields;
  if (localField === undefined && foreignField === undefined) return undefined;
  if (typeof localField !== 'string' || typeof foreignField !== 'string') {
    throw new MongoError('FailedToParse', '$lookup requires both or neither of localField and foreignField');
  }
  return () => {
    const byKey = indexBy(foreignField, foreign());
    return (document) => {
      const found = keysOf(document, localField).flatMap((key) => byKey.get(key) ?? []);
      const ranks = new Map(found.map(({ document: match, rank }) => [rank, match]));
      return [...ranks].sort(([a], [b]) => a - b).map(([, match]) => match);
    };
  };
}

function everything(foreign: () => Iterable<Document>): Finder {
  const all = [...foreign()];
  return () => all;
}

type Ranked = { document: Document; rank: number };

function indexBy(field: string, documents: Iterable<Document>): Map<string, Ranked[]> {
  const byKey = new Map<string, Ranked[]>();
  let rank = 0;
  for (const document of documents) {
    for (const key of keysOf(document, field)) {
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, [{ document, rank }]);
      else known.push({ document, rank });
    }
    rank += 1;
  }
  return byKey;
}

function keysOf(document: Document, path: string): string[] {
  const values = getPathValues(document, path).map(({ value }) => value);
  const present = values.filter((value) => regexParts(value) === undefined);
  return [...new Set(present.map((value) => encodeKey(value ?? null).toString('latin1')))];
}

function pipelineFinder(
  fields: Document,
  context: Parameters<StageCompiler>[1],
): (document: Document, candidates: readonly Document[]) => Document[] {
  const stages = requirePipeline('$lookup', fields.pipeline);
  const bindings = Object.entries(isDocument(fields.let) ? fields.let : {});
  const compiled = bindings.map(([name, expression]) => [name, compileExpression(expression, context)] as const);
  const inner = (values: Document): PipelineSource => ({ ...context, variables: { ...context.variables, ...values } });
  // Compiled once without a document, so that a wrong pipeline is refused even when nothing comes in.
  context.compilePipeline(stages, inner(Object.fromEntries(compiled.map(([name]) => [name, null]))));
  return (document, candidates) => {
    const values = Object.fromEntries(compiled.map(([name, evaluate]) => [name, evaluate(document)]));
    return [...context.compilePipeline(stages, inner(values))(candidates)];
  };
}

function requirePipeline(stage: string, value: unknown): readonly Document[] {
  if (Array.isArray(value) && value.every(isDocument)) return value;
  throw new MongoError('TypeMismatch', `${stage} needs an array of stages as its pipeline`);
}
