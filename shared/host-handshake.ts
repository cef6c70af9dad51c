import type { Nonce } from './nonce.ts';
import { createPortChannel, type PortChannel, type PortLike } from './port-channel.ts';
import type { Guards } from './port-message.ts';
import { parseWindowMessage, type WindowMessage } from './window-message.ts';

type Typed = { readonly t: string; readonly f?: unknown };

/** The window of a frame, as far as it is spoken to. */
type FrameWindow<Port> = { postMessage(message: unknown, targetOrigin: string, transfer: Port[]): void };

/**
 * What the side that holds the iframe has of its own page. Positions instead of names, here and below: no minifier
 * shortens the names of fields, and the loader is counted in bytes.
 */
export type HostPage<Event, Port> = readonly [
  /** Calls `receive` with every message event of the page's window until the answered function is called. */
  listen: (receive: (event: Event) => void) => () => void,
  isTrusted: (event: Event) => unknown,
  originOf: (event: Event) => unknown,
  sourceOf: (event: Event) => unknown,
  dataOf: (event: { readonly data: unknown }) => unknown,
  Channel: new () => { readonly port1: Port; readonly port2: Port },
];

/** Whom we expect: the document of which origin in which iframe, by the nonce in its URL; and what it may say. */
export type FramePeer<Received extends Typed, Port> = readonly [
  iframe: { readonly contentWindow: FrameWindow<Port> | null },
  origin: string,
  nonce: Nonce,
  guards: Guards<Received>,
];

/**
 * The host's side of the handshake, for whoever holds an iframe: the loaders on their pages, and the settings view, which
 * holds the preview. What does not pass a check is dropped without a sound; nobody learns why.
 *
 * 0. The iframe's URL carries a nonce `n` in its fragment, which only the document that was loaded for it can know.
 * 1. The frame posts `hello {n, f}` to its parent, `f` being a nonce of its own. We take it only if the browser and no
 *    script dispatched it, it comes from exactly the frame's origin and exactly this iframe's window (there must be
 *    one), it is whole, and it has our `n`. We take one, and then stop listening to the window for good.
 * 2. We make a message channel and post `init {n, f}` with its other port to that window, addressed to exactly the
 *    frame's origin: should another document be in there by now, the browser delivers nothing.
 * 3. Over the port the frame answers `ready {f}`. Anything else first, or another `f`, is `onBroken`.
 * 4. From then on both sides speak over the port only, by the guards of the protocol; `onMessage` gets what passes
 *    them, beginning with `ready`.
 */
export function shakeHandsWithFrame<
  Received extends Typed,
  Sent extends Typed,
  Event extends { data: unknown },
  Port extends PortLike,
>(
  [listen, isTrusted, originOf, sourceOf, dataOf, Channel]: HostPage<Event, Port>,
  [iframe, origin, nonce, guards]: FramePeer<Received, Port>,
  onMessage: (message: Received) => void,
  onBroken: () => void,
): readonly [send: (message: Sent) => void, close: () => void] {
  let channel: PortChannel<Sent> | undefined;
  let isReady = false;
  const stopListening = listen((event) => {
    const { contentWindow } = iframe;
    if (!isTrusted(event) || originOf(event) !== origin) return;
    if (!contentWindow || sourceOf(event) !== contentWindow) return;
    const hello = parseWindowMessage(dataOf(event), 'hello', nonce);
    if (!hello) return;
    stopListening();
    const { port1, port2 } = new Channel();
    channel = createPortChannel<Received, Sent>(port1, {
      guards,
      dataOf,
      onBroken,
      onMessage(message) {
        isReady ||= message.t === 'ready' && message.f === hello.f;
        if (isReady) onMessage(message);
        else onBroken();
      },
    });
    const init: WindowMessage<'init'> = { ...hello, t: 'init' };
    contentWindow.postMessage(init, origin, [port2]);
  });
  return [
    (message) => channel?.send(message),
    () => {
      stopListening();
      channel?.close();
    },
  ];
}
