import { rawElements } from './raw-bson.ts';

const DOCUMENT_END = Buffer.from([0]);

/** Pieces of BSON that are joined once, when a reply is sent: a batch of stored documents is then copied one time. */
export type Pieces = Buffer[];

/** An element whose value is already encoded. `type` is the BSON type byte: 3 for a document, 4 for an array. */
export function rawElement(type: number, key: string, value: Pieces): Pieces {
  return [Buffer.from([type]), Buffer.from(`${key}\0`, 'utf8'), ...value];
}

/** A BSON document made of encoded elements. */
export function rawDocument(elements: Pieces[]): Pieces {
  const pieces = elements.flat();
  const length = Buffer.alloc(4);
  length.writeInt32LE(5 + pieces.reduce((sum, piece) => sum + piece.length, 0));
  return [length, ...pieces, DOCUMENT_END];
}

/** A BSON array of encoded documents. */
export function rawArray(documents: Buffer[]): Pieces {
  return rawDocument(documents.map((document, index) => rawElement(3, String(index), [document])));
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
