import { Int32, Long } from 'bson';
import type { Document } from '../bson-value/document.ts';
import { MAX_DOCUMENT_BYTES } from '../storage/codec.ts';
import { MAX_MESSAGE_BYTES } from '../wire/frame-splitter.ts';
import type { Call, Command, Commands } from './command.ts';

/** The server whose behaviour and wire version are followed. */
export const SERVER_VERSION = '7.0.0';
const MAX_WIRE_VERSION = 21;
export const MAX_BATCH_DOCUMENTS = 100_000;

const OK: Document = { ok: 1 };

/**
 * A standalone server: no replica set, no compression, and no topologyVersion, so that drivers poll instead of streaming.
 * What a driver offers beyond that is no demand, so that any field may come.
 */
const hello: Command = {
  fields: 'any',
  run: (call) => ({ ...primaryField(call), ...serverDescription(call.connectionId), ...OK }),
};

const buildInfo: Command = {
  fields: [],
  run: () => ({
    version: SERVER_VERSION,
    versionArray: SERVER_VERSION.split('.').concat('0').map(Number),
    gitVersion: 'embedded',
    modules: [],
    bits: 64,
    debug: false,
    maxBsonObjectSize: new Int32(MAX_DOCUMENT_BYTES),
    storageEngines: ['lmdb'],
    ...OK,
  }),
};

const accept: Command = { fields: [], run: () => OK };

export const handshakeCommands: Commands = {
  hello,
  isMaster: hello,
  ismaster: hello,
  ping: accept,
  endSessions: accept,
  refreshSessions: accept,
  killSessions: accept,
  startSession: { fields: [], run: () => ({ ...OK, timeoutMinutes: 30 }) },
  buildInfo,
  buildinfo: buildInfo,
  connectionStatus: {
    fields: ['showPrivileges'],
    run: () => ({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] }, ...OK }),
  },
};

function primaryField(call: Call): Document {
  return call.name === 'hello' ? { isWritablePrimary: true } : { ismaster: true };
}

function serverDescription(connectionId: number): Document {
  return {
    helloOk: true,
    maxBsonObjectSize: new Int32(MAX_DOCUMENT_BYTES),
    maxMessageSizeBytes: new Int32(MAX_MESSAGE_BYTES),
    maxWriteBatchSize: new Int32(MAX_BATCH_DOCUMENTS),
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId: Long.fromNumber(connectionId),
    minWireVersion: 0,
    maxWireVersion: MAX_WIRE_VERSION,
    readOnly: false,
  };
}
