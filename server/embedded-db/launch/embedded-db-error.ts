/** `LOCKED`: another process has the directory. `NEWER_FORMAT`: a newer version wrote it, and nothing was touched. */
export type EmbeddedDbErrorCode = 'LOCKED' | 'NOT_WRITABLE' | 'NEWER_FORMAT' | 'START_FAILED';

/** Why the store could not start; the message is a sentence for the person who started it. */
export class EmbeddedDbError extends Error {
  override readonly name = 'EmbeddedDbError';
  readonly code: EmbeddedDbErrorCode;

  constructor(code: EmbeddedDbErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** Reads a code that came from another process. */
export function parseErrorCode(value: unknown): EmbeddedDbErrorCode {
  return value === 'LOCKED' || value === 'NOT_WRITABLE' || value === 'NEWER_FORMAT' ? value : 'START_FAILED';
}
