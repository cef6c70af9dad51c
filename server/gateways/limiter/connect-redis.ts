import { createClient } from 'redis';
import type { CountingRedis } from './redis-limiters.ts';

type Options = {
  readonly url: string;
  /** Told when the connection is lost, with what is known about it, and when it is there again. */
  readonly onDown: (cause: unknown) => void;
  readonly onUp: () => void;
};

/** A request waits no longer for its count; then the Redis counts as down for it. */
const DEADLINE_MS = 500;
/** So long a Redis that did not answer is not asked again: not every request is to wait for it. */
const SILENCE_MS = 2_000;
const CONNECT_TIMEOUT_MS = 2_000;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Connects to a Redis and keeps connecting for as long as it takes. Resolves after the first attempt, whether it
 * succeeded or not: what runs without it is up to whoever counts.
 */
export async function connectRedis({ url, onDown, onUp }: Options): Promise<CountingRedis> {
  const client = createClient({
    url,
    // What cannot be sent now is answered by the insurance now, not sent later.
    disableOfflineQueue: true,
    socket: {
      connectTimeout: CONNECT_TIMEOUT_MS,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, LONGEST_PAUSE_MS),
    },
  });
  let isDown = false;
  let askAgainAt = 0;

  function noticeUp(): void {
    if (isDown) onUp();
    isDown = false;
  }

  function noticeDown(cause: unknown): void {
    if (!isDown) onDown(cause);
    isDown = true;
  }

  const firstAttempt = new Promise<void>((resolve) => {
    client.on('ready', () => {
      noticeUp();
      resolve();
    });
    client.on('error', (cause: unknown) => {
      noticeDown(cause);
      resolve();
    });
  });
  // Rejects when it is closed before it ever connected; the events have told everything by then.
  client.connect().catch(() => {});
  await firstAttempt;

  return {
    get isReady() {
      return client.isReady && performance.now() >= askAgainAt;
    },
    async eval(script, options) {
      const answer = await withDeadline(client.eval(script, options)).catch((cause: unknown) => {
        askAgainAt = performance.now() + SILENCE_MS;
        noticeDown(cause);
        throw cause;
      });
      noticeUp();
      return answer;
    },
    async close() {
      client.destroy();
    },
  };
}

/** The client gives up a command that it could not send, but waits for ever for an answer. */
function withDeadline<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Redis did not answer within ${DEADLINE_MS} ms`)), DEADLINE_MS);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
