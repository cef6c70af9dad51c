import { Double, Long } from 'bson';
import type { Document } from '../bson-value/document.ts';
import { encodeDocument } from '../storage/codec.ts';
import { type Pieces, rawArray, rawDocument, rawElement, rawFields } from './raw-write.ts';

const OP_REPLY = 1;
const OP_MSG = 2013;
/** `ok: 1.0` */
const OK_FIELD: Pieces = rawFields(encodeDocument({ ok: new Double(1) }));

/** A reply in which stored documents travel as the bytes they were stored as. */
export class EncodedReply {
  readonly pieces: Pieces;
  constructor(pieces: Pieces) {
    this.pieces = pieces;
  }
}

export type Reply = Document | EncodedReply;

/** One batch of a cursor, in the shape of the reply to find, aggregate and getMore. A cursor id of 0 says there is no more. */
export function cursorReply(batch: {
  name: 'firstBatch' | 'nextBatch';
  documents: Buffer[];
  cursorId: bigint;
  namespace: string;
}): EncodedReply {
  const tail = encodeDocument({ id: Long.fromBigInt(batch.cursorId), ns: batch.namespace });
  const cursor = rawDocument([rawElement(4, batch.name, rawArray(batch.documents)), rawFields(tail)]);
  return new EncodedReply(rawDocument([rawElement(3, 'cursor', cursor), OK_FIELD]));
}

/** `{...fields, value: <document or null>}`, the reply to findAndModify. */
export function valueReply(fields: Document, value: Buffer | null): EncodedReply {
  const element = value ? rawElement(3, 'value', [value]) : rawElement(10, 'value', []);
  return new EncodedReply(rawDocument([rawFields(encodeDocument(fields)), element, OK_FIELD]));
}

/** The whole wire message that answers `request`: OP_REPLY to an OP_QUERY, OP_MSG to an OP_MSG. */
export function encodeReply(reply: Reply, request: { requestId: number; isLegacyQuery: boolean }): Buffer {
  const body = reply instanceof EncodedReply ? reply.pieces : [encodeDocument(reply)];
  const prefix = Buffer.alloc(request.isLegacyQuery ? 20 : 5);
  // OP_REPLY: flags AwaitCapable, no cursor, starting from 0, one document. OP_MSG: no flags, a section of kind 0.
  if (request.isLegacyQuery) {
    prefix.writeInt32LE(8, 0);
    prefix.writeInt32LE(1, 16);
  }
  const header = Buffer.alloc(16);
  header.writeInt32LE(
    body.reduce((sum, piece) => sum + piece.length, 16 + prefix.length),
    0,
  );
  header.writeInt32LE(nextRequestId(), 4);
  header.writeInt32LE(request.requestId, 8);
  header.writeInt32LE(request.isLegacyQuery ? OP_REPLY : OP_MSG, 12);
  return Buffer.concat([header, prefix, ...body]);
}

let lastRequestId = 0;

function nextRequestId(): number {
  lastRequestId = (lastRequestId + 1) & 0x7fffffff;
  return lastRequestId;
}
