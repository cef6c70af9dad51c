import { expect } from 'vitest';

const PATIENCE_MS = 20_000;

/** Waits for a fact; a machine that is busy with other things gets the time it needs. */
export function eventually<T>(read: () => T | Promise<T>) {
  return expect.poll(read, { timeout: PATIENCE_MS });
}
