import { Int32 } from 'bson';
import { compareValues } from '../bson-value/compare-values.ts';
import { type Document, isDocument, setField } from '../bson-value/document.ts';
import { encodeKey } from '../bson-value/encode-key.ts';
import { estimateBytes } from '../bson-value/estimate-bytes.ts';
import { MongoError } from '../errors.ts';
import { memoryExceeded, SORT_MEMORY_LIMIT_BYTES, sortDocuments } from '../sort.ts';
import { type Accumulator, compileAccumulator } from './accumulators.ts';
import { compileExpression } from './compile-expression.ts';
import { namedArguments } from './special-forms.ts';
import type { PipelineSource, StageCompiler } from './stage.ts';

type Field = { name: string; accumulator: Accumulator };
/** One list of collected values for each field. */
type Group = { id: unknown; collected: unknown[][] };

const ONE = new Int32(1);
const COUNT = { count: { $sum: ONE } };

/** `$group`: one document for each different `_id`, in the order they first came; numbers group by value over all types. */
export const compileGroup: StageCompiler = (argument, context) => {
  if (!isDocument(argument)) throw new MongoError('Location15947', "a group's fields must be specified in an object");
  if (!Object.hasOwn(argument, '_id')) {
    throw new MongoError('Location15955', 'a group specification must include an _id');
  }
  const { _id, ...rest } = argument;
  const idOf = compileExpression(_id, context);
  const fields = Object.entries(rest).map(([name, spec]) => {
    if (name.includes('.')) throw new MongoError('Location40235', `The field name '${name}' cannot contain '.'`);
    return { name, accumulator: compileAccumulator(name, spec, context) };
  });
  return function* group(documents) {
    for (const { id, collected } of collectGroups(documents, idOf, { fields, context })) {
      const result: Document = { _id: id };
      for (const [at, { name, accumulator }] of fields.entries()) {
        setField(result, name, accumulator.finish(collected[at] ?? []));
      }
      yield result;
    }
  };
};

/** `$sortByCount`: how often each value comes, most often first. */
export const compileSortByCount: StageCompiler = (argument, context) => {
  const group = compileGroup({ _id: argument, ...COUNT }, context);
  return (documents) => sortDocuments(group(documents), { count: -1 }, context);
};

/** `$bucket`: groups by the range of `boundaries` a value falls into, `default` for those outside. */
export const compileBucket: StageCompiler = (argument, context) => {
  const names = { required: ['groupBy', 'boundaries'], optional: ['default', 'output'] };
  const fields = namedArguments('$bucket', argument, names);
  const boundaries = requireBoundaries(fields.boundaries);
  const branches = boundaries.slice(1).map((upper, at) => {
    const lower = boundaries[at];
    const within = [{ $gte: [fields.groupBy, { $literal: lower }] }, { $lt: [fields.groupBy, { $literal: upper }] }];
    return { case: { $and: within }, then: { $literal: lower } };
  });
  const fallback = Object.hasOwn(fields, 'default') ? { default: { $literal: fields.default } } : {};
  const output = isDocument(fields.output) ? fields.output : COUNT;
  const group = compileGroup({ _id: { $switch: { branches, ...fallback } }, ...output }, context);
  return (documents) => sortDocuments(group(documents), { _id: 1 }, context);
};

/** Reads everything; throws code 292 when the collected values pass the memory limit. */
function collectGroups(
  documents: Iterable<Document>,
  idOf: (document: Document) => unknown,
  { fields, context }: { fields: readonly Field[]; context: PipelineSource },
): Iterable<Group> {
  const { memoryLimitBytes = SORT_MEMORY_LIMIT_BYTES } = context;
  const groups = new Map<string, Group>();
  let heldBytes = 0;
  for (const document of documents) {
    const id = idOf(document) ?? null;
    const key = encodeKey(id).toString('latin1');
    const group = groups.get(key) ?? { id, collected: fields.map(() => []) };
    groups.set(key, group);
    for (const [at, { accumulator }] of fields.entries()) {
      const value = accumulator.collect(document);
      group.collected[at]?.push(value);
      heldBytes += estimateBytes(value);
    }
    if (heldBytes > memoryLimitBytes) throw memoryExceeded('$group', memoryLimitBytes);
  }
  return groups.values();
}

function requireBoundaries(value: unknown): readonly unknown[] {
  if (!Array.isArray(value) || value.length < 2) {
    throw new MongoError('Location40192', "The $bucket 'boundaries' field must have at least 2 values");
  }
  const isAscending = value.every((boundary, at) => at === 0 || compareValues(value[at - 1], boundary) < 0);
  if (!isAscending) throw new MongoError('Location40194', "The 'boundaries' option to $bucket must be sorted");
  return value;
}
