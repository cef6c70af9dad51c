import { asDocument, type Document, setField } from './document.ts';

/** A copy whose documents and arrays are new and may be changed; scalar values are shared, nothing ever changes those. */
export function cloneValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cloneValue);
  const document = asDocument(value);
  return document === undefined ? value : cloneDocument(document);
}

/** Like `cloneValue`, for a document. */
export function cloneDocument(document: Document): Document {
  const copy: Document = {};
  for (const [name, value] of Object.entries(document)) setField(copy, name, cloneValue(value));
  return copy;
}
