import type { Document } from './bson-value/document.ts';
import type { Catalog } from './catalog/catalog.ts';
import type { CollectionDefinition, IndexDefinition } from './catalog/definitions.ts';
import { compileFilter } from './match/compile-filter.ts';
import { createDeadline } from './planner/deadline.ts';
import { matchingDocuments } from './planner/matching-documents.ts';
import { planQuery } from './planner/plan.ts';
import { createScan } from './planner/scan.ts';
import { createDocumentWriter } from './storage/document-writer.ts';
import type { RecordIds } from './storage/record-ids.ts';
import type { Store, WriteView } from './storage/store.ts';

const DOCUMENTS_A_TRANSACTION = 500;

type Engine = { store: Store; catalog: Catalog; recordIds: RecordIds };

/**
 * Deletes every document that a TTL index says is over: whose earliest date under the index is `expireAfterSeconds` old,
 * and which the index's `partialFilterExpression` accepts. Resolves with how many it deleted.
 */
export async function deleteExpired(engine: Engine, now: Date): Promise<number> {
  let deleted = 0;
  for (const { namespace, name } of engine.store.read((view) => ttlIndexes(engine.catalog.list(view)))) {
    let part = DOCUMENTS_A_TRANSACTION;
    // In parts, each of which looks the index up again: it may be gone or changed by then.
    while (part === DOCUMENTS_A_TRANSACTION) {
      part = await engine.store.write((view) => deletePart(view, engine, { namespace, name, now }));
      deleted += part;
    }
  }
  return deleted;
}

function ttlIndexes(collections: CollectionDefinition[]): { namespace: string; name: string }[] {
  return collections.flatMap(({ namespace, indexes }) =>
    indexes.filter((index) => index.expireAfterSeconds !== undefined).map(({ name }) => ({ namespace, name })),
  );
}

function deletePart(view: WriteView, engine: Engine, ttl: { namespace: string; name: string; now: Date }): number {
  const collection = engine.catalog.find(view, ttl.namespace);
  const index = collection?.indexes.find(({ name }) => name === ttl.name);
  if (!collection || !index) return 0;
  const filter = expiredFilter(index, ttl.now);
  if (!filter) return 0;
  const scan = createScan(collection, planQuery(collection, { filter, hint: index }));
  const query = { scan, matcher: compileFilter(filter), deadline: createDeadline(0) };
  const expired = [];
  for (const match of matchingDocuments(view, collection, query)) {
    expired.push(match);
    if (expired.length === DOCUMENTS_A_TRANSACTION) break;
  }
  const writer = createDocumentWriter(view, collection, engine);
  for (const { recordId, document } of expired) writer.remove(recordId, document);
  return expired.length;
}

/** What an expired document looks like; nothing but a date ever expires. */
function expiredFilter(index: IndexDefinition, now: Date): Document | undefined {
  const path = index.fields[0]?.path;
  if (path === undefined || index.expireAfterSeconds === undefined) return undefined;
  const isExpired = { [path]: { $lte: new Date(now.getTime() - index.expireAfterSeconds * 1000) } };
  return index.partialFilterExpression ? { $and: [isExpired, index.partialFilterExpression] } : isExpired;
}
