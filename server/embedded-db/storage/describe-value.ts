import { Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import { isDocument } from '../bson-value/document.ts';

/** A value as an error message shows it, in the manner of MongoDB's shell. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (value instanceof Int32 || value instanceof Double) return String(value.valueOf());
  if (value instanceof Long || value instanceof Decimal128) return value.toString();
  if (Array.isArray(value)) return `[ ${value.map(describeValue).join(', ')} ]`;
  if (isDocument(value)) {
    const fields = Object.entries(value).map(([name, field]) => `${name}: ${describeValue(field)}`);
    return `{ ${fields.join(', ')} }`;
  }
  return String(value);
}
