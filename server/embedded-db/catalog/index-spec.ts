import { Double, Int32, Long } from 'bson';
import { type Document, isDocument } from '../bson-value/document.ts';
import { MongoError, notImplemented } from '../errors.ts';
import { compileFilter } from '../match/compile-filter.ts';
import type { IndexDefinition, IndexField } from './definitions.ts';

const KNOWN_OPTIONS = new Set([
  'v',
  'key',
  'name',
  'ns',
  'unique',
  'sparse',
  'hidden',
  'background',
  'partialFilterExpression',
  'expireAfterSeconds',
  'collation',
]);
const PARTIAL_OPERATORS = new Set(['$eq', '$exists', '$gt', '$gte', '$lt', '$lte', '$type', '$in', '$and', '$or']);
const MAX_EXPIRE_SECONDS = 2 ** 31 - 1;
const MAX_FIELDS = 32;

/**
 * Reads one index of a createIndexes command. Throws CannotCreateIndex (67) for what MongoDB refuses too, and
 * NotImplemented (238) for kinds of index that are not here: text, geo, hashed, wildcard, collation.
 */
export function parseIndexSpec(spec: Document): Omit<IndexDefinition, 'slot'> {
  for (const option of Object.keys(spec)) {
    if (!KNOWN_OPTIONS.has(option)) throw notImplemented(`the index option "${option}"`);
  }
  requireSimpleCollation(spec.collation);
  const { key, name } = spec;
  if (!isDocument(key)) throw cannotCreate('The index must have a key pattern');
  if (typeof name !== 'string' || name === '' || name === '*') throw cannotCreate('The index must have a name');
  const fields = parseFields(key);
  const index = {
    name,
    key,
    fields,
    unique: isSet(spec, 'unique') || isIdKey(key),
    sparse: isSet(spec, 'sparse'),
    hidden: isSet(spec, 'hidden'),
    partialFilterExpression: parsePartialFilter(spec.partialFilterExpression),
    expireAfterSeconds: parseExpiry(spec.expireAfterSeconds),
    arrays: fields.map(() => false),
    hasCutKeys: false,
  };
  requireSensibleMix(index);
  return index;
}

/** The pattern of the index that every collection has. */
export function isIdKey(key: Document): boolean {
  return Object.keys(key).length === 1 && Number(key._id) === 1;
}

/** Reads `expireAfterSeconds`. Throws CannotCreateIndex (67) for what is no number of seconds MongoDB takes. */
export function parseExpiry(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const seconds = value instanceof Int32 || value instanceof Double || value instanceof Long ? Number(value) : value;
  if (typeof seconds === 'number' && seconds >= 0 && seconds <= MAX_EXPIRE_SECONDS) return Math.trunc(seconds);
  throw cannotCreate(`TTL index 'expireAfterSeconds' must be a number from 0 to ${MAX_EXPIRE_SECONDS}`);
}

function parseFields(key: Document): IndexField[] {
  const fields = Object.entries(key).map(([path, direction]) => ({ path, direction: parseDirection(path, direction) }));
  if (fields.length === 0) throw cannotCreate('Index keys cannot be an empty object');
  if (fields.length > MAX_FIELDS) throw cannotCreate(`Index key pattern cannot have more than ${MAX_FIELDS} fields`);
  for (const { path } of fields) {
    if (path.includes('$**')) throw notImplemented('a wildcard index');
    const isInvalid = path.split('.').some((part) => part === '' || part.startsWith('$'));
    if (isInvalid) throw cannotCreate(`Index key "${path}" is not a field path`);
  }
  return fields;
}

function parseDirection(path: string, direction: unknown): 1 | -1 {
  if (typeof direction === 'string') throw notImplemented(`an index of kind "${direction}"`);
  const number = typeof direction === 'object' && direction !== null ? Number(direction) : direction;
  if (typeof number === 'number' && number !== 0 && !Number.isNaN(number)) return number < 0 ? -1 : 1;
  throw cannotCreate(`Values in the index key pattern must be numbers other than 0; "${path}" is not`);
}

function parsePartialFilter(filter: unknown): Document | undefined {
  if (filter === undefined) return undefined;
  if (!isDocument(filter)) throw cannotCreate("'partialFilterExpression' for an index must be a document");
  requirePartialOperators(filter);
  compileFilter(filter);
  return filter;
}

function requirePartialOperators(value: unknown): void {
  if (Array.isArray(value)) for (const entry of value) requirePartialOperators(entry);
  if (!isDocument(value)) return;
  for (const [name, operand] of Object.entries(value)) {
    const isUnsupported = name.startsWith('$') && !PARTIAL_OPERATORS.has(name);
    if (isUnsupported || (name === '$exists' && operand !== true && Number(operand) === 0)) {
      throw cannotCreate(`unsupported expression in partial index: ${name}`);
    }
    requirePartialOperators(operand);
  }
}

function requireSensibleMix(index: Omit<IndexDefinition, 'slot'>): void {
  const { key, sparse, partialFilterExpression, expireAfterSeconds, fields } = index;
  if (sparse && partialFilterExpression)
    throw cannotCreate('cannot mix "partialFilterExpression" and "sparse" options');
  if (isIdKey(key) && (sparse || partialFilterExpression)) throw cannotCreate('_id index cannot be sparse or partial');
  if (expireAfterSeconds === undefined) return;
  if (fields.length > 1)
    throw cannotCreate('TTL indexes are single-field indexes, compound indexes do not support TTL');
  if (isIdKey(key)) throw cannotCreate('TTL indexes cannot be on the _id field');
}

function requireSimpleCollation(collation: unknown): void {
  if (collation === undefined || (isDocument(collation) && collation.locale === 'simple')) return;
  throw notImplemented('an index with a collation');
}

function isSet(spec: Document, name: string): boolean {
  const value = spec[name];
  return value === true || (typeof value === 'object' && value !== null && Number(value) !== 0);
}

function cannotCreate(message: string): MongoError {
  return new MongoError('CannotCreateIndex', message);
}
