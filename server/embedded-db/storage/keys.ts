import { createHash } from 'node:crypto';

/** lmdb takes keys of up to 1,978 bytes; this many of them are an index entry's values, the rest says where they belong. */
export const MAX_VALUE_KEY_BYTES = 1900;
const HASH_BYTES = 32;
/** How much of an over-long key stays readable, and sorted, before the hash that stands for the rest. */
export const CUT_KEY_BYTES = MAX_VALUE_KEY_BYTES - HASH_BYTES;
const RECORD_ID_BYTES = 6;
export const INDEX_PREFIX_BYTES = 6;

/** Where a document lies: 4 bytes of collection, 6 bytes of record id, both so that their order is the order of their bytes. */
export function recordKey(collectionId: number, recordId: number): Buffer {
  const key = Buffer.allocUnsafe(4 + RECORD_ID_BYTES);
  key.writeUInt32BE(collectionId, 0);
  key.writeUIntBE(recordId, 4, RECORD_ID_BYTES);
  return key;
}

/** What the keys of all records and all index entries of a collection start with. */
export function collectionPrefix(collectionId: number): Buffer {
  return recordKey(collectionId, 0).subarray(0, 4);
}

export function recordIdOf(key: Buffer): number {
  return key.readUIntBE(key.length - RECORD_ID_BYTES, RECORD_ID_BYTES);
}

export function encodeRecordId(recordId: number): Buffer {
  const bytes = Buffer.allocUnsafe(RECORD_ID_BYTES);
  bytes.writeUIntBE(recordId, 0, RECORD_ID_BYTES);
  return bytes;
}

/** What all entries of one index start with: the collection, then the slot that the index has in it. */
export function indexPrefix(collectionId: number, slot: number): Buffer {
  const prefix = Buffer.allocUnsafe(INDEX_PREFIX_BYTES);
  prefix.writeUInt32BE(collectionId, 0);
  prefix.writeUInt16BE(slot, 4);
  return prefix;
}

/** True when a key of this length had to be cut: entries that differ only behind the cut are then not in order. */
export function isCut(valueKey: Buffer): boolean {
  return valueKey.length > MAX_VALUE_KEY_BYTES;
}

/** The values' part of an index entry: whole when it fits, else its beginning and a SHA-256 of all of it. */
export function storedValueKey(valueKey: Buffer): Buffer {
  if (!isCut(valueKey)) return valueKey;
  return Buffer.concat([valueKey.subarray(0, CUT_KEY_BYTES), createHash('sha256').update(valueKey).digest()]);
}

/** All keys that start with `prefix`. */
export function prefixRange(prefix: Buffer): { start: Buffer; end: Buffer } {
  return { start: prefix, end: afterPrefix(prefix) };
}

/** The first key behind all those that start with `prefix`, which must not be made of 0xff bytes alone. */
export function afterPrefix(prefix: Buffer): Buffer {
  let length = prefix.length;
  while (length > 0 && prefix[length - 1] === 0xff) length -= 1;
  const end = Buffer.from(prefix.subarray(0, length));
  end[length - 1] = (end[length - 1] ?? 0) + 1;
  return end;
}
