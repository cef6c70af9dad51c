import type { LoaderErrorCode } from '../shared/error-code.ts';
import type { FrameAttributes } from '../shared/frame-element.ts';
import { shakeHandsWithFrame } from '../shared/host-handshake.ts';
import { createNonce } from '../shared/nonce.ts';

import type { Guards } from '../shared/port-message.ts';
import { hostPage, listen } from './pristine.ts';

type Typed = { readonly t: string; readonly f?: unknown };

/** Which document: the origin that serves it (the only peer of the handshake), its URL, and what it may say and do. */
export type Place<Received extends Typed> = readonly [
  origin: string,
  url: string,
  guards: Guards<Received>,
  attributes: FrameAttributes & { readonly title: string },
];

/** Who hears every checked message, `ready` first; and who hears that the frame is of no use, and then drops it. */
type Ears<Received> = readonly [receive: (message: Received) => void, fail: (code: LoaderErrorCode) => void];

export type Frame<Sent> = readonly [
  /** Shows or hides a frame that is ready, and tells it so. While it is shown it is pinged. */
  show: (isOpen: boolean) => void,
  /** Removes the iframe and closes the port. */
  drop: () => void,
  send: (message: Sent | Sign) => void,
  /** Asks from now on whether the frame is still there. */
  ping: () => void,
];

type Sign = { readonly t: 'open' | 'close' | 'ping' };

/** Inserts an iframe at the beginning of `root` and connects to the document in it, once. */
export function insertFrame<Received extends Typed, Sent extends Typed>(
  root: ShadowRoot,
  [origin, url, guards, attributes]: Place<Received>,
  [receive, fail]: Ears<Received>,
): Frame<Sent> {
  const nonce = createNonce();
  const iframe = Object.assign(document.createElement('iframe'), attributes, { src: `${url}#${nonce}` });
  let isReady = false;
  let hasLoaded = false;
  let lostPings = 0;
  let timer: number | undefined;
  const after = (milliseconds: number, run: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(run, milliseconds);
  };
  const refuse = (): void => fail('FRAME_REFUSED');
  const hear = (message: Received): void => {
    isReady = true;
    lostPings = 0;
    receive(message);
  };
  const [send, close] = shakeHandsWithFrame<Received, Sent | Sign, MessageEvent, MessagePort>(
    hostPage,
    [iframe, origin, nonce, guards],
    hear,
    refuse,
  );
  const ping = (): void => {
    send({ t: 'ping' });
    // One unanswered ping can be a machine that slept; two in a row are a frame that is gone.
    after(20_000, () => (lostPings++ ? fail('TIMEOUT') : ping()));
  };
  listen(iframe, 'load', () => {
    // A second document in the same iframe is nobody we know, whatever origin it has.
    if (hasLoaded) refuse();
    // A refusal loads too, and never says anything.
    else if (!isReady) after(3_000, refuse);
    hasLoaded = true;
  });
  after(10_000, () => fail('TIMEOUT'));
  root.prepend(iframe);
  return [
    (isOpen) => {
      if (!isReady) return;
      clearTimeout(timer);
      const t = isOpen ? 'open' : 'close';
      iframe.className = t;
      // Before the frame hears that it is open, because it only takes the focus on to a field if it has it.
      if (isOpen && root.activeElement) iframe.focus();
      send({ t });
      if (isOpen) ping();
    },
    () => {
      clearTimeout(timer);
      close();
      iframe.remove();
    },
    send,
    ping,
  ];
}
