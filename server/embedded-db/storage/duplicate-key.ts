import type { Document } from '../bson-value/document.ts';
import type { IndexDefinition } from '../catalog/definitions.ts';
import { MongoError } from '../errors.ts';
import { describeValue } from './describe-value.ts';

/** The error for a second document with the same values in a unique index: code 11000 with `keyPattern` and `keyValue`. */
export function duplicateKeyError(namespace: string, index: IndexDefinition, values: readonly unknown[]): MongoError {
  const keyValue: Document = {};
  for (const [i, field] of index.fields.entries()) keyValue[field.path] = values[i] ?? null;
  const shown = Object.entries(keyValue).map(([path, value]) => `${path}: ${describeValue(value)}`);
  const message = `E11000 duplicate key error collection: ${namespace} index: ${index.name} dup key: { ${shown.join(', ')} }`;
  return new MongoError('DuplicateKey', message, { keyPattern: index.key, keyValue });
}
