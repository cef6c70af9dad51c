import type { Document } from '../bson-value/document.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Cursors } from '../cursors/cursors.ts';
import { MongoError } from '../errors.ts';
import type { Deadline } from '../planner/deadline.ts';
import type { RecordIds } from '../storage/record-ids.ts';
import type { Store } from '../storage/store.ts';
import type { Reply } from '../wire/reply.ts';
import type { Request } from '../wire/request.ts';

/** What commands work on. */
export type Engine = {
  store: Store;
  catalog: Catalog;
  recordIds: RecordIds;
  cursors: Cursors;
  /** Wakes the sweeper that clears what dropped collections and indexes left behind. */
  sweepSoon(): void;
  /** Changes how often expired documents are looked for. */
  setTtlIntervalSeconds(seconds: number): void;
  startedAt: number;
};

/** One command being run. */
export type Call = {
  name: string;
  body: Document;
  request: Request;
  database: string;
  deadline: Deadline;
  connectionId: number;
};

/** A command: the fields it understands beside those that all commands share, and what it does. Another field is refused. */
export type Command = {
  fields: readonly string[] | 'any';
  run(call: Call, engine: Engine): Promise<Reply> | Reply;
};

export type Commands = Record<string, Command>;

const MAX_NAMESPACE_BYTES = 255;

/** The full name of the collection that the command's first field names. Throws InvalidNamespace (73). */
export function namespaceOf(call: Call): string {
  const name = call.body[call.name];
  if (typeof name !== 'string') {
    throw new MongoError('InvalidNamespace', `collection name of ${call.name} must be a string`);
  }
  return joinNamespace(call.database, name);
}

export function joinNamespace(database: string, collection: string): string {
  const namespace = `${database}.${collection}`;
  const isInvalid = collection === '' || collection.startsWith('.') || /[\0$]/.test(collection);
  if (isInvalid || Buffer.byteLength(namespace) > MAX_NAMESPACE_BYTES) {
    throw new MongoError('InvalidNamespace', `Invalid namespace specified '${namespace}'`);
  }
  return namespace;
}
