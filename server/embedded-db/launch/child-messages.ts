import { type EmbeddedDbErrorCode, parseErrorCode } from './embedded-db-error.ts';
import type { Address } from './serve.ts';

/** What the parent tells the child it starts, as the one argument of the script. */
export type ChildOptions = { directory: string; address: Address; parentPid: number };

/** What the child says once: that it accepts connections, or why it never will. */
export type ChildMessage =
  | { type: 'ready'; address: Address }
  | { type: 'failed'; code: EmbeddedDbErrorCode; message: string };

/** Reads the argument that `encodeChildOptions` made. Throws when the script was started in some other way. */
export function parseChildOptions(argument: string | undefined): ChildOptions {
  const parsed: unknown = JSON.parse(argument ?? 'null');
  if (isRecord(parsed) && typeof parsed.directory === 'string') {
    const parentPid = Number(parsed.parentPid);
    return { directory: parsed.directory, address: parseAddress(parsed.address), parentPid };
  }
  throw new Error('This script is started by startEmbeddedDb()');
}

export function encodeChildOptions(options: ChildOptions): string {
  return JSON.stringify(options);
}

/** Reads a message of the child; undefined for anything else that came over the channel. */
export function parseChildMessage(message: unknown): ChildMessage | undefined {
  if (!isRecord(message)) return undefined;
  if (message.type === 'ready') return { type: 'ready', address: parseAddress(message.address) };
  if (message.type !== 'failed') return undefined;
  return { type: 'failed', code: parseErrorCode(message.code), message: String(message.message) };
}

function parseAddress(value: unknown): Address {
  if (isRecord(value) && typeof value.socketPath === 'string') return { socketPath: value.socketPath };
  if (isRecord(value) && typeof value.port === 'number') return { port: value.port };
  throw new Error(`"${String(value)}" is no address`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
