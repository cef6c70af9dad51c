import type { Document } from './bson-value/document.ts';

/**
 * Error names and numbers as MongoDB publishes them (`src/mongo/base/error_codes.yml`); names of the form `LocationNNNNN`
 * are the ones a server gives to codes that have no name of their own. Drivers and mongoose switch on these numbers.
 */
export const ERROR_CODES = {
  InternalError: 1,
  BadValue: 2,
  NoSuchKey: 4,
  HostUnreachable: 6,
  FailedToParse: 9,
  UserNotFound: 11,
  UnsupportedFormat: 12,
  Unauthorized: 13,
  TypeMismatch: 14,
  Overflow: 15,
  InvalidLength: 16,
  ProtocolError: 17,
  IllegalOperation: 20,
  InvalidBSON: 22,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  CannotBackfillArray: 30,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  NotSingleValueField: 54,
  EmptyFieldName: 56,
  DottedFieldName: 57,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  IndexAlreadyExists: 68,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  OperationFailed: 96,
  WriteConflict: 112,
  CommandNotSupported: 115,
  DocumentValidationFailure: 121,
  NotAReplicaSet: 123,
  ExceededMemoryLimit: 146,
  CommandNotSupportedOnView: 166,
  CannotIndexParallelArrays: 171,
  InvalidPipelineOperator: 168,
  QueryPlanKilled: 175,
  NotImplemented: 238,
  ConversionFailure: 241,
  InterruptedAtShutdown: 11600,
  Interrupted: 11601,
  QueryExceededMemoryLimitNoDiskUseAllowed: 292,
  APIVersionError: 322,
  Location10003: 10003,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  Location15947: 15947,
  Location15952: 15952,
  Location15955: 15955,
  Location15958: 15958,
  Location15959: 15959,
  Location15974: 15974,
  Location15975: 15975,
  Location15976: 15976,
  Location15981: 15981,
  Location15983: 15983,
  Location15998: 15998,
  Location16020: 16020,
  Location16410: 16410,
  Location16610: 16610,
  Location16612: 16612,
  Location16746: 16746,
  Location16872: 16872,
  Location17276: 17276,
  Location18536: 18536,
  Location28656: 28656,
  Location28667: 28667,
  Location28724: 28724,
  Location28747: 28747,
  Location28764: 28764,
  Location28810: 28810,
  Location28818: 28818,
  Location31002: 31002,
  Location31249: 31249,
  Location31250: 31250,
  Location31252: 31252,
  Location31253: 31253,
  Location31254: 31254,
  Location31274: 31274,
  Location31275: 31275,
  Location31325: 31325,
  Location31395: 31395,
  Location34449: 34449,
  Location40066: 40066,
  Location40068: 40068,
  Location40087: 40087,
  Location40156: 40156,
  Location40169: 40169,
  Location40192: 40192,
  Location40194: 40194,
  Location40228: 40228,
  Location40234: 40234,
  Location40235: 40235,
  Location40238: 40238,
  Location40323: 40323,
  Location40324: 40324,
  Location40352: 40352,
  Location40414: 40414,
  Location40415: 40415,
  Location40485: 40485,
  Location40600: 40600,
  Location40602: 40602,
  Location51075: 51075,
  Location51091: 51091,
  Location51108: 51108,
  Location51246: 51246,
  Location51270: 51270,
  Location51272: 51272,
  Location327392: 327392,
  Location1257300: 1257300,
  Location5439015: 5439015,
  Location5654602: 5654602,
  Location5787908: 5787908,
  Location5858203: 5858203,
} as const;

export type ErrorCodeName = keyof typeof ERROR_CODES;

/**
 * The one error this store answers with. `code` and `codeName` go to the wire unchanged; `details` holds extra fields of the
 * answer (for a duplicate key `keyPattern` and `keyValue`), merged beside `code` by the command layer.
 */
export class MongoError extends Error {
  readonly code: number;
  readonly codeName: ErrorCodeName;
  readonly details: Document | undefined;

  constructor(codeName: ErrorCodeName, message: string, details?: Document) {
    super(message);
    this.name = 'MongoError';
    this.code = ERROR_CODES[codeName];
    this.codeName = codeName;
    this.details = details;
  }
}

/** An error for something MongoDB has and this store does not: code 238, so that nothing is ever answered by half. */
export function notImplemented(what: string): MongoError {
  return new MongoError('NotImplemented', `${what} is not implemented by the embedded store`);
}
