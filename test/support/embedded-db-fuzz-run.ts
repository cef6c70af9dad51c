import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { equalValues } from '../../server/embedded-db/bson-value/compare-values.ts';
import type { Document } from '../../server/embedded-db/bson-value/document.ts';
import { indexTuples } from '../../server/embedded-db/bson-value/index-tuples.ts';
import { addIndex } from '../../server/embedded-db/catalog/add-index.ts';
import { createCatalog } from '../../server/embedded-db/catalog/catalog.ts';
import type { CollectionDefinition } from '../../server/embedded-db/catalog/definitions.ts';
import { parseIndexSpec } from '../../server/embedded-db/catalog/index-spec.ts';
import { MongoError } from '../../server/embedded-db/errors.ts';
import { compileFilter } from '../../server/embedded-db/match/compile-filter.ts';
import { createDeadline } from '../../server/embedded-db/planner/deadline.ts';
import { matchingDocuments } from '../../server/embedded-db/planner/matching-documents.ts';
import type { Plan, PlanRequest } from '../../server/embedded-db/planner/plan.ts';
import { createScan } from '../../server/embedded-db/planner/scan.ts';
import { compileSort } from '../../server/embedded-db/sort.ts';
import { encodeDocument } from '../../server/embedded-db/storage/codec.ts';
import {
  createDocumentWriter,
  type DocumentWriter,
  type StoredDocument,
} from '../../server/embedded-db/storage/document-writer.ts';
import { createRecordIds } from '../../server/embedded-db/storage/record-ids.ts';
import { openStore, type ReadView, type WriteView } from '../../server/embedded-db/storage/store.ts';
import { validateCollection } from '../../server/embedded-db/storage/validate-collection.ts';
import { createDice, type Dice } from './dice.ts';
import { randomDocument, randomFilter, randomIndexSpec, randomSort, type Shape } from './embedded-db-fuzz.ts';

export type Planner = (collection: CollectionDefinition, request: PlanRequest) => Plan;
/** `complaints`: queries whose answer was not that of a look at every document. `plans`: the kinds of plan that were met. */
export type Comparison = { complaints: string[]; plans: Set<string> };

const NAMESPACE = 'test.things';
const DOCUMENTS = 80;
const INDEXES = 6;
const QUERIES = 150;

