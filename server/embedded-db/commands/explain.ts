import { Int32 } from 'bson';
import { type Document, isDocument } from '../bson-value/document.ts';
import type { Reading } from '../cursors/cursor-source.ts';
import { createMatchWalk } from '../cursors/scan-source.ts';
import { MongoError, notImplemented } from '../errors.ts';
import type { Plan } from '../planner/plan.ts';
import { documentArgument } from './arguments.ts';
import { type Command, type Commands, type Engine, namespaceOf } from './command.ts';
import { prepareFind } from './find.ts';
import type { FindQuery } from './find-source.ts';
import { SERVER_VERSION } from './handshake.ts';

/** Shows the plan of a find, count, distinct, delete, update or findAndModify; with "executionStats" runs its search. */
const explain: Command = {
  fields: ['verbosity'],
  async run(call, engine) {
    const explained = documentArgument(call.body, 'explain');
    const name = Object.keys(explained ?? {})[0];
    if (!explained || name === undefined) throw new MongoError('FailedToParse', 'explain needs a command');
    const namespace = namespaceOf({ ...call, body: explained, name });
    const prepare = prepareFind(searchOf(name, explained));
    return engine.store.snapshot(async (view) => {
      const collection = engine.catalog.find(view, namespace);
      const query = collection && prepare(collection);
      const queryPlanner = {
        namespace,
        parsedQuery: searchOf(name, explained).filter,
        winningPlan: query ? describePlan(query.plan, query.sort) : { stage: 'EOF' },
        rejectedPlans: [],
      };
      const reply = { explainVersion: '1', queryPlanner, serverInfo: { version: SERVER_VERSION }, ok: 1 };
      if (call.body.verbosity === 'queryPlanner' || !query) return reply;
      return { ...reply, executionStats: await runSearch(engine, query, { view, deadline: call.deadline }) };
    });
  },
};

export const explainCommands: Commands = { explain };

async function runSearch(engine: Engine, query: FindQuery, reading: Reading): Promise<Document> {
  const counts = { documents: 0 };
  let returned = 0;
  await createMatchWalk(
    engine.catalog,
    query,
    counts,
  )(reading, () => {
    returned += 1;
    return returned < query.skip + query.limit || query.sort !== undefined;
  });
  return {
    executionSuccess: true,
    nReturned: new Int32(returned),
    totalKeysExamined: new Int32(query.plan.kind === 'collection' ? 0 : counts.documents),
    totalDocsExamined: new Int32(counts.documents),
  };
}

/** The find that does the searching of another command. */
function searchOf(name: string, command: Document): Document {
  if (name === 'find') return command;
  if (name === 'count' || name === 'distinct' || name === 'findAndModify') {
    return { filter: command.query, sort: command.sort, hint: command.hint };
  }
  const list = name === 'delete' ? command.deletes : name === 'update' ? command.updates : undefined;
  const statement: unknown = Array.isArray(list) ? list[0] : undefined;
  if (isDocument(statement)) return { filter: statement.q, hint: statement.hint };
  throw notImplemented(`explain of ${name}`);
}

function describePlan(plan: Plan, sort: Document | undefined): Document {
  const search = describeSearch(plan);
  const isSorted = !sort || (plan.kind === 'index' && plan.givesSort);
  return isSorted ? search : { stage: 'SORT', sortPattern: sort, inputStage: search };
}

function describeSearch(plan: Plan): Document {
  if (plan.kind === 'collection') return { stage: 'COLLSCAN', direction: directionName(plan.isReverse) };
  if (plan.kind === 'union') {
    return { stage: 'FETCH', inputStage: { stage: 'OR', inputStages: plan.branches.map(describeSearch) } };
  }
  const { index, intervals, bounded } = plan.bounds;
  return {
    stage: 'FETCH',
    inputStage: {
      stage: 'IXSCAN',
      keyPattern: index.key,
      indexName: index.name,
      isMultiKey: index.arrays.includes(true),
      isUnique: index.unique,
      isSparse: index.sparse,
      isPartial: index.partialFilterExpression !== undefined,
      direction: directionName(plan.isReverse),
      boundedFields: new Int32(bounded),
      intervals: new Int32(intervals.length),
    },
  };
}

function directionName(isReverse: boolean): string {
  return isReverse ? 'backward' : 'forward';
}
