import { MongoError } from '../errors.ts';

/** The end of a command's `maxTimeMS`. */
export type Deadline = {
  /** Throws MaxTimeMSExpired (50) once the time is over. Cheap enough for every document of a scan. */
  check(): void;
};

const DOCUMENTS_BETWEEN_LOOKS = 64;

/** A limit of 0 is none, as in MongoDB. */
export function createDeadline(maxTimeMs: number): Deadline {
  if (maxTimeMs === 0) return { check() {} };
  const end = performance.now() + maxTimeMs;
  let calls = 0;
  return {
    check() {
      calls += 1;
      if (calls % DOCUMENTS_BETWEEN_LOOKS !== 0 || performance.now() < end) return;
      throw new MongoError('MaxTimeMSExpired', 'operation exceeded time limit');
    },
  };
}
