import type { Document } from '../bson-value/document.ts';
import { decodeDocument } from '../storage/codec.ts';
import { crc32c } from './crc32c.ts';
import { MalformedMessage } from './frame-splitter.ts';
import { requireShallow } from './nesting.ts';
import { documentLength } from './raw-bson.ts';

const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
/** Bits 0 to 15 change how a message is read: one that is not known must be refused (OP_MSG, "Flag Bits"). */
const UNKNOWN_REQUIRED_BITS = 0xffff & ~(CHECKSUM_PRESENT | MORE_TO_COME);

/**
 * One command as it came over the wire, its documents still encoded. `sequences` holds those of OP_MSG's kind 1 sections;
 * `database` is the one an OP_QUERY names outside of its body.
 */
export type Request = {
  requestId: number;
  isLegacyQuery: boolean;
  expectsReply: boolean;
  rawBody: Buffer;
  sequences: Map<string, Buffer[]>;
  database: string | undefined;
};

/**
 * Reads one whole OP_MSG, or the OP_QUERY that older handshakes start with.
 * Throws `MalformedMessage` for a frame whose bounds cannot be trusted.
 */
export function parseRequest(frame: Buffer): Request {
  const requestId = frame.readInt32LE(4);
  const opCode = frame.readInt32LE(12);
  if (opCode === OP_MSG) return parseMsg(frame, requestId);
  if (opCode === OP_QUERY) return parseQuery(frame, requestId);
  throw new MalformedMessage(`Wire operation ${opCode} is not supported`);
}

/** The command's body. Throws Overflow (15) for documents that nest too deep and bson's `BSONError` for what is no BSON. */
export function decodeBody({ rawBody, sequences, database }: Request): Document {
  requireShallow(rawBody);
  for (const documents of sequences.values()) documents.forEach(requireShallow);
  const body = decodeDocument(rawBody);
  return database === undefined ? body : { ...body, $db: database };
}

function parseMsg(frame: Buffer, requestId: number): Request {
  if (frame.length < 21) throw new MalformedMessage('An OP_MSG is cut off');
  const flags = frame.readUInt32LE(16);
  if (flags & UNKNOWN_REQUIRED_BITS) throw new MalformedMessage(`OP_MSG flags ${flags} are not supported`);
  const end = flags & CHECKSUM_PRESENT ? checkedEnd(frame) : frame.length;
  const sections = parseSections(frame, end);
  return {
    requestId,
    isLegacyQuery: false,
    expectsReply: (flags & MORE_TO_COME) === 0,
    database: undefined,
    ...sections,
  };
}

function parseSections(frame: Buffer, end: number): { rawBody: Buffer; sequences: Map<string, Buffer[]> } {
  const sequences = new Map<string, Buffer[]>();
  let rawBody: Buffer | undefined;
  let position = 20;
  while (position < end) {
    const kind = frame[position];
    const length = kind === 0 ? documentLength(frame, position + 1) : sequenceLength(frame, position + 1);
    const section = frame.subarray(position + 1, position + 1 + length);
    if (position + 1 + length > end) throw new MalformedMessage('An OP_MSG section reaches past its message');
    if (kind === 0) {
      if (rawBody) throw new MalformedMessage('An OP_MSG has two bodies');
      rawBody = section;
    } else if (kind === 1) {
      const { name, documents } = parseSequence(section);
      if (sequences.has(name)) throw new MalformedMessage(`An OP_MSG has two sequences "${name}"`);
      sequences.set(name, documents);
    } else {
      throw new MalformedMessage(`OP_MSG section kind ${kind} is unknown`);
    }
    position += 1 + length;
  }
  if (!rawBody) throw new MalformedMessage('An OP_MSG has no body');
  return { rawBody, sequences };
}

function parseSequence(section: Buffer): { name: string; documents: Buffer[] } {
  const nameEnd = section.indexOf(0, 4);
  if (nameEnd < 0) throw new MalformedMessage('A document sequence has no name');
  const documents: Buffer[] = [];
  let position = nameEnd + 1;
  while (position < section.length) {
    const length = documentLength(section, position);
    documents.push(section.subarray(position, position + length));
    position += length;
  }
  return { name: section.toString('utf8', 4, nameEnd), documents };
}

function sequenceLength(frame: Buffer, at: number): number {
  if (at + 4 > frame.length) throw new MalformedMessage('A document sequence is cut off');
  const length = frame.readInt32LE(at);
  if (length < 5) throw new MalformedMessage(`A document sequence of ${length} bytes is too short`);
  return length;
}

function checkedEnd(frame: Buffer): number {
  const end = frame.length - 4;
  if (crc32c(frame.subarray(0, end)) !== frame.readUInt32LE(end)) {
    throw new MalformedMessage('An OP_MSG does not match its checksum');
  }
  return end;
}

function parseQuery(frame: Buffer, requestId: number): Request {
  const nameEnd = frame.indexOf(0, 20);
  if (nameEnd < 0 || nameEnd + 9 > frame.length) throw new MalformedMessage('An OP_QUERY is cut off');
  const start = nameEnd + 9;
  const rawBody = frame.subarray(start, start + documentLength(frame, start));
  const database = frame.toString('utf8', 20, nameEnd).replace(/\.\$cmd$/, '');
  return { requestId, isLegacyQuery: true, expectsReply: true, rawBody, sequences: new Map(), database };
}
