import { deserialize, serialize } from 'bson';
import type { Document } from '../bson-value/document.ts';
import { MongoError } from '../errors.ts';

/** The most bytes one stored document may have, as MongoDB announces in `maxBsonObjectSize`. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

const MAX_BUFFER_BYTES = 17 * 1024 * 1024;

/**
 * Decodes BSON so that no type is lost: numbers stay Int32, Long and Double, bytes stay Binary, patterns stay BSONRegExp.
 * Throws bson's `BSONError` for bytes that are no document.
 */
export function decodeDocument(bytes: Uint8Array): Document {
  return deserialize(bytes, { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true });
}

/**
 * Encodes a document; `undefined` values are left out. Throws BSONObjectTooLarge (10334) for more than bson's own buffer takes,
 * a little over 16 MB: behind it bytes would be lost without a word.
 */
export function encodeDocument(document: Document): Buffer {
  const bytes = serializeOrTooLarge(document);
  if (bytes.length > MAX_BUFFER_BYTES) throw tooLarge();
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function serializeOrTooLarge(document: Document): Uint8Array {
  try {
    return serialize(document, { ignoreUndefined: true });
  } catch (error) {
    throw error instanceof RangeError && 'code' in error ? tooLarge() : error;
  }
}

function tooLarge(): MongoError {
  return new MongoError('BSONObjectTooLarge', `object is larger than ${MAX_BUFFER_BYTES} bytes`);
}
