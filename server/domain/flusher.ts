/** Lets what was counted in memory be written: some seconds after the first count, one write at a time. */
export type Flusher = {
  /** There is something to write. */
  schedule(): void;
  /** Writes now, after a write that is under way. */
  flush(): Promise<void>;
  /** The last flush. Nothing is to be scheduled afterwards. */
  stop(): Promise<void>;
};

const FLUSH_MS = 5_000;

/** `write` must not reject; what it could not write it keeps, and schedules again. */
export function createFlusher(write: () => Promise<void>): Flusher {
  let timer: NodeJS.Timeout | undefined;
  let flushing: Promise<void> = Promise.resolve();

  function calm(): void {
    clearTimeout(timer);
    timer = undefined;
  }

  function flush(): Promise<void> {
    flushing = flushing.then(() => {
      calm();
      return write();
    });
    return flushing;
  }

  return {
    schedule() {
      timer ??= setTimeout(() => void flush(), FLUSH_MS).unref();
    },
    flush,
    async stop() {
      await flush();
      calm();
    },
  };
}
