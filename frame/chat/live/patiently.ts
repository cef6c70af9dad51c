import { isPassing } from '../../api/api-error.ts';
import type { BackOff } from '../../api/back-off.ts';

/** Calls until it does not fail for reasons that pass by themselves. */
export async function patiently<T>(call: () => Promise<T>, backOff: BackOff): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (!isPassing(error)) throw error;
      await backOff(attempt, { leastMs: error.retryAfterSeconds * 1000 });
    }
  }
}
