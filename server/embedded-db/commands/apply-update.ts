import type { Document } from '../bson-value/document.ts';
import { MongoError } from '../errors.ts';
import type { Match } from '../planner/matching-documents.ts';
import { encodeDocument } from '../storage/codec.ts';
import type { DocumentWriter, StoredDocument } from '../storage/document-writer.ts';
import { type CompiledUpdate, compileUpdate, type UpdateOptions } from '../update/compile-update.ts';
import { upsertDocument } from '../update/upsert-document.ts';
import { requireStorableId } from './insert.ts';

/** Applies the update to one match and writes it; false when the document stays byte for byte the same. */
export function updateMatch(writer: DocumentWriter, match: Match, update: CompiledUpdate): StoredDocument | undefined {
  const index = match.position.index;
  const document = update.apply(match.document, index === undefined ? {} : { position: index });
  const next = { document, bytes: encodeDocument(document) };
  if (next.bytes.equals(match.bytes)) return undefined;
  writer.replace(match.recordId, match.document, next);
  return next;
}

/** Inserts what an upsert that found nothing makes out of its filter and its update. */
export function insertUpsert(writer: DocumentWriter, filter: Document, update: CompiledUpdate): StoredDocument {
  const document = upsertDocument(filter, update);
  requireStorableId(document._id);
  const next = { document, bytes: encodeDocument(document) };
  writer.insert(next);
  return next;
}

/** Compiles an update command's `u` or `update`. Throws FailedToParse (9) for what is neither a document nor a pipeline. */
export function parseUpdate(value: unknown, options: UpdateOptions, isMulti: boolean): CompiledUpdate {
  if (!isUpdateArgument(value))
    throw new MongoError('FailedToParse', 'Update argument must be either an object or an array');
  const update = compileUpdate(value, options);
  if (update.kind === 'replacement' && isMulti) {
    throw new MongoError('FailedToParse', 'multi update is not supported for replacement-style update');
  }
  return update;
}

function isUpdateArgument(value: unknown): value is Document | Document[] {
  return typeof value === 'object' && value !== null;
}
