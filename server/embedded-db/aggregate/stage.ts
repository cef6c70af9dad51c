import type { Document } from '../bson-value/document.ts';

/** What a pipeline may reach besides its documents. */
export type PipelineSource = {
  /** All documents of another collection of the same database; none when it does not exist. */
  lookup(collection: string): Iterable<Document>;
  /** `$$NOW`; the same for the whole pipeline. */
  now?: Date;
  /** The `let` of the command. */
  variables?: Document;
  /** The most bytes a sort or group may hold, by estimate. */
  memoryLimitBytes?: number;
};

/** The pipeline compiler is handed on for stages that hold pipelines themselves. */
export type StageContext = PipelineSource & {
  /** On a `$sort` the count of a `$limit` right behind it, so that it need not hold more. */
  limit?: number;
  compilePipeline(pipeline: readonly Document[], context: PipelineSource): Stage;
};

export type Stage = (documents: Iterable<Document>) => Iterable<Document>;

/** Validates a stage's argument and gives its function of documents; documents are read lazily and never changed. */
export type StageCompiler = (argument: unknown, context: StageContext) => Stage;
