import { Code, ObjectId, Timestamp } from 'bson';
import { canonicalOrder, isNumeric } from './bson-type.ts';
import { binaryParts, millisecondsOf, regexParts, textOf } from './compare-values.ts';
import { asDocument, type Document } from './document.ts';
import { encodeNumber, invert } from './encode-number.ts';

const TAG_OFFSET = 2;
const END_OF_LIST = Buffer.from([0x00]);
const STRING_END = Buffer.from([0x00, 0x01]);
const NUL_ESCAPE = Buffer.from([0x00, 0xff]);
const EMPTY = Buffer.alloc(0);
const SIGN_BIT = 1n << 63n;

/**
 * Encodes a value so that comparing the bytes is comparing the values with `compareValues`; equal values give equal bytes.
 * The encoding ends itself, so that keys can be joined, and has no upper length: cut and hash where a store has one.
 */
export function encodeKey(value: unknown): Buffer {
  return Buffer.concat([tagOf(value), encodeBody(value)]);
}

/**
 * The key of a compound index: each value's key in turn, its bits inverted where the direction is -1. The key of the first n
 * values is a byte prefix of the whole. Missing directions count as ascending.
 */
export function encodeCompoundKey(values: readonly unknown[], directions: readonly (1 | -1)[]): Buffer {
  const parts = values.map((value, at) => (directions[at] === -1 ? invert(encodeKey(value)) : encodeKey(value)));
  return Buffer.concat(parts);
}

/** The range `[low, high)` of keys that holds every value of this value's type class, and no other: what `$gt` may reach. */
export function encodeTypeBounds(value: unknown): { low: Buffer; high: Buffer } {
  const tag = canonicalOrder(value) + TAG_OFFSET;
  return { low: Buffer.from([tag]), high: Buffer.from([tag + 1]) };
}

/** One byte that orders the type classes; above 0, which ends documents and arrays, and below 0xff. */
function tagOf(value: unknown): Buffer {
  return Buffer.from([canonicalOrder(value) + TAG_OFFSET]);
}

function encodeBody(value: unknown): Buffer {
  if (typeof value === 'string') return encodeText(value);
  if (value instanceof ObjectId) return Buffer.from(value.id);
  if (isNumeric(value)) return encodeNumber(value);
  if (typeof value === 'boolean') return Buffer.from([Number(value)]);
  if (value instanceof Date) return encodeUint64(BigInt(millisecondsOf(value)) + SIGN_BIT);
  if (value instanceof Timestamp) return encodeUint64(BigInt.asUintN(64, value.toBigInt()));
  if (Array.isArray(value)) return Buffer.concat([...value.map(encodeKey), END_OF_LIST]);
  const document = asDocument(value);
  if (document !== undefined) return encodeDocument(document);
  return encodeRareBody(value);
}

function encodeRareBody(value: unknown): Buffer {
  const text = textOf(value);
  if (text !== undefined) {
    const scope = value instanceof Code && value.scope !== null ? encodeDocument(value.scope) : EMPTY;
    return Buffer.concat([encodeText(text), scope]);
  }
  const binary = binaryParts(value);
  if (binary !== undefined) {
    const head = Buffer.alloc(5);
    head.writeUInt32BE(binary.bytes.length);
    head.writeUInt8(binary.subtype, 4);
    return Buffer.concat([head, binary.bytes]);
  }
  const regex = regexParts(value);
  if (regex !== undefined) return Buffer.concat([encodeText(regex.pattern), encodeText(regex.options)]);
  return EMPTY;
}

/** Fields in stored order, each as type class, name, value: the order in which `compareValues` looks at them. */
function encodeDocument(document: Document): Buffer {
  const fields = Object.entries(document).flatMap(([name, value]) => [
    tagOf(value),
    encodeText(name),
    encodeBody(value),
  ]);
  return Buffer.concat([...fields, END_OF_LIST]);
}

/** UTF-8 with NUL escaped, ended by a pair that sorts below an escaped NUL and below every other byte. */
function encodeText(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  if (!bytes.includes(0)) return Buffer.concat([bytes, STRING_END]);
  const parts: Buffer[] = [];
  for (const byte of bytes) parts.push(byte === 0 ? NUL_ESCAPE : Buffer.from([byte]));
  return Buffer.concat([...parts, STRING_END]);
}

function encodeUint64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
}