/** A store for one test file, in which each seed makes a collection and puts queries to a planner. */
export function openFuzzStore() {
  const directory = mkdtempSync(join(tmpdir(), 'embedded-db-fuzz-'));
  const store = openStore(join(directory, 'store.mdb'));
  const engine = { catalog: createCatalog(), recordIds: createRecordIds() };
  return {
    async compare(seed: number, planner: Planner): Promise<Comparison> {
      const dice = createDice(seed);
      const documents = await store.write((view) => fillCollection(view, engine, dice));
      return store.read((view) => {
        const collection = engine.catalog.find(view, NAMESPACE);
        if (!collection) throw new Error('The collection is gone');
        const comparison: Comparison = { complaints: validateCollection(view, collection).errors, plans: new Set() };
        for (let i = 0; i < QUERIES; i++) compareQuery(view, collection, { dice, documents, planner, comparison });
        return comparison;
      });
    },
    async close() {
      await store.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

type FuzzEngine = { catalog: ReturnType<typeof createCatalog>; recordIds: ReturnType<typeof createRecordIds> };

/** Half of the indexes come before the documents and half after; some documents are changed or removed in between. */
function fillCollection(view: WriteView, engine: FuzzEngine, dice: Dice): Document[] {
  engine.catalog.remove(view, NAMESPACE);
  engine.catalog.create(view, NAMESPACE, {});
  addIndexes(view, engine, dice, []);
  const writer = createDocumentWriter(view, requireCollection(view, engine), engine);
  const shape = { hasArrays: dice.chance(0.5), hasLongTexts: dice.chance(0.5) };
  const kept = insertDocuments(writer, dice, shape);
  for (const [recordId, document] of [...kept]) changeDocument(writer, dice, kept, { recordId, document, shape });
  addIndexes(view, engine, dice, [...kept.values()]);
  return [...kept.values()];
}

function insertDocuments(writer: DocumentWriter, dice: Dice, shape: Shape): Map<number, Document> {
  const kept = new Map<number, Document>();
  for (let id = 0; id < DOCUMENTS; id++) {
    const document = randomDocument(dice, id, shape);
    const recordId = unlessParallelArrays(() => writer.insert(toStored(document)));
    if (recordId !== undefined) kept.set(recordId, document);
  }
  return kept;
}

function changeDocument(
  writer: DocumentWriter,
  dice: Dice,
  kept: Map<number, Document>,
  { recordId, document, shape }: { recordId: number; document: Document; shape: Shape },
): void {
  if (dice.chance(0.1)) {
    writer.remove(recordId, document);
    kept.delete(recordId);
  } else if (dice.chance(0.3)) {
    const next = { ...randomDocument(dice, 0, shape), _id: document._id };
    unlessParallelArrays(() => {
      writer.replace(recordId, toStored(document), toStored(next));
      kept.set(recordId, next);
    });
  }
}

function toStored(document: Document): StoredDocument {
  return { document, bytes: encodeDocument(document) };
}

function addIndexes(view: WriteView, engine: FuzzEngine, dice: Dice, documents: Document[]): void {
  for (let i = 0; i < INDEXES / 2; i++) {
    const collection = requireCollection(view, engine);
    const spec = parseIndexSpec(randomIndexSpec(dice, `index ${collection.nextSlot}`));
    const isKnown = collection.indexes.some((index) => equalValues(index.key, spec.key));
    const paths = spec.fields.map((field) => field.path);
    const isPossible = documents.every(
      (document) => unlessParallelArrays(() => indexTuples(document, paths)) !== undefined,
    );
    if (!isKnown && isPossible) addIndex(view, engine.catalog, collection, spec);
  }
}

type Query = { dice: Dice; documents: Document[]; planner: Planner; comparison: Comparison };

/** Puts one random query to the planner, left free and then told to use each of the indexes in turn. */
function compareQuery(
  view: ReadView,
  collection: CollectionDefinition,
  { dice, documents, planner, comparison }: Query,
): void {
  const filter = randomFilter(dice);
  const sort = dice.chance(0.5) ? compileSort(randomSort(dice)) : undefined;
  const matcher = compileFilter(filter);
  const expected = documents.filter((document) => matcher(document));
  const request = { filter, ...(sort && { sort: sort.fields }) };
  // A sparse index that is hinted may leave documents out, in MongoDB too; a partial one is refused.
  const hints = collection.indexes.filter((index) => !index.sparse && !index.partialFilterExpression);
  for (const hint of [undefined, ...hints]) {
    const plan = planner(collection, { ...request, ...(hint && { hint }) });
    const parts = { scan: createScan(collection, plan), matcher, deadline: createDeadline(0) };
    const found = Array.from(matchingDocuments(view, collection, parts), ({ document }) => document);
    const isSorted = plan.kind === 'index' && plan.givesSort;
    comparison.plans.add(plan.kind);
    if (isSorted) comparison.plans.add('sorted by index');
    const isSame = equalValues(idsOf(found), idsOf(expected));
    const isInOrder =
      !sort || !isSorted || equalValues(found.map(sort.keyOf), [...expected].sort(sort.compare).map(sort.keyOf));
    if (!isSame || !isInOrder) comparison.complaints.push(describe(filter, plan, isSame));
  }
}

function idsOf(documents: Document[]): number[] {
  return documents.map((document) => Number(document._id)).sort((a, b) => a - b);
}

function describe(filter: Document, plan: Plan, isSame: boolean): string {
  const how = plan.kind === 'index' ? JSON.stringify(plan.bounds.index.key) : plan.kind;
  return `${isSame ? 'wrong order' : 'wrong documents'} for ${JSON.stringify(filter).slice(0, 300)} through ${how}`;
}

function requireCollection(view: ReadView, engine: FuzzEngine): CollectionDefinition {
  const collection = engine.catalog.find(view, NAMESPACE);
  if (collection) return collection;
  throw new Error('The collection is gone');
}

/** Two arrays in one index are refused (171); the fuzz then goes on without that document or index. */
function unlessParallelArrays<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof MongoError && error.codeName === 'CannotIndexParallelArrays') return undefined;
    throw error;
  }
}
