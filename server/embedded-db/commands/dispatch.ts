import { BSONError, Double, Int32 } from 'bson';
import type { Document } from '../bson-value/document.ts';
import { MongoError } from '../errors.ts';
import { MalformedMessage } from '../wire/frame-splitter.ts';
import type { Reply } from '../wire/reply.ts';
import { decodeBody, type Request } from '../wire/request.ts';
import { requireKnownFields } from './arguments.ts';
import type { Command, Commands, Engine } from './command.ts';
import { parseSharedOptions, SHARED_FIELDS } from './shared-options.ts';

/** Runs one command of one connection. It never throws: what goes wrong is the reply. */
export type Dispatch = (request: Request, connectionId: number) => Promise<Reply>;

export function createDispatch(commands: Commands, engine: Engine, reportBug: (error: unknown) => void): Dispatch {
  const allowed = new Map<Command, ReadonlySet<string>>();
  for (const command of Object.values(commands)) {
    if (command.fields !== 'any')
      allowed.set(command, new Set([...aliasesOf(commands, command), ...command.fields, ...SHARED_FIELDS]));
  }
  return async (request, connectionId) => {
    try {
      const body = decodeBody(request);
      const name = Object.keys(body)[0] ?? '';
      const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
      if (!command) throw new MongoError('CommandNotFound', `no such command: '${name}'`);
      const known = allowed.get(command);
      if (known) requireKnownFields(body, name, known);
      const database = requireDatabase(body);
      const deadline = parseSharedOptions(body);
      return await command.run({ name, body, request, database, deadline, connectionId }, engine);
    } catch (error) {
      return errorReply(error, reportBug);
    }
  };
}

function aliasesOf(commands: Commands, command: Command): string[] {
  return Object.keys(commands).filter((name) => commands[name] === command);
}

function requireDatabase(body: Document): string {
  const database = body.$db;
  if (typeof database === 'string' && /^[^\0/\\ ."$]{1,63}$/.test(database)) return database;
  throw new MongoError('InvalidNamespace', `Invalid database name: '${String(database)}'`);
}

/** What a client reads of an error. A fault of the store itself is InternalError (1) and is reported. */
function errorReply(error: unknown, reportBug: (error: unknown) => void): Document {
  const known = toMongoError(error);
  if (!known) reportBug(error);
  const { code, codeName, message, details } =
    known ?? new MongoError('InternalError', `internal error: ${String(error)}`);
  return { ok: new Double(0), errmsg: message, code: new Int32(code), codeName, ...details };
}

/** The error as the wire knows it, or undefined for one that only a fault of the store can explain. */
export function toMongoError(error: unknown): MongoError | undefined {
  if (error instanceof MongoError) return error;
  if (error instanceof BSONError || error instanceof MalformedMessage)
    return new MongoError('InvalidBSON', error.message);
  return undefined;
}
