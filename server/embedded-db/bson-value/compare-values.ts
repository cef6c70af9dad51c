import { Binary, BSONRegExp, BSONSymbol, Code, ObjectId, Timestamp } from 'bson';
import { canonicalOrder, isNumeric } from './bson-type.ts';
import { asDocument, type Document } from './document.ts';
import { compareExact, exactNumber } from './exact-number.ts';

/**
 * Compares two BSON values in MongoDB's sort order ("Comparison/Sort Order" of its manual): by type class first, then inside
 * the class. Numbers of all types compare by exact value with NaN lowest, strings by their UTF-8 bytes, binaries by length,
 * subtype and bytes, documents and arrays field by field in stored order (type class, name, value). Gives -1, 0 or 1.
 */
export function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  if (a instanceof ObjectId && b instanceof ObjectId) return Math.sign(Buffer.compare(a.id, b.id));
  const classA = canonicalOrder(a);
  const classB = canonicalOrder(b);
  if (classA !== classB) return classA < classB ? -1 : 1;
  return compareInsideClass(a, b);
}

/** True when the two values compare as equal: `Int32(1)` equals `Double(1)`, `{a: 1, b: 1}` does not equal `{b: 1, a: 1}`. */
export function equalValues(a: unknown, b: unknown): boolean {
  return compareValues(a, b) === 0;
}

/**
 * Compares two strings by their UTF-8 bytes, which is code point order. UTF-16 units differ from it only where a surrogate
 * meets a unit above the surrogates.
 */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const unitA = a.charCodeAt(at);
    const unitB = b.charCodeAt(at);
    if (unitA !== unitB) return codePointRank(unitA) < codePointRank(unitB) ? -1 : 1;
  }
  return Math.sign(a.length - b.length);
}

/** The text of a string, symbol or code value, all of which compare by it. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (value instanceof BSONSymbol) return value.value;
  if (value instanceof Code) return value.code;
  return undefined;
}

/** Pattern and options of a regular expression value. */
export function regexParts(value: unknown): { pattern: string; options: string } | undefined {
  if (value instanceof BSONRegExp) return { pattern: value.pattern, options: value.options };
  if (value instanceof RegExp) return { pattern: value.source, options: value.flags };
  return undefined;
}

/** The bytes and subtype of a binary value. */
export function binaryParts(value: unknown): { bytes: Uint8Array; subtype: number } | undefined {
  if (value instanceof Binary) return { bytes: value.buffer.subarray(0, value.position), subtype: value.sub_type };
  if (value instanceof Uint8Array) return { bytes: value, subtype: Binary.SUBTYPE_DEFAULT };
  return undefined;
}

/** Milliseconds of a date; an invalid date is encoded as the epoch, so it compares as the epoch. */
export function millisecondsOf(date: Date): number {
  const milliseconds = date.getTime();
  return Number.isNaN(milliseconds) ? 0 : milliseconds;
}

function compareInsideClass(a: unknown, b: unknown): number {
  if (isNumeric(a) && isNumeric(b)) return compareExact(exactNumber(a), exactNumber(b));
  if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a, b);
  if (a instanceof Date && b instanceof Date) return Math.sign(millisecondsOf(a) - millisecondsOf(b));
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (a instanceof Timestamp && b instanceof Timestamp) return a.compare(b);
  const documentA = asDocument(a);
  const documentB = asDocument(b);
  if (documentA !== undefined && documentB !== undefined) return compareDocuments(documentA, documentB);
  return compareRareClasses(a, b);
}

function compareRareClasses(a: unknown, b: unknown): number {
  const textA = textOf(a);
  const textB = textOf(b);
  if (textA !== undefined && textB !== undefined) return compareStrings(textA, textB) || compareScopes(a, b);
  const binaryA = binaryParts(a);
  const binaryB = binaryParts(b);
  if (binaryA !== undefined && binaryB !== undefined) {
    const size = binaryA.bytes.length - binaryB.bytes.length || binaryA.subtype - binaryB.subtype;
    return Math.sign(size) || Math.sign(Buffer.compare(binaryA.bytes, binaryB.bytes));
  }
  const regexA = regexParts(a);
  const regexB = regexParts(b);
  if (regexA !== undefined && regexB !== undefined) {
    return compareStrings(regexA.pattern, regexB.pattern) || compareStrings(regexA.options, regexB.options);
  }
  // Only null, undefined, MinKey and MaxKey are left: each of them has one value.
  return 0;
}

function compareScopes(a: unknown, b: unknown): number {
  if (!(a instanceof Code) || !(b instanceof Code)) return 0;
  return compareDocuments(a.scope ?? {}, b.scope ?? {});
}

function compareArrays(a: readonly unknown[], b: readonly unknown[]): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const order = compareValues(a[at], b[at]);
    if (order !== 0) return order;
  }
  return Math.sign(a.length - b.length);
}

function compareDocuments(a: Document, b: Document): number {
  const fieldsA = Object.entries(a);
  const fieldsB = Object.entries(b);
  for (const [at, [nameA, valueA]] of fieldsA.entries()) {
    const other = fieldsB[at];
    if (other === undefined) return 1;
    const [nameB, valueB] = other;
    const order =
      Math.sign(canonicalOrder(valueA) - canonicalOrder(valueB)) ||
      compareStrings(nameA, nameB) ||
      compareValues(valueA, valueB);
    if (order !== 0) return order;
  }
  return Math.sign(fieldsA.length - fieldsB.length);
}

/** Moves the surrogates, which stand for code points above U+FFFF, behind the units U+E000 to U+FFFF. */
function codePointRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}
