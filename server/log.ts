import { type DestinationStream, type Logger, pino } from 'pino';
import { AppError } from './errors.ts';

/**
 * One JSON line for each thing that happened. What visitors write, tokens and cookies never get here: no header, no
 * query and no body is ever given to the log, and of an error only what `describeError` lets through.
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: describeError } };
  return destination === undefined ? pino(options) : pino(options, destination);
}

type ErrorDescription = {
  readonly name: string;
  readonly code?: string | number;
  readonly message?: string;
  readonly stack: readonly string[];
  readonly cause?: ErrorDescription;
};

/**
 * The name, code and stack of an error, and its message only where messages are made of words of ours, of Node or of the
 * engine. Others quote what they failed on: a validation error the visitor's text, a JSON error a part of the body.
 */
export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error, stack: [] };
  const code = 'code' in error && isCode(error.code) ? error.code : undefined;
  return {
    name: error.name,
    ...(code !== undefined && { code }),
    ...(isDiscreet(error) && { message: error.message }),
    stack: (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line)),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}

const DISCREET_NAMES =
  /^(TypeError|ReferenceError|ConfigError|EmbeddedDbError|Mongo\w*(Network|Selection|Connect|Pool|Topology|Timeout)\w*)$/;

function isDiscreet(error: Error): boolean {
  return error instanceof AppError || 'syscall' in error || DISCREET_NAMES.test(error.name);
}

function isCode(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}
