import { Double, Int32, Long } from 'bson';
import { typeName } from '../bson-value/bson-type.ts';
import { type Document, isDocument } from '../bson-value/document.ts';
import { MongoError } from '../errors.ts';

/** A number of any BSON type as a plain one; undefined when the field is missing. Throws TypeMismatch (14). */
export function numberArgument(body: Document, name: string): number | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number') return value;
  if (value instanceof Int32 || value instanceof Double) return value.valueOf();
  if (value instanceof Long) return value.toNumber();
  throw mismatch(name, value, 'a number');
}

/** A whole number of at least 0. Throws BadValue (2) for others. */
export function countArgument(body: Document, name: string): number | undefined {
  const value = numberArgument(body, name);
  if (value === undefined) return undefined;
  if (value >= 0) return Math.trunc(value);
  throw new MongoError('BadValue', `BSON field '${name}' value must be >= 0, actual value '${value}'`);
}

/** A boolean; numbers count as MongoDB counts them. */
export function flagArgument(body: Document, name: string): boolean {
  const value = body[name];
  if (value === undefined || value === null) return false;
  if (typeof value === 'boolean') return value;
  if (value instanceof Int32 || value instanceof Double || value instanceof Long) return Number(value) !== 0;
  throw mismatch(name, value, 'a boolean');
}

export function documentArgument(body: Document, name: string): Document | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (isDocument(value)) return value;
  throw mismatch(name, value, 'an object');
}

export function documentsArgument(body: Document, name: string): Document[] | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw mismatch(name, value, 'an array');
  return value.map((entry) => {
    if (isDocument(entry)) return entry;
    throw mismatch(name, entry, 'an array of objects');
  });
}

export function stringArgument(body: Document, name: string): string | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (typeof value === 'string') return value;
  throw mismatch(name, value, 'a string');
}

/** The value of a field that must be there. Throws Location40414, MongoDB's code for a missing field. */
export function required<T>(value: T | undefined, command: string, name: string): T {
  if (value !== undefined) return value;
  throw new MongoError('Location40414', `BSON field '${command}.${name}' is missing but a required field`);
}

/** Throws Location40415, MongoDB's code for an unknown field, when the document has a field that is not allowed. */
export function requireKnownFields(document: Document, owner: string, allowed: ReadonlySet<string>): void {
  for (const name of Object.keys(document)) {
    if (allowed.has(name)) continue;
    throw new MongoError('Location40415', `BSON field '${owner}.${name}' is an unknown field.`);
  }
}

function mismatch(name: string, value: unknown, wanted: string): MongoError {
  return new MongoError(
    'TypeMismatch',
    `BSON field '${name}' is the wrong type '${typeName(value)}', expected ${wanted}`,
  );
}
