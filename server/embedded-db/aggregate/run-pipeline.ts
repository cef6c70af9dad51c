import { type Document, isDocument } from '../bson-value/document.ts';
import { MongoError, notImplemented } from '../errors.ts';
import { integerArgument } from '../match/number-argument.ts';
import { compileDocuments, compileFacet, compileLookup, compileSample, compileUnionWith } from './collection-stages.ts';
import {
  compileAddFieldsStage,
  compileCount,
  compileLimit,
  compileMatch,
  compileProject,
  compileReplaceRoot,
  compileReplaceWith,
  compileSkip,
  compileSortStage,
  compileUnset,
  compileUnwind,
} from './document-stages.ts';
import { compileBucket, compileGroup, compileSortByCount } from './group-stages.ts';
import type { PipelineSource, Stage, StageCompiler, StageContext } from './stage.ts';

export type { PipelineSource } from './stage.ts';

const STAGES: Record<string, StageCompiler> = {
  $addFields: compileAddFieldsStage,
  $bucket: compileBucket,
  $count: compileCount,
  $documents: compileDocuments,
  $facet: compileFacet,
  $group: compileGroup,
  $limit: compileLimit,
  $lookup: compileLookup,
  $match: compileMatch,
  $project: compileProject,
  $replaceRoot: compileReplaceRoot,
  $replaceWith: compileReplaceWith,
  $sample: compileSample,
  $set: compileAddFieldsStage,
  $skip: compileSkip,
  $sort: compileSortStage,
  $sortByCount: compileSortByCount,
  $unionWith: compileUnionWith,
  $unset: compileUnset,
  $unwind: compileUnwind,
};

/** Stages MongoDB has and this store refuses. Others it has never heard of are Location40324. */
const REFUSED = new Set([
  '$bucketAuto',
  '$changeStream',
  '$changeStreamSplitLargeEvent',
  '$collStats',
  '$currentOp',
  '$densify',
  '$fill',
  '$geoNear',
  '$graphLookup',
  '$indexStats',
  '$listLocalSessions',
  '$listSampledQueries',
  '$listSearchIndexes',
  '$listSessions',
  '$merge',
  '$out',
  '$planCacheStats',
  '$querySettings',
  '$queryStats',
  '$rankFusion',
  '$redact',
  '$search',
  '$searchMeta',
  '$setWindowFields',
  '$shardedDataDistribution',
  '$vectorSearch',
]);

/**
 * Runs an aggregation pipeline over documents. The whole pipeline is validated first; documents are then pulled one by one,
 * so that `$limit` ends the reading. Input documents are never changed. Numbers keep their BSON types.
 */
export function runPipeline(
  pipeline: readonly Document[],
  source: Iterable<Document>,
  context: PipelineSource,
): Iterable<Document> {
  return compilePipeline(pipeline, { now: new Date(), ...context })(source);
}

/** Throws for everything in a pipeline that can be refused without documents: unknown stages, operators, arguments. */
export function assertPipeline(pipeline: readonly Document[], variables: Document = {}): void {
  compilePipeline(pipeline, { lookup: () => [], variables });
}

/** The filter of a pipeline that begins with `$match`, for choosing an index; the stage itself runs again. */
export function leadingMatch(pipeline: readonly Document[]): Document | undefined {
  const filter = pipeline[0]?.$match;
  return isDocument(filter) ? filter : undefined;
}

function compilePipeline(pipeline: readonly Document[], context: PipelineSource): Stage {
  const stages = pipeline.map((stage, at) => compileStage(stage, at, { ...context, ...limitAfterSort(pipeline, at) }));
  return (documents) => stages.reduce((current, stage) => stage(current), documents);
}

function limitAfterSort(pipeline: readonly Document[], at: number): { limit?: number } {
  const limit = integerArgument(pipeline[at + 1]?.$limit);
  const isSort = isDocument(pipeline[at]) && Object.hasOwn(pipeline[at], '$sort');
  return isSort && limit !== undefined && limit > 0 ? { limit } : {};
}

function compileStage(stage: unknown, at: number, context: Omit<StageContext, 'compilePipeline'>): Stage {
  const [name, another] = isDocument(stage) ? Object.keys(stage) : [];
  if (!isDocument(stage) || name === undefined || another !== undefined) {
    throw new MongoError('Location40323', 'A pipeline stage specification object must contain exactly one field.');
  }
  const compile = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
  if (compile === undefined) {
    if (REFUSED.has(name)) throw notImplemented(`the aggregation stage ${name}`);
    throw new MongoError('Location40324', `Unrecognized pipeline stage name: '${name}'`);
  }
  if (name === '$documents' && at > 0) {
    throw new MongoError('Location40602', '$documents is only valid as the first stage in a pipeline');
  }
  return compile(stage[name], { ...context, compilePipeline });
}
