import { ObjectId } from 'bson';
import { cloneValue } from '../bson-value/clone-value.ts';
import { regexParts } from '../bson-value/compare-values.ts';
import { type Document, getField, isDocument } from '../bson-value/document.ts';
import { MongoError } from '../errors.ts';
import { isOperatorDocument } from '../match/field-operators.ts';
import { applyAtPath } from './apply-at-path.ts';
import type { CompiledUpdate } from './compile-update.ts';
import { setTo } from './field-operators.ts';
import { createConflictGuard } from './update-path.ts';

type Equality = { path: string; value: unknown };

/**
 * The document an upsert inserts when nothing matched: the fields the filter fixes by equality (a replacement takes only `_id`
 * from it), changed by the update with `$setOnInsert` in force. `_id` comes first, a new ObjectId when none is given.
 * Throws NotSingleValueField (54) when the filter fixes one path twice, and whatever the update throws.
 */
export function upsertDocument(filter: Document, update: CompiledUpdate): Document {
  const equalities = equalitiesOf(filter);
  const start =
    update.kind === 'replacement' ? startOf(equalities.filter(({ path }) => path === '_id')) : startOf(equalities);
  const { _id = new ObjectId(), ...fields } = update.apply(start, { isInsert: true });
  return { _id, ...fields };
}

function startOf(equalities: readonly Equality[]): Document {
  const document: Document = {};
  const guard = createConflictGuard();
  const seen = new Set<string>();
  for (const { path, value } of equalities) {
    if (seen.has(path)) {
      const message = `cannot infer query fields to set, path '${path}' is matched twice`;
      throw new MongoError('NotSingleValueField', message);
    }
    seen.add(path);
    guard(path.split('.'));
    applyAtPath(document, path.split('.'), setTo(cloneValue(value)));
  }
  return document;
}

/** Equalities at the top, under `$and`, and under an `$or` or `$in` with a single choice. */
function equalitiesOf(filter: Document): Equality[] {
  return Object.entries(filter).flatMap(([name, condition]) => {
    if (name === '$and' || (name === '$or' && Array.isArray(condition) && condition.length === 1)) {
      return Array.isArray(condition) ? condition.filter(isDocument).flatMap(equalitiesOf) : [];
    }
    return name.startsWith('$') ? [] : fieldEqualities(name, condition);
  });
}

function fieldEqualities(path: string, condition: unknown): Equality[] {
  if (regexParts(condition) !== undefined) return [];
  if (!isOperatorDocument(condition)) return [{ path, value: condition }];
  const values: unknown[] = [];
  if (Object.hasOwn(condition, '$eq')) values.push(condition.$eq);
  for (const name of ['$in', '$all']) {
    const list = getField(condition, name);
    if (Array.isArray(list) && list.length === 1 && isPlainValue(list[0])) values.push(list[0]);
  }
  return values.map((value) => ({ path, value }));
}

function isPlainValue(value: unknown): boolean {
  return regexParts(value) === undefined && !isOperatorDocument(value);
}
