import { Int32 } from 'bson';
import type { Document } from '../bson-value/document.ts';
import { MongoError } from '../errors.ts';
import type { Match } from '../planner/matching-documents.ts';
import { compileProjection, type Projection } from '../project.ts';
import { encodeDocument } from '../storage/codec.ts';
import { createDocumentWriter, type DocumentWriter } from '../storage/document-writer.ts';
import type { WriteView } from '../storage/store.ts';
import { rawDocumentField } from '../wire/raw-bson.ts';
import { type EncodedReply, valueReply } from '../wire/reply.ts';
import { insertUpsert, parseUpdate, type Update, updateMatch } from './apply-update.ts';
import { documentArgument, documentsArgument, flagArgument } from './arguments.ts';
import { collectionForWrite } from './collection-access.ts';
import { type Call, type Command, type Commands, type Engine, namespaceOf } from './command.ts';
import { type CompiledTarget, compileTarget, findTargets, type Target } from './matching-writes.ts';

/** `update` is undefined when the document is to be removed. */
type Modification = {
  target: CompiledTarget;
  update: Update | undefined;
  isUpsert: boolean;
  returnsNew: boolean;
  projection: Projection | undefined;
};

const findAndModify: Command = {
  fields: [
    'query',
    'sort',
    'remove',
    'update',
    'new',
    'fields',
    'upsert',
    'bypassDocumentValidation',
    'arrayFilters',
    'hint',
    'let',
    'collation',
  ],
  async run(call, engine) {
    const namespace = namespaceOf(call);
    const modification = parseModification(call);
    return engine.store.write((view) => modify(view, engine, call, { namespace, modification }));
  },
};

export const findAndModifyCommands: Commands = { findAndModify, findandmodify: findAndModify };

function modify(
  view: WriteView,
  engine: Engine,
  call: Call,
  { namespace, modification }: { namespace: string; modification: Modification },
): EncodedReply {
  const { target, update, isUpsert } = modification;
  const existing = engine.catalog.find(view, namespace);
  if (!existing && !isUpsert) return nothingFound(update);
  const collection = existing ?? collectionForWrite(engine, view, namespace);
  const writer = createDocumentWriter(view, collection, engine);
  const match = findTargets(view, collection, target, call.deadline).next().value;
  if (match) return update ? updateOne(writer, match, modification, update) : removeOne(writer, match, modification);
  return update && isUpsert ? upsertOne(writer, modification, update) : nothingFound(update);
}

function updateOne(
  writer: DocumentWriter,
  match: Match,
  { returnsNew, projection }: Modification,
  update: Update,
): EncodedReply {
  const next = updateMatch(writer, match, update) ?? match;
  const value = project(returnsNew ? { ...match, ...next } : match, projection);
  return valueReply({ lastErrorObject: { n: new Int32(1), updatedExisting: true } }, value);
}

function removeOne(writer: DocumentWriter, match: Match, { projection }: Modification): EncodedReply {
  writer.remove(match.recordId, match.document);
  return valueReply({ lastErrorObject: { n: new Int32(1) } }, project(match, projection));
}

function upsertOne(
  writer: DocumentWriter,
  { target, returnsNew, projection }: Modification,
  update: Update,
): EncodedReply {
  const next = insertUpsert(writer, target.filter, update);
  const lastErrorObject = { n: new Int32(1), updatedExisting: false, upserted: next.document._id };
  return valueReply({ lastErrorObject }, returnsNew ? project({ ...next, position: {} }, projection) : null);
}

function nothingFound(update: Update | undefined): EncodedReply {
  const lastErrorObject = update ? { n: new Int32(0), updatedExisting: false } : { n: new Int32(0) };
  return valueReply({ lastErrorObject }, null);
}

function project(found: Omit<Match, 'recordId'>, projection: Projection | undefined): Buffer {
  return projection ? encodeDocument(projection(found.document, found.position)) : found.bytes;
}

function parseModification(call: Call): Modification {
  const { body } = call;
  const removes = flagArgument(body, 'remove');
  const isUpsert = flagArgument(body, 'upsert');
  const returnsNew = flagArgument(body, 'new');
  requireSensibleMix(body, { removes, isUpsert, returnsNew });
  const variables: Document = documentArgument(body, 'let') ?? {};
  const arrayFilters = documentsArgument(body, 'arrayFilters');
  const options = { now: new Date(), variables, ...(arrayFilters && { arrayFilters }) };
  const argument = { value: body.update, bytes: rawDocumentField(call.request.rawBody, 'update') };
  const fields = documentArgument(body, 'fields') ?? {};
  const target: Target = {
    filter: documentArgument(body, 'query') ?? {},
    variables,
    hint: body.hint,
    sort: documentArgument(body, 'sort'),
    isMulti: false,
  };
  return {
    target: compileTarget(target),
    update: removes ? undefined : parseUpdate(argument, options, false),
    isUpsert,
    returnsNew,
    projection: Object.keys(fields).length > 0 ? compileProjection(fields, options) : undefined,
  };
}

function requireSensibleMix(body: Document, asked: { removes: boolean; isUpsert: boolean; returnsNew: boolean }): void {
  const hasUpdate = body.update !== undefined;
  if (!asked.removes && !hasUpdate)
    throw new MongoError('FailedToParse', 'Either an update or remove=true must be specified');
  if (!asked.removes) return;
  if (hasUpdate) throw new MongoError('FailedToParse', 'Cannot specify both an update and remove=true');
  if (asked.isUpsert) throw new MongoError('FailedToParse', 'Cannot specify both upsert=true and remove=true');
  if (asked.returnsNew)
    throw new MongoError(
      'FailedToParse',
      "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    );
}
