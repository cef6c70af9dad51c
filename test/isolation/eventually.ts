import { expect } from 'vitest';

const PATIENCE_MS = 20_000;

/**
 * Waits for a fact, which `message` names if it never comes. A machine that is busy with other things gets the time it
 * needs.
 */
export function eventually<T>(read: () => T | Promise<T>, message?: string) {
  return expect.poll(read, { timeout: PATIENCE_MS, ...(message !== undefined && { message }) });
}
