import type { Nonce } from '../shared/nonce.ts';
import { createPortChannel, type PortChannel } from '../shared/port-channel.ts';
import { FRAME_MESSAGE_GUARDS, type FrameMessage, type HostMessage } from '../shared/port-message.ts';
import { parseWindowMessage, type WindowMessage } from '../shared/window-message.ts';
import { dataOf, isTrusted, listen, originOf, PristineMessageChannel, sourceOf } from './pristine.ts';

/** Whom we expect: the document of which origin in which iframe, by the nonce in its URL. */
type Peer = readonly [iframe: HTMLIFrameElement, widgetOrigin: string, nonce: Nonce];

/**
 * The loader's side of the handshake. What does not pass a check is dropped without a sound; nobody learns why.
 *
 * 0. The iframe's URL carries a nonce `n` in its fragment, which only the document that was loaded for it can know.
 * 1. The frame posts `hello {n, f}` to its parent, `f` being a nonce of its own. We take it only if the browser and no
 *    script dispatched it, it comes from exactly the widget's origin and exactly this iframe's window (there must be
 *    one), it is whole, and it has our `n`. We take one, and then stop listening to the window for good.
 * 2. We make a message channel and post `init {n, f}` with its other port to that window, addressed to exactly the
 *    widget's origin: should another document be in there by now, the browser delivers nothing.
 * 3. Over the port the frame answers `ready {f}`. Anything else first, or another `f`, is `onBroken`.
 * 4. From then on both sides speak over the port only, by the guards of the protocol; `onMessage` gets what passes
 *    them, beginning with `ready`.
 */
export function shakeHands(
  [iframe, widgetOrigin, nonce]: Peer,
  onMessage: (message: FrameMessage) => void,
  onBroken: () => void,
): readonly [send: (message: HostMessage) => void, close: () => void] {
  let channel: PortChannel<HostMessage> | undefined;
  let isReady = false;
  const stopListening = listen(window, 'message', (event) => {
    const { contentWindow } = iframe;
    if (!isTrusted(event) || originOf(event) !== widgetOrigin) return;
    if (!contentWindow || sourceOf(event) !== contentWindow) return;
    const hello = parseWindowMessage(dataOf(event), 'hello', nonce);
    if (!hello) return;
    stopListening();
    const { port1, port2 } = new PristineMessageChannel();
    channel = createPortChannel<FrameMessage, HostMessage>(port1, {
      guards: FRAME_MESSAGE_GUARDS,
      dataOf,
      now: () => performance.now(),
      onBroken,
      onMessage(message) {
        isReady ||= message.t === 'ready' && message.f === hello.f;
        if (isReady) onMessage(message);
        else onBroken();
      },
    });
    const init: WindowMessage<'init'> = { ...hello, t: 'init' };
    contentWindow.postMessage(init, widgetOrigin, [port2]);
  });
  return [
    (message) => channel?.send(message),
    () => {
      stopListening();
      channel?.close();
    },
  ];
}
