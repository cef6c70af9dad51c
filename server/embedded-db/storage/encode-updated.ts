import { DBRef } from 'bson';
import { equalValues } from '../bson-value/compare-values.ts';
import { asDocument, type Document, getField, isDocument } from '../bson-value/document.ts';
import { type RawElement, rawElements } from '../wire/raw-bson.ts';
import { type Pieces, rawDocument, rawElement, rawFields } from '../wire/raw-write.ts';
import { encodeDocument } from './codec.ts';
import type { StoredDocument } from './document-writer.ts';

/** A part of the document an update started from: decoded, encoded, and its elements by key. */
type Source = { value: Document | unknown[]; bytes: Buffer };

/**
 * Encodes an updated document so that what the update left alone keeps its bytes: types that decoding does not keep apart
 * (undefined, DBPointer), and the place of keys like "1", which a JavaScript object moves to the front. `_id` comes first.
 */
export function encodeUpdated(next: Document, source: StoredDocument): Buffer {
  return Buffer.concat(encodeFields(next, { value: source.document, bytes: source.bytes }, ['_id']));
}

function encodeFields(next: Document | unknown[], source: Source, first: readonly string[] = []): Pieces {
  const elements = new Map(Array.from(rawElements(source.bytes), (element) => [element.key, element]));
  const names = orderedNames(next, [...elements.keys()], first);
  return rawDocument(names.map((name) => encodeField(next, name, { source, element: elements.get(name) })));
}

function encodeField(
  parent: Document | unknown[],
  name: string,
  { source, element }: { source: Source; element: RawElement | undefined },
): Pieces {
  const value = childOf(parent, name);
  if (element) {
    const previous = childOf(source.value, name);
    if (isUnchanged(value, previous)) return [source.bytes.subarray(element.start, element.end)];
    const inner = source.bytes.subarray(element.valueStart, element.end);
    if (isDocument(value) && isDocument(previous)) {
      return rawElement(3, name, encodeFields(value, { value: previous, bytes: inner }));
    }
    if (Array.isArray(value) && Array.isArray(previous)) {
      return rawElement(4, name, encodeFields(value, { value: previous, bytes: inner }));
    }
  }
  return rawFields(encodeDocument(Object.fromEntries([[name, value]])));
}

/** The object's own order is right but for keys that look like numbers; with those, known keys stay where they were. */
function orderedNames(next: Document | unknown[], known: string[], first: readonly string[]): string[] {
  const names = Object.keys(next);
  if (Array.isArray(next)) return names;
  const ordered = names.some((name) => /^\d+$/.test(name)) ? known.concat(names) : names;
  return [...new Set([...first, ...ordered])].filter((name) => Object.hasOwn(next, name));
}

function isUnchanged(value: unknown, previous: unknown): boolean {
  if (value instanceof Date && previous instanceof Date) return Object.is(value.getTime(), previous.getTime());
  // DBPointer and `{$ref, $id}` are both decoded to a DBRef, which an update carries on as a document.
  if (previous instanceof DBRef) return equalValues(value, asDocument(previous));
  return value === previous && !isDocument(value) && !Array.isArray(value);
}

function childOf(parent: Document | unknown[], name: string): unknown {
  return Array.isArray(parent) ? parent[Number(name)] : getField(parent, name);
}
