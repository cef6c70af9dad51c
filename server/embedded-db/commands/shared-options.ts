import { type Document, isDocument } from '../bson-value/document.ts';
import { MongoError, notImplemented } from '../errors.ts';
import { createDeadline, type Deadline } from '../planner/deadline.ts';
import { countArgument, numberArgument } from './arguments.ts';

/** The fields that every command may carry. */
export const SHARED_FIELDS: readonly string[] = [
  '$db',
  '$readPreference',
  '$clusterTime',
  'lsid',
  'txnNumber',
  'startTransaction',
  'autocommit',
  'readConcern',
  'writeConcern',
  'maxTimeMS',
  'comment',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
];

const READ_CONCERNS: readonly unknown[] = ['local', 'available', 'majority'];

/** Checks what all commands share, as a standalone mongod would, and returns the deadline that `maxTimeMS` sets. */
export function parseSharedOptions(body: Document): Deadline {
  if (body.txnNumber !== undefined || body.startTransaction !== undefined) {
    const message = 'Transaction numbers are only allowed on a replica set member or mongos';
    throw new MongoError('IllegalOperation', message);
  }
  requireReadConcern(body.readConcern);
  requireWriteConcern(body.writeConcern);
  requireNoCollation(body);
  if (body.apiVersion !== undefined && body.apiVersion !== '1') {
    throw new MongoError('APIVersionError', 'API version must be "1"');
  }
  return createDeadline(countArgument(body, 'maxTimeMS') ?? 0);
}

/** Comparing by a language's rules is not there, so that it must not look as if it were. */
export function requireNoCollation(options: Document): void {
  const collation = options.collation;
  if (collation === undefined) return;
  const isSimple = isDocument(collation) && (collation.locale === 'simple' || Object.keys(collation).length === 0);
  if (!isSimple) throw notImplemented('collation');
}

function requireReadConcern(concern: unknown): void {
  if (concern === undefined) return;
  const level = isDocument(concern) ? concern.level : null;
  if (isDocument(concern) && (concern.afterClusterTime ?? concern.atClusterTime) !== undefined) {
    throw new MongoError('IllegalOperation', 'A cluster time needs a replica set, which this server is not');
  }
  if (level === undefined || READ_CONCERNS.includes(level)) return;
  throw new MongoError('NotAReplicaSet', `read concern level ${String(level)} needs a replica set`);
}

function requireWriteConcern(concern: unknown): void {
  if (!isDocument(concern) || concern.w === undefined || concern.w === 'majority') return;
  if (typeof concern.w === 'string') throw new MongoError('BadValue', `write concern mode "${concern.w}" is unknown`);
  if ((numberArgument(concern, 'w') ?? 0) > 1) {
    throw new MongoError('BadValue', "cannot use 'w' > 1 when a host is not replicated");
  }
}
