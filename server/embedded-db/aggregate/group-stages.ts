import { Int32 } from 'bson';
import { compareValues } from '../bson-value/compare-values.ts';
import { type Document, isDocument, setField } from '../bson-value/document.ts';
import { encodeKey } from '../bson-value/encode-key.ts';
import { MongoError } from '../errors.ts';
import { sortDocuments } from '../sort.ts';
import { compileAccumulator } from './accumulators.ts';
import { compileExpression } from './compile-expression.ts';
import { namedArguments } from './special-forms.ts';
import type { StageCompiler } from './stage.ts';

type Group = { id: unknown; documents: Document[] };

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
    return { name, accumulate: compileAccumulator(name, spec, context) };
  });
  return function* group(documents) {
    for (const { id, documents: members } of collectGroups(documents, idOf)) {
      const result: Document = { _id: id };
      for (const { name, accumulate } of fields) setField(result, name, accumulate(members));
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

function collectGroups(documents: Iterable<Document>, idOf: (document: Document) => unknown): Iterable<Group> {
  const groups = new Map<string, Group>();
  for (const document of documents) {
    const id = idOf(document) ?? null;
    const key = encodeKey(id).toString('latin1');
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { id, documents: [document] });
    else known.documents.push(document);
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
