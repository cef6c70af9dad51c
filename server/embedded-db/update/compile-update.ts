import { assertPipeline, runPipeline } from '../aggregate/run-pipeline.ts';
import { cloneDocument } from '../bson-value/clone-value.ts';
import { equalValues } from '../bson-value/compare-values.ts';
import { type Document, getField } from '../bson-value/document.ts';
import { MongoError } from '../errors.ts';
import { applyOperators } from './apply-operators.ts';
import { compileArrayFilters } from './array-filters.ts';
import { describeField } from './describe-field.ts';
import { type Modification, parseOperators } from './parse-operators.ts';

/** `now` is the time `$currentDate` sets; `variables` are the `let` of a command. */
export type UpdateOptions = { arrayFilters?: readonly Document[]; now?: Date; variables?: Document };

/** `position` is what the filter reported for `$`; `isInsert` says that an upsert builds a new document. */
export type UpdateContext = { position?: number; isInsert?: boolean };

const UPDATE_STAGES = new Set(['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith']);

export type CompiledUpdate = {
  kind: 'operators' | 'replacement' | 'pipeline';
  /**
   * The updated document; the argument is not changed. `_id` stays first and may not change: ImmutableField (66). A field that
   * cannot be reached throws PathNotViable (28), a wrong type TypeMismatch (14) or BadValue (2), and nothing is updated.
   */
  apply(document: Document, context?: UpdateContext): Document;
};

/**
 * Compiles an update: a document of operators, a replacement, or a pipeline. What can be wrong without a document is thrown
 * here: unknown operators (9), conflicting paths (40), `$`-prefixed replacement fields (52), array filters nobody uses (9).
 */
export function compileUpdate(update: Document | readonly Document[], options: UpdateOptions = {}): CompiledUpdate {
  const hasFilters = (options.arrayFilters?.length ?? 0) > 0;
  if (isPipeline(update)) {
    if (hasFilters) throw new MongoError('FailedToParse', 'Cannot specify arrayFilters and a pipeline update');
    return compilePipelineUpdate(update, options);
  }
  const isOperators = Object.keys(update)[0]?.startsWith('$') === true;
  if (isOperators) return compileOperatorUpdate(update, options);
  if (hasFilters) {
    throw new MongoError('FailedToParse', 'Cannot specify arrayFilters and a replacement-style update');
  }
  return compileReplacement(update);
}

function compileOperatorUpdate(update: Document, options: UpdateOptions): CompiledUpdate {
  const { arrayFilters: filters = [], now = new Date(), variables } = options;
  const filterOptions = variables === undefined ? { now } : { now, variables };
  const modifications = parseOperators(update, now, filterOptions);
  const arrayFilters = compileArrayFilters(filters, filterOptions);
  refuseUnusedFilters([...arrayFilters.keys()], modifications);
  return {
    kind: 'operators',
    apply: (document, { position, isInsert = false } = {}) => {
      const context = position === undefined ? { arrayFilters, isInsert } : { arrayFilters, isInsert, position };
      const updated = applyOperators(document, modifications, context);
      if (Object.hasOwn(document, '_id') && !Object.hasOwn(updated, '_id')) throw removesId();
      return keepId(document, updated);
    },
  };
}

function compileReplacement(replacement: Document): CompiledUpdate {
  const dollar = Object.keys(replacement).find((name) => name.startsWith('$'));
  if (dollar !== undefined) {
    throw new MongoError(
      'DollarPrefixedFieldName',
      `The dollar ($) prefixed field '${dollar}' in '${dollar}' is not allowed in the context of an update's replacement document`,
    );
  }
  return { kind: 'replacement', apply: (document) => keepId(document, cloneDocument(replacement)) };
}

/** A pipeline of stages that change one document; `$$NOW` is the time of the update. */
function compilePipelineUpdate(
  pipeline: readonly Document[],
  { now = new Date(), variables = {} }: UpdateOptions,
): CompiledUpdate {
  const forbidden = pipeline.flatMap((stage) => Object.keys(stage)).find((stage) => !UPDATE_STAGES.has(stage));
  if (forbidden !== undefined) {
    throw new MongoError('InvalidOptions', `${forbidden} is not allowed to be used within an update`);
  }
  assertPipeline(pipeline, variables);
  return {
    kind: 'pipeline',
    apply: (document) => {
      const [updated = {}] = runPipeline(pipeline, [document], { lookup: () => [], now, variables });
      return keepId(document, updated);
    },
  };
}

/** Puts the document's own `_id` first; an update that would change or remove it is refused. */
function keepId(before: Document, after: Document): Document {
  if (!Object.hasOwn(before, '_id')) return after;
  if (Object.hasOwn(after, '_id') && !equalValues(before._id, after._id)) {
    const found = describeField('_id', getField(after, '_id'));
    const message = `After applying the update, the (immutable) field '_id' was found to have been altered to ${found}`;
    throw new MongoError('ImmutableField', message);
  }
  return { _id: before._id, ...after };
}

function refuseUnusedFilters(identifiers: readonly string[], modifications: readonly Modification[]): void {
  const used = new Set<string>();
  for (const { path } of modifications) {
    for (const step of path.steps) if (step.kind === 'filtered') used.add(step.identifier);
  }
  const unused = identifiers.find((identifier) => !used.has(identifier));
  if (unused === undefined) return;
  const message = `The array filter for identifier '${unused}' was not used in the update`;
  throw new MongoError('FailedToParse', message);
}

function removesId(): MongoError {
  const message = "Performing an update on the path '_id' would modify the immutable field '_id'";
  return new MongoError('ImmutableField', message);
}

function isPipeline(update: Document | readonly Document[]): update is readonly Document[] {
  return Array.isArray(update);
}
