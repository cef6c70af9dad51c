import { MalformedMessage } from './frame-splitter.ts';

/** One element of a BSON document: its type byte, its key, where it starts, and where its value lies. */
export type RawElement = { type: number; key: string; start: number; valueStart: number; end: number };

const FIXED_BYTES: Record<number, number> = {
  1: 8, // double
  6: 0, // undefined
  7: 12, // ObjectId
  8: 1, // boolean
  9: 8, // date
  10: 0, // null
  16: 4, // int32
  17: 8, // timestamp
  18: 8, // int64
  19: 16, // decimal128
  127: 0, // MaxKey
  255: 0, // MinKey
};

/**
 * Walks the elements of one BSON document without decoding their values (bsonspec.org, version 1.1).
 * Throws `MalformedMessage` when an element reaches past the document or has an unknown type.
 */
export function* rawElements(document: Buffer): Generator<RawElement> {
  const length = documentLength(document, 0);
  let position = 4;
  while (position < length - 1) {
    const type = document[position] ?? 0;
    const keyEnd = document.indexOf(0, position + 1);
    if (keyEnd < 0 || keyEnd >= length) throw new MalformedMessage('A BSON key has no end');
    const valueStart = keyEnd + 1;
    const end = valueStart + valueLength(document, type, valueStart);
    if (end > length - 1) throw new MalformedMessage('A BSON value reaches past its document');
    yield { type, key: document.toString('utf8', position + 1, keyEnd), start: position, valueStart, end };
    position = end;
  }
}

/** The encoded documents of the array field `key`, or undefined when there is no such array of documents. */
export function rawArrayField(document: Buffer, key: string): Buffer[] | undefined {
  for (const element of rawElements(document)) {
    if (element.key !== key || element.type !== 4) continue;
    const array = document.subarray(element.valueStart, element.end);
    const documents: Buffer[] = [];
    for (const entry of rawElements(array)) {
      if (entry.type !== 3) return undefined;
      documents.push(array.subarray(entry.valueStart, entry.end));
    }
    return documents;
  }
  return undefined;
}

/** The encoded document in the field `key`, or undefined when there is none. */
export function rawDocumentField(document: Buffer, key: string): Buffer | undefined {
  for (const element of rawElements(document)) {
    if (element.key === key && element.type === 3) return document.subarray(element.valueStart, element.end);
  }
  return undefined;
}

/** The length a BSON document at `offset` says it has. Throws `MalformedMessage` when it cannot be true. */
export function documentLength(bytes: Buffer, offset: number): number {
  if (bytes.length - offset < 5) throw new MalformedMessage('A BSON document is cut off');
  const length = bytes.readInt32LE(offset);
  if (length < 5 || offset + length > bytes.length || bytes[offset + length - 1] !== 0) {
    throw new MalformedMessage(`A BSON document of ${length} bytes does not fit its message`);
  }
  return length;
}

function valueLength(bytes: Buffer, type: number, at: number): number {
  const fixed = FIXED_BYTES[type];
  if (fixed !== undefined) return fixed;
  if (type === 3 || type === 4) return documentLength(bytes, at);
  if (type === 2 || type === 13 || type === 14) return 4 + prefixedLength(bytes, at);
  if (type === 5) return 5 + prefixedLength(bytes, at);
  if (type === 11) return patternLength(bytes, at);
  if (type === 12) return 4 + prefixedLength(bytes, at) + 12;
  if (type === 15) return prefixedLength(bytes, at);
  throw new MalformedMessage(`BSON type ${type} is unknown`);
}

function prefixedLength(bytes: Buffer, at: number): number {
  if (at + 4 > bytes.length) throw new MalformedMessage('A BSON value is cut off');
  const length = bytes.readInt32LE(at);
  if (length < 0) throw new MalformedMessage('A BSON value has a negative length');
  return length;
}

function patternLength(bytes: Buffer, at: number): number {
  const patternEnd = bytes.indexOf(0, at);
  const optionsEnd = patternEnd < 0 ? -1 : bytes.indexOf(0, patternEnd + 1);
  if (optionsEnd < 0) throw new MalformedMessage('A BSON regular expression has no end');
  return optionsEnd + 1 - at;
}
