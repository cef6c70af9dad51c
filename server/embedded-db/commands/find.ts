import type { Document } from '../bson-value/document.ts';
import type { CollectionDefinition } from '../catalog/definitions.ts';
import { createListSource } from '../cursors/cursor-source.ts';
import { notImplemented } from '../errors.ts';
import { compileFilter } from '../match/compile-filter.ts';
import { planQuery } from '../planner/plan.ts';
import { compileProjection } from '../project.ts';
import { compileSort } from '../sort.ts';
import { countArgument, documentArgument, flagArgument } from './arguments.ts';
import { type Command, type Commands, namespaceOf } from './command.ts';
import { firstBatch } from './cursor-batches.ts';
import { type FindQuery, openFindSource } from './find-source.ts';
import { parseOrder, planRequest } from './query-options.ts';

const REFUSED = ['min', 'max', 'returnKey', 'showRecordId', 'tailable', 'awaitData', 'resumeAfter', 'readOnce'];

export const FIND_FIELDS: readonly string[] = [
  'filter',
  'sort',
  'projection',
  'hint',
  'skip',
  'limit',
  'batchSize',
  'singleBatch',
  'noCursorTimeout',
  'allowPartialResults',
  'allowDiskUse',
  'oplogReplay',
  'collation',
  'let',
  ...REFUSED,
];

const find: Command = {
  fields: FIND_FIELDS,
  async run(call, engine) {
    const namespace = namespaceOf(call);
    const prepare = prepareFind(call.body);
    return engine.store.snapshot(async (view) => {
      const reading = { view, deadline: call.deadline };
      const collection = engine.catalog.find(view, namespace);
      const source = collection
        ? await openFindSource(engine.catalog, prepare(collection), reading)
        : createListSource([]);
      return firstBatch(call, engine, { namespace, source, view });
    });
  },
};

export const findCommands: Commands = { find };

/**
 * Checks a find's options, also when there is no collection to run it on, and returns what completes it for one.
 * Throws what compiling the filter, the projection and the sort throws.
 */
export function prepareFind(body: Document): (collection: CollectionDefinition) => FindQuery {
  for (const name of REFUSED) if (isAsked(body, name)) throw notImplemented(`the option "${name}" of find`);
  const filter = documentArgument(body, 'filter') ?? {};
  const variables = documentArgument(body, 'let');
  const options = { now: new Date(), ...(variables && { variables }) };
  const matcher = compileFilter(filter, options);
  const projectionSpec = documentArgument(body, 'projection') ?? {};
  const projection = Object.keys(projectionSpec).length > 0 ? compileProjection(projectionSpec, options) : undefined;
  const sort = documentArgument(body, 'sort');
  if (sort && sort.$natural === undefined) compileSort(sort);
  const limit = countArgument(body, 'limit') || Number.POSITIVE_INFINITY;
  const skip = countArgument(body, 'skip') ?? 0;
  return (collection) => {
    const order = parseOrder(collection, body.hint, sort);
    const plan = planQuery(collection, planRequest(filter, order));
    return { collection, plan, matcher, projection, sort: order.sort, skip, limit };
  };
}

function isAsked(body: Document, name: string): boolean {
  const value = body[name];
  return value !== undefined && (typeof value !== 'boolean' || flagArgument(body, name));
}
