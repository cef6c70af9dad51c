import { Long } from 'bson';
import type { Document } from '../bson-value/document.ts';
import type { BatchLimit, CursorSource } from '../cursors/cursor-source.ts';
import { MongoError } from '../errors.ts';
import { MAX_DOCUMENT_BYTES } from '../storage/codec.ts';
import type { ReadView } from '../storage/store.ts';
import { cursorReply, type EncodedReply } from '../wire/reply.ts';
import { countArgument, flagArgument, required, stringArgument } from './arguments.ts';
import { type Call, type Command, type Commands, type Engine, joinNamespace } from './command.ts';

/** The documents of a first batch when the client does not say how many it wants. */
const FIRST_BATCH_DOCUMENTS = 101;

/** A cursor that is to be opened, and the view that its first batch is read from. */
type NewCursor = { namespace: string; source: CursorSource; view: ReadView };

/** Answers with the first batch of a new cursor and keeps the cursor when there is more. `options` holds `batchSize`. */
export async function firstBatch(
  call: Call,
  engine: Engine,
  { namespace, source, view }: NewCursor,
  options: Document = call.body,
): Promise<EncodedReply> {
  const limit = batchLimit(countArgument(options, 'batchSize') ?? FIRST_BATCH_DOCUMENTS);
  const { documents, isLast } = await source.next(limit, { view, deadline: call.deadline });
  const isOver = isLast || flagArgument(call.body, 'singleBatch');
  const isImmortal = flagArgument(call.body, 'noCursorTimeout');
  const cursorId = isOver ? 0n : engine.cursors.add({ namespace, source, isImmortal });
  return cursorReply({ name: 'firstBatch', documents, cursorId, namespace });
}

const getMore: Command = {
  fields: ['collection', 'batchSize', 'term', 'lastKnownCommittedOpTime'],
  async run(call, engine) {
    const name = required(stringArgument(call.body, 'collection'), 'getMore', 'collection');
    const namespace = cursorNamespace(call.database, name);
    const id = cursorId(call.body.getMore);
    const limit = batchLimit(countArgument(call.body, 'batchSize') || Number.POSITIVE_INFINITY);
    const cursor = engine.cursors.take(id, namespace);
    const { documents, isLast } = await engine.store.snapshot((view) =>
      cursor.source.next(limit, { view, deadline: call.deadline }),
    );
    if (!isLast) engine.cursors.putBack(id, cursor);
    return cursorReply({ name: 'nextBatch', documents, cursorId: isLast ? 0n : id, namespace });
  },
};

const killCursors: Command = {
  fields: ['cursors'],
  run(call, engine) {
    const namespace = cursorNamespace(call.database, String(call.body.killCursors));
    const ids = call.body.cursors;
    if (!Array.isArray(ids)) throw new MongoError('TypeMismatch', "BSON field 'killCursors.cursors' must be an array");
    const killed = ids.filter((id) => engine.cursors.kill(cursorId(id), namespace));
    const unknown = ids.filter((id) => !killed.includes(id));
    return { cursorsKilled: killed, cursorsNotFound: unknown, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
  },
};

export const cursorCommands: Commands = { getMore, killCursors };

/** The name under which listCollections and the like keep their cursors has a `$`, which no collection may have. */
function cursorNamespace(database: string, collection: string): string {
  return collection.startsWith('$cmd.') ? `${database}.${collection}` : joinNamespace(database, collection);
}

function batchLimit(documents: number): BatchLimit {
  return { documents, bytes: MAX_DOCUMENT_BYTES };
}

function cursorId(value: unknown): bigint {
  if (value instanceof Long) return value.toBigInt();
  throw new MongoError('TypeMismatch', 'A cursor id must be a 64-bit integer');
}
