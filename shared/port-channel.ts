import type { Guards } from './port-message.ts';

declare const performance: { now(): number };

/** The part of a `MessagePort` the channel uses. Its events are only read for their `data`, whatever their type. */
export type PortLike = {
  postMessage(message: unknown): void;
  close(): void;
  onmessage: ((event: never) => void) | null;
};

export type PortChannel<Sent> = {
  /** Posts one message; a closed port drops it. */
  send(message: Sent): void;
  /** Closes the port; nothing is sent or received afterwards. Safe to call twice. */
  close(): void;
};

type MessageEventLike = { readonly data: unknown };

type ChannelOptions<Received extends { readonly t: string }> = {
  readonly guards: Guards<Received>;
  readonly onMessage: (message: Received) => void;
  /** Called once if the peer breaks the protocol; the port is closed by then. */
  readonly onBroken: () => void;
  /** Milliseconds of a clock that never goes back; the browser's own unless told. */
  readonly now?: () => number;
  /** Reads an event; on a page somebody may have changed the prototypes. */
  readonly dataOf: (event: MessageEventLike) => unknown;
};

/** 50 messages a second: each takes its part of a second's time, of which no more than one is saved up. */
const MESSAGE_MS = 20;
const MOST_SAVED_MS = 1_000;

/**
 * Speaks the typed protocol over a port. Every message carries a growing sequence number `s` and a type `t`; it is
 * checked whole by the guard of its type before anybody sees it. An unknown type, a wrong field or an old number ends
 * the channel. More than 50 messages a second are dropped. The guards bound every string.
 */
export function createPortChannel<Received extends { readonly t: string }, Sent extends { readonly t: string }>(
  port: PortLike,
  { guards, onMessage, onBroken, now = () => performance.now(), dataOf }: ChannelOptions<Received>,
): PortChannel<Sent> {
  let sent = 0;
  let received = 0;
  let savedMs = MOST_SAVED_MS;
  let savedAt = now();

  function close(): void {
    port.onmessage = null;
    port.close();
  }

  function isNextMessage(value: unknown): value is Received & { s: number } {
    const { s, t } = Object(value);
    return (
      Number.isSafeInteger(s) &&
      s > received &&
      typeof t === 'string' &&
      Object.hasOwn(guards, t) &&
      guards[t as Received['t']](value as Record<string, unknown>)
    );
  }

  port.onmessage = (event: MessageEventLike) => {
    const time = now();
    savedMs = Math.min(MOST_SAVED_MS, savedMs + time - savedAt);
    savedAt = time;
    if (savedMs < MESSAGE_MS) return;
    savedMs -= MESSAGE_MS;
    const message = dataOf(event);
    if (isNextMessage(message)) {
      received = message.s;
      onMessage(message);
    } else {
      close();
      onBroken();
    }
  };

  return {
    send(message) {
      port.postMessage({ ...message, s: ++sent });
    },
    close,
  };
}
