import { rawElements } from './raw-bson.ts';

const DOCUMENT_END = Buffer.from([0]);

/** Pieces of BSON that are joined once, when a reply is sent: a batch of stored documents is then copied one time. */
export type Pieces = Buffer[];

/** An element whose value is already encoded. `type` is the BSON type byte: 3 for a document, 4 for an array. */
export function rawElement(type: number, key: string, value: Pieces): Pieces {
  return [elementHead(type, key), ...value];
}

/** A BSON document made of encoded elements. */
export function rawDocument(elements: Pieces[]): Pieces {
  const length = Buffer.allocUnsafe(4);
  const pieces: Pieces = [length];
  let bytes = 5;
  for (const element of elements) {
    for (const piece of element) {
      pieces.push(piece);
      bytes += piece.length;
    }
  }
  length.writeInt32LE(bytes);
  pieces.push(DOCUMENT_END);
  return pieces;
}

/** A BSON array of encoded documents. */
export function rawArray(documents: Buffer[]): Pieces {
  return rawDocument(documents.map((document, index) => [arrayHead(index), document]));
}

/** Type and key of the first elements of arrays of documents: every batch needs the same ones. */
const arrayHeads: Buffer[] = [];
const MAX_ARRAY_HEADS = 1_000;

function arrayHead(index: number): Buffer {
  const known = arrayHeads[index];
  if (known) return known;
  const head = elementHead(3, String(index));
  if (index < MAX_ARRAY_HEADS) arrayHeads[index] = head;
  return head;
}

function elementHead(type: number, key: string): Buffer {
  const head = Buffer.allocUnsafe(Buffer.byteLength(key) + 2);
  head[0] = type;
  head.write(key, 1);
  head[head.length - 1] = 0;
  return head;
}

/** The elements of an encoded document, to be joined with others in `rawDocument`. */
export function rawFields(document: Uint8Array): Pieces {
  return [Buffer.from(document.buffer, document.byteOffset + 4, document.byteLength - 5)];
}

/** The same document with its `_id` first, as MongoDB stores it; the very same bytes when it is first already. */
export function withIdFirst(document: Buffer): Buffer {
  for (const element of rawElements(document)) {
    if (element.key !== '_id') continue;
    if (element.start === 4) return document;
    return Buffer.concat([
      document.subarray(0, 4),
      document.subarray(element.start, element.end),
      document.subarray(4, element.start),
      document.subarray(element.end),
    ]);
  }
  return document;
}
