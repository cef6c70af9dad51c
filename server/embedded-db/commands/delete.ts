import { Int32 } from 'bson';
import type { Document } from '../bson-value/document.ts';
import { MongoError } from '../errors.ts';
import { createDocumentWriter } from '../storage/document-writer.ts';
import type { WriteView } from '../storage/store.ts';
import { documentArgument, numberArgument, required, requireKnownFields } from './arguments.ts';
import { type Call, type Command, type Commands, type Engine, namespaceOf } from './command.ts';
import { compileTarget, findTargets, type Target } from './matching-writes.ts';
import { requireNoCollation } from './shared-options.ts';
import { runStatements, statements, writeReply } from './write-batch.ts';

const STATEMENT_FIELDS = new Set(['q', 'limit', 'hint', 'collation']);

const deleteCommand: Command = {
  fields: ['deletes', 'ordered', 'let'],
  async run(call, engine) {
    const namespace = namespaceOf(call);
    const targets = statements(call, 'deletes').map(({ document }) => parseTarget(call, document));
    let removed = 0;
    const writeErrors = await runStatements(call, engine, targets, (view) => (target) => {
      removed += removeMatches(view, engine, call, { namespace, target });
    });
    return writeReply({ n: new Int32(removed) }, writeErrors);
  },
};

export const deleteCommands: Commands = { delete: deleteCommand };

function removeMatches(
  view: WriteView,
  engine: Engine,
  call: Call,
  { namespace, target }: { namespace: string; target: Target },
): number {
  const compiled = compileTarget(target);
  const collection = engine.catalog.find(view, namespace);
  if (!collection) return 0;
  const writer = createDocumentWriter(view, collection, engine);
  let removed = 0;
  for (const { recordId, document } of findTargets(view, collection, compiled, call.deadline)) {
    writer.remove(recordId, document);
    removed += 1;
  }
  return removed;
}

function parseTarget(call: Call, statement: Document): Target {
  requireKnownFields(statement, 'delete.deletes', STATEMENT_FIELDS);
  requireNoCollation(statement);
  const limit = required(numberArgument(statement, 'limit'), 'delete.deletes', 'limit');
  if (limit !== 0 && limit !== 1)
    throw new MongoError('FailedToParse', `The limit field in delete objects must be 0 or 1. Got ${limit}`);
  return {
    filter: required(documentArgument(statement, 'q'), 'delete.deletes', 'q'),
    variables: documentArgument(call.body, 'let'),
    hint: statement.hint,
    isMulti: limit === 0,
  };
}
