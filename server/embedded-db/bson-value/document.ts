import { DBRef } from 'bson';

/** A BSON document as decoded with `promoteValues: false`: a plain object whose values are BSON classes or plain values. */
export type Document = Record<string, unknown>;

/** True for a plain embedded document; false for arrays, dates, BSON classes, and everything scalar. */
export function isDocument(value: unknown): value is Document {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * The document behind a value, or undefined. The decoder turns `{$ref, $id}` into a `DBRef`; for comparing, matching and
 * encoding it is the document it came from.
 */
export function asDocument(value: unknown): Document | undefined {
  if (isDocument(value)) return value;
  if (value instanceof DBRef) return documentOfDbRef(value);
  return undefined;
}

/** The own field of a document; undefined when it is missing. Never reaches the prototype (`constructor`, `__proto__`). */
export function getField(document: Document, name: string): unknown {
  return Object.hasOwn(document, name) ? document[name] : undefined;
}

/** Sets an own field, also one named `__proto__`, which a plain assignment would take for the prototype. */
export function setField(document: Document, name: string, value: unknown): void {
  if (name !== '__proto__') {
    document[name] = value;
    return;
  }
  Object.defineProperty(document, name, { value, writable: true, enumerable: true, configurable: true });
}

function documentOfDbRef(reference: DBRef): Document {
  const document: Document = { $ref: reference.collection, $id: reference.oid };
  if (reference.db !== undefined) document.$db = reference.db;
  for (const [name, value] of Object.entries(reference.fields)) setField(document, name, value);
  return document;
}
