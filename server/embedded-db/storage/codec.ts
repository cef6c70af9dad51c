import { deserialize, serialize } from 'bson';
import type { Document } from '../bson-value/document.ts';

/** The most bytes one stored document may have, as MongoDB announces in `maxBsonObjectSize`. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/**
 * Decodes BSON so that no type is lost: numbers stay Int32, Long and Double, bytes stay Binary, patterns stay BSONRegExp.
 * Throws bson's `BSONError` for bytes that are no document.
 */
export function decodeDocument(bytes: Uint8Array): Document {
  return deserialize(bytes, { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true });
}

/** Encodes a document; `undefined` values are left out. */
export function encodeDocument(document: Document): Buffer {
  const bytes = serialize(document, { ignoreUndefined: true });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
