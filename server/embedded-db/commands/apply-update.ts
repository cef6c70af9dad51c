import { type Document, isDocument } from '../bson-value/document.ts';
import { MongoError } from '../errors.ts';
import type { Match } from '../planner/matching-documents.ts';
import { encodeDocument } from '../storage/codec.ts';
import type { DocumentWriter, StoredDocument } from '../storage/document-writer.ts';
import { encodeUpdated } from '../storage/encode-updated.ts';
import { type CompiledUpdate, compileUpdate, type UpdateOptions } from '../update/compile-update.ts';
import { upsertDocument } from '../update/upsert-document.ts';
import { requireStorableId } from './insert.ts';

/** A compiled update; a replacement comes with the bytes the client sent, which are the ones to store. */
export type Update = { compiled: CompiledUpdate; replacement: StoredDocument | undefined };

/** Applies the update to one match and writes it; undefined when the document stays byte for byte the same. */
export function updateMatch(writer: DocumentWriter, match: Match, update: Update): StoredDocument | undefined {
  const index = match.position.index;
  const document = update.compiled.apply(match.document, index === undefined ? {} : { position: index });
  const next = { document, bytes: encodeUpdated(document, update.replacement ?? match) };
  if (next.bytes.equals(match.bytes)) return undefined;
  writer.replace(match.recordId, match, next);
  return next;
}

/** Inserts what an upsert that found nothing makes out of its filter and its update. */
export function insertUpsert(writer: DocumentWriter, filter: Document, update: Update): StoredDocument {
  const document = upsertDocument(filter, update.compiled);
  requireStorableId(document._id);
  const bytes = update.replacement ? encodeUpdated(document, update.replacement) : encodeDocument(document);
  const next = { document, bytes };
  writer.insert(next);
  return next;
}

/**
 * Compiles an update command's `u` or `update`; `bytes` is how it came, unless it is a pipeline.
 * Throws FailedToParse (9) for what is neither a document nor a pipeline.
 */
export function parseUpdate(
  argument: { value: unknown; bytes: Buffer | undefined },
  options: UpdateOptions,
  isMulti: boolean,
): Update {
  const { value, bytes } = argument;
  if (!isUpdateArgument(value)) {
    throw new MongoError('FailedToParse', 'Update argument must be either an object or an array');
  }
  const compiled = compileUpdate(value, options);
  if (compiled.kind !== 'replacement') return { compiled, replacement: undefined };
  if (isMulti) throw new MongoError('FailedToParse', 'multi update is not supported for replacement-style update');
  return { compiled, replacement: bytes && isDocument(value) ? { document: value, bytes } : undefined };
}

function isUpdateArgument(value: unknown): value is Document | Document[] {
  return isDocument(value) || (Array.isArray(value) && value.every(isDocument));
}
