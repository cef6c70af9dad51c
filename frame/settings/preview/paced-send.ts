/** The port drops more than 50 messages a second; this stays below. */
const LEAST_PAUSE_MS = 24;

export type PacedSend<T> = {
  /** Sends at once, or as soon as the pace allows; of what comes too fast only the latest is sent. */
  (value: T): void;
  /** Forgets what waits. */
  stop(): void;
};

/** Keeps `send` at a pace that the port bears, without delaying what comes alone. */
export function createPacedSend<T>(send: (value: T) => void, now: () => number): PacedSend<T> {
  let sentAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function deliver(value: T): void {
    timer = undefined;
    sentAt = now();
    send(value);
  }

  function paced(value: T): void {
    clearTimeout(timer);
    const wait = sentAt + LEAST_PAUSE_MS - now();
    if (wait <= 0) deliver(value);
    else timer = setTimeout(deliver, wait, value);
  }
  return Object.assign(paced, { stop: () => clearTimeout(timer) });
}
