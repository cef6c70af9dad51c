import { hasEnded, type ReplySource, type ReplyState } from './reply-state.ts';

/**
 * The reply when it has ended, or as it is when `signal` is aborted before. Rejects with an AppError if it can no longer
 * be followed.
 */
export function wholeReply(source: ReplySource, signal: AbortSignal): Promise<ReplyState> {
  return new Promise((resolve, reject) => {
    const unsubscribe = source.subscribe({
      changed() {
        if (hasEnded(source.current())) finish();
      },
      lost(error) {
        leave();
        reject(error);
      },
    });
    function leave(): void {
      signal.removeEventListener('abort', finish);
      unsubscribe();
    }
    function finish(): void {
      leave();
      resolve(source.current());
    }
    signal.addEventListener('abort', finish);
    if (signal.aborted || hasEnded(source.current())) finish();
  });
}
