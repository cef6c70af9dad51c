import { Int32 } from 'bson';
import type { Document } from '../bson-value/document.ts';
import { MongoError } from '../errors.ts';
import { decodeDocument } from '../storage/codec.ts';
import type { StoredDocument } from '../storage/document-writer.ts';
import type { WriteView } from '../storage/store.ts';
import { rawArrayField } from '../wire/raw-bson.ts';
import { documentsArgument, flagArgument, required } from './arguments.ts';
import type { Call, Engine } from './command.ts';
import { toMongoError } from './dispatch.ts';
import { MAX_BATCH_DOCUMENTS } from './handshake.ts';

/** How long one transaction of a batch goes on. */
const TRANSACTION_MS = 20;

/** The still encoded documents of a write, which come as a sequence beside the body or as an array in it. */
export function encodedDocuments(call: Call, field: string): Buffer[] {
  const sequence = call.request.sequences.get(field);
  if (sequence) return requireBatchSize(call, field, sequence);
  required(documentsArgument(call.body, field), call.name, field);
  return requireBatchSize(call, field, rawArrayField(call.request.rawBody, field) ?? []);
}

/** The statements of an update or delete command, decoded and as they came. */
export function statements(call: Call, field: string): StoredDocument[] {
  return encodedDocuments(call, field).map((bytes) => ({ bytes, document: decodeDocument(bytes) }));
}

/**
 * Runs one statement after the other and gathers their errors: an ordered batch ends at the first one. `begin` is called for
 * each transaction and gives what runs a statement in it; a long batch takes several, so that it does not keep every other
 * command waiting. Only errors of a statement itself are gathered; a fault of the store ends the command.
 */
export async function runStatements<T>(
  call: Call,
  engine: Engine,
  batch: readonly T[],
  begin: (view: WriteView) => (statement: T, index: number) => void,
): Promise<Document[]> {
  const isOrdered = call.body.ordered === undefined || flagArgument(call.body, 'ordered');
  const errors: Document[] = [];
  let next = 0;
  const isOver = () => next >= batch.length || (isOrdered && errors.length > 0);
  while (!isOver()) {
    await engine.store.write((view) => {
      const run = begin(view);
      const end = performance.now() + TRANSACTION_MS;
      do {
        const statement = batch[next];
        if (statement === undefined) return;
        runStatement(errors, next, () => run(statement, next));
        next += 1;
      } while (!isOver() && performance.now() < end);
    });
  }
  return errors;
}

function runStatement(errors: Document[], index: number, run: () => void): void {
  try {
    run();
  } catch (error) {
    const known = toMongoError(error);
    if (!known || known.codeName === 'MaxTimeMSExpired') throw error;
    errors.push({ index: new Int32(index), code: new Int32(known.code), errmsg: known.message, ...known.details });
  }
}

/** `{n, ...fields, writeErrors?, ok: 1}`. */
export function writeReply(counts: Document, writeErrors: Document[]): Document {
  return { ...counts, ...(writeErrors.length > 0 && { writeErrors }), ok: 1 };
}

function requireBatchSize<T>(call: Call, field: string, batch: T[]): T[] {
  if (batch.length > 0 && batch.length <= MAX_BATCH_DOCUMENTS) return batch;
  const message = `Write batch sizes of ${field} must be between 1 and ${MAX_BATCH_DOCUMENTS}. Got ${batch.length} operations.`;
  throw new MongoError('InvalidLength', `${call.name}: ${message}`);
}
