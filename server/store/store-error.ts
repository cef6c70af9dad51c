import mongoose from 'mongoose';
import { AppError } from '../errors.ts';

const UNREACHABLE = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoNotConnectedError',
  'MongoServerSelectionError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongoTopologyClosedError',
  'MongoWaitQueueTimeoutError',
  'MongoOperationTimeoutError',
  'MongoWriteConcernError',
]);

/** `STORE_UNAVAILABLE` for an error that says that the store did not answer, `undefined` for every other. */
export function toStoreError(error: unknown): AppError | undefined {
  if (!(error instanceof Error)) return undefined;
  const isUnreachable = UNREACHABLE.has(error.name) || error instanceof mongoose.Error.MongooseServerSelectionError;
  return isUnreachable ? new AppError('STORE_UNAVAILABLE', { cause: error }) : undefined;
}

/** Whether a write was refused because a document with the same unique key exists. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongoose.mongo.MongoServerError && error.code === 11_000;
}
