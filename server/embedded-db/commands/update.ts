import { Int32 } from 'bson';
import type { Document } from '../bson-value/document.ts';
import { createDocumentWriter, type StoredDocument } from '../storage/document-writer.ts';
import type { WriteView } from '../storage/store.ts';
import { rawDocumentField } from '../wire/raw-bson.ts';
import { insertUpsert, parseUpdate, type Update, updateMatch } from './apply-update.ts';
import { documentArgument, documentsArgument, flagArgument, required, requireKnownFields } from './arguments.ts';
import { collectionForWrite } from './collection-access.ts';
import { type Call, type Command, type Commands, type Engine, namespaceOf } from './command.ts';
import { compileTarget, findTargets, type Target } from './matching-writes.ts';
import { requireNoCollation } from './shared-options.ts';
import { runStatements, statements, writeReply } from './write-batch.ts';

const STATEMENT_FIELDS = new Set(['q', 'u', 'c', 'multi', 'upsert', 'arrayFilters', 'hint', 'collation', 'sort']);

/** `compile` throws what is wrong with the update itself: the statement's error, not the command's. */
type Statement = { target: Target; compile: () => Update; isUpsert: boolean };
type Outcome = { matched: number; modified: number; upsertedId?: unknown };

const update: Command = {
  fields: ['updates', 'ordered', 'bypassDocumentValidation', 'let'],
  async run(call, engine) {
    const namespace = namespaceOf(call);
    const batch = statements(call, 'updates').map((statement) => parseStatement(call, statement));
    const total = { matched: 0, modified: 0 };
    const upserted: Document[] = [];
    const writeErrors = await runStatements(call, engine, batch, (view) => (statement, index) => {
      const outcome = runUpdate(view, engine, call, { namespace, statement });
      total.matched += outcome.matched;
      total.modified += outcome.modified;
      if ('upsertedId' in outcome) upserted.push({ index: new Int32(index), _id: outcome.upsertedId });
    });
    const counts = { n: new Int32(total.matched + upserted.length), nModified: new Int32(total.modified) };
    return writeReply({ ...counts, ...(upserted.length > 0 && { upserted }) }, writeErrors);
  },
};

export const updateCommands: Commands = { update };

function runUpdate(
  view: WriteView,
  engine: Engine,
  call: Call,
  { namespace, statement }: { namespace: string; statement: Statement },
): Outcome {
  const { isUpsert } = statement;
  const target = compileTarget(statement.target);
  const change = statement.compile();
  const existing = engine.catalog.find(view, namespace);
  if (!existing && !isUpsert) return { matched: 0, modified: 0 };
  const collection = existing ?? collectionForWrite(engine, view, namespace);
  const writer = createDocumentWriter(view, collection, engine);
  const outcome = { matched: 0, modified: 0 };
  for (const match of findTargets(view, collection, target, call.deadline)) {
    outcome.matched += 1;
    if (updateMatch(writer, match, change)) outcome.modified += 1;
  }
  if (outcome.matched > 0 || !isUpsert) return outcome;
  return { ...outcome, upsertedId: insertUpsert(writer, target.filter, change).document._id };
}

function parseStatement(call: Call, { document: statement, bytes }: StoredDocument): Statement {
  requireKnownFields(statement, 'update.updates', STATEMENT_FIELDS);
  requireNoCollation(statement);
  const isMulti = flagArgument(statement, 'multi');
  const arrayFilters = documentsArgument(statement, 'arrayFilters');
  const variables = { ...documentArgument(call.body, 'let'), ...documentArgument(statement, 'c') };
  const options = { now: new Date(), variables, ...(arrayFilters && { arrayFilters }) };
  const argument = { value: required(statement.u, 'update.updates', 'u'), bytes: rawDocumentField(bytes, 'u') };
  return {
    target: {
      filter: required(documentArgument(statement, 'q'), 'update.updates', 'q'),
      variables,
      hint: statement.hint,
      sort: documentArgument(statement, 'sort'),
      isMulti,
    },
    compile: () => parseUpdate(argument, options, isMulti),
    isUpsert: flagArgument(statement, 'upsert'),
  };
}
