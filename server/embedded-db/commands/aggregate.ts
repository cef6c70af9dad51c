import { assertPipeline, leadingMatch, runPipeline } from '../aggregate/run-pipeline.ts';
import type { Document } from '../bson-value/document.ts';
import { createListSource } from '../cursors/cursor-source.ts';
import { MongoError, notImplemented } from '../errors.ts';
import { compileFilter } from '../match/compile-filter.ts';
import { matchingDocuments } from '../planner/matching-documents.ts';
import { planQuery } from '../planner/plan.ts';
import { createScan } from '../planner/scan.ts';
import { encodeDocument } from '../storage/codec.ts';
import type { ReadView } from '../storage/store.ts';
import { documentArgument, documentsArgument, flagArgument, required } from './arguments.ts';
import { type Call, type Command, type Commands, type Engine, joinNamespace, namespaceOf } from './command.ts';
import { firstBatch } from './cursor-batches.ts';
import { parseOrder, planRequest } from './query-options.ts';

/** What one aggregation may hold in memory, as in MongoDB before it turns to the disk. */
const MEMORY_LIMIT_BYTES = 100 * 1024 * 1024;

const aggregate: Command = {
  fields: ['pipeline', 'cursor', 'explain', 'allowDiskUse', 'hint', 'let', 'bypassDocumentValidation', 'collation'],
  async run(call, engine) {
    if (typeof call.body.aggregate !== 'string') throw notImplemented('an aggregation on a database');
    if (flagArgument(call.body, 'explain')) throw notImplemented('the option "explain" of aggregate');
    const namespace = namespaceOf(call);
    const pipeline = required(documentsArgument(call.body, 'pipeline'), 'aggregate', 'pipeline');
    const cursor = documentArgument(call.body, 'cursor');
    if (!cursor) throw new MongoError('FailedToParse', "The 'cursor' option is required");
    assertPipeline(pipeline, documentArgument(call.body, 'let'));
    return engine.store.snapshot((view) => {
      const documents = runOn(view, engine, call, { namespace, pipeline });
      return firstBatch(call, engine, { namespace, source: createListSource(documents), view }, cursor);
    });
  },
};

export const aggregateCommands: Commands = { aggregate };

/** The whole result, encoded: a pipeline runs at once, on one view of the store. */
function runOn(
  view: ReadView,
  engine: Engine,
  call: Call,
  { namespace, pipeline }: { namespace: string; pipeline: Document[] },
): Buffer[] {
  const now = new Date();
  const variables = documentArgument(call.body, 'let');
  const filter = leadingMatch(pipeline) ?? {};
  const options = { now, ...(variables && { variables }) };
  const documentsOf = (target: string, matching: Document, hint?: unknown) =>
    readDocuments(view, engine, call, { namespace: target, filter: matching, hint, options });
  const results = runPipeline(pipeline, documentsOf(namespace, filter, call.body.hint), {
    lookup: (collection) => documentsOf(joinNamespace(call.database, collection), {}),
    memoryLimitBytes: MEMORY_LIMIT_BYTES,
    ...options,
  });
  return Array.from(results, encodeDocument);
}

function* readDocuments(
  view: ReadView,
  engine: Engine,
  call: Call,
  query: { namespace: string; filter: Document; hint: unknown; options: { now: Date; variables?: Document } },
): Generator<Document, void> {
  const collection = engine.catalog.find(view, query.namespace);
  if (!collection) return;
  const order = parseOrder(collection, query.hint, undefined);
  const scan = createScan(collection, planQuery(collection, planRequest(query.filter, order)));
  const matcher = compileFilter(query.filter, query.options);
  for (const { document } of matchingDocuments(view, collection, { scan, matcher, deadline: call.deadline })) {
    yield document;
  }
}
